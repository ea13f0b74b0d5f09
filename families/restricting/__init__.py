"""Families closed to all but named people: who is named, why, and opening them again."""
