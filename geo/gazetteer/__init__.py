"""A place name becomes a `Match` or an explained miss.

The index is compact, never Python dicts while serving.
"""
