"""Use cases: the only place where parsing, language, library and exporting meet."""
