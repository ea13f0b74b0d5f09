"""What the family's record says to a claim run: dates, kinds and people out of casework, never its words."""
