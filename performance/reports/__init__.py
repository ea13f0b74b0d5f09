"""Reports that are kept: asked for or on schedule, made once from what was known on a day, and never changed."""
