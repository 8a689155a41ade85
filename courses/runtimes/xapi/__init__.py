"""xAPI: what happened, as statements that a Learning Record Store understands."""
