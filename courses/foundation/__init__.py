"""What every part stands on and what knows nothing of learning: settings, ids, the task backend."""
