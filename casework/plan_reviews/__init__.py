"""Looking at the agreed plan again with the family: how each goal went, and when to look next."""
