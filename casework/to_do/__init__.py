"""All that somebody has to do, in one list: tasks, actions of plans, what was agreed in supervision."""
