"""The window in which the cuts of imported files are looked over and put right."""
