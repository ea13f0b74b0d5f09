"""What services were asked for a family: how long it waited, and what was not to be had."""
