"""The trail of claims: everything that happens to a claim run, chained by digests that nobody alters unseen."""
