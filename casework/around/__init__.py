"""Who is in the team around a family: colleagues, people of other agencies, services; from when to when."""
