"""What was left out, shown to one person all the same: on few occasions, with a reason, for a day, and reviewed."""
