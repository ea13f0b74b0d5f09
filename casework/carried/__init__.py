"""What was agreed elsewhere and is an action of the plan now: on a visit, at a meeting, in supervision, as a task."""
