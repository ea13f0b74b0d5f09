"""Conflicts of interest: who knows a family from their own life, and is therefore not the one to work with it."""
