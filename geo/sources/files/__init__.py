"""A file of any kind becomes a sheet: rows of text cells under named columns. Nothing is interpreted here."""
