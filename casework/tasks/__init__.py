"""Tasks: what somebody is to do about a family until a day, set from any page of its record."""
