"""Going somewhere alone: an alarm that is armed before one leaves, and who answers it. Never used to measure people."""
