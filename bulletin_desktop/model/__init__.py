"""Frozen types that every room of the program shares; nothing here reads a file or a database."""
