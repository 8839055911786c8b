"""Bulletin Desktop (简报台): read, tag and compile Chinese institutional bulletins."""

__version__ = "0.1.0"
