"""The stages of a case: what leads from one to the next, and steps up to social care and down from it."""
