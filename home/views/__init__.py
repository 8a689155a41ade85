"""Doors of the front rooms."""
