"""How well articles are read: `make evaluate` scores readings against gold and writes docs/evaluation.md."""
