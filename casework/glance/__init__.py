"""A family at a glance: the card wherever it is named, its page, and one's own families."""
