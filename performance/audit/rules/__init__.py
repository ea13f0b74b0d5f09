"""What is true of an audit: how a sample is drawn, and what follows from what was found. Pure functions, no Django."""
