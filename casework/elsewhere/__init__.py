"""What was agreed elsewhere and is not on the plan: offered where an action is added, and carried over in one act."""
