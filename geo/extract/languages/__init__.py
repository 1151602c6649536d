"""The lexicon files of each language, in a folder by its code."""
