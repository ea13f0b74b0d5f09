"""What was left out, shown to one person all the same: with a purpose and a reason, for a day, and reviewed."""
