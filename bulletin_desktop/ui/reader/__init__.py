"""The page: from an article to a text document."""
