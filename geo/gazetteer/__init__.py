"""A place name becomes a `Match` or an explained miss; the index is compact, never Python dicts while serving."""
