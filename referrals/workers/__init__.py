"""The workers of a team: who they are, when they work, which languages they speak and when they are away."""
