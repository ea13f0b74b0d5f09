"""Visits and other contacts: when, how, who was seen, what happened, and when the next one is."""
