"""Everything that happened with a family, in one order of dates."""
