"""Item models over plain nodes."""
