"""A number that somebody out of sight has: who may see them is asked, and the one who typed it learns what to do."""
