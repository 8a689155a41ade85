"""Settings by place of work: development (the default), test and production, all on one base."""
