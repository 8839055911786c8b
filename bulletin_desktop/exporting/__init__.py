"""Neutral blocks of a compilation, and one small renderer a format."""
