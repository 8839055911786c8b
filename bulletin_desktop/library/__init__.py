"""The one SQLite file: schema, rows, history."""
