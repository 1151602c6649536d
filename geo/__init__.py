"""eventmap: incidents from the news, placed, dated, sourced and drawn.

The rooms of this package, and which may import which, are listed in docs/architecture.md.
"""

__version__ = "0.1.0"
