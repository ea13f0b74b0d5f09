"""Equivalent progress: a decision that how far a family came with a need is worth the goal it did not reach."""
