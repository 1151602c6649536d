"""How fast the map is, measured side by side in one run: `make bench`."""
