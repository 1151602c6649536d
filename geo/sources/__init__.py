"""One file per provider: raw files in, tables and rejects out. Nothing here geocodes or stores."""
