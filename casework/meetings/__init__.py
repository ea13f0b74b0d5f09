"""Meetings of the team around a family: invited, held, minutes written together, frozen, and what was agreed."""
