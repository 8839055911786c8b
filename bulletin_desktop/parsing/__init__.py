"""Decoded bulletin text to issues, sections and articles, by rules about lines."""
