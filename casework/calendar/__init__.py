"""One's planned visits in one's own calendar: a secret address, without a name or a place in what it gives."""
