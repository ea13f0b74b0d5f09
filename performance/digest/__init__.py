"""One mail each working day to whoever has something waiting: how much of what, and no word of whom."""
