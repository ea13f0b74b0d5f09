"""Visits that are planned: when, where, who goes; what became of each. A visit that happened is in ``visits``."""
