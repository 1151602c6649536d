"""Russian: lexicon files, morphology by dictionary, and the syntax of free word order."""
