"""A page on which one person of a family sees the plan, by a link and a PIN, and says how it goes."""
