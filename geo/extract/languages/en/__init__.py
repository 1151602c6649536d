"""English: lexicon files, and how its words vary."""
