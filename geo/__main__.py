"""`python -m geo` is `eventmap`."""

from geo.cli import main

main()
