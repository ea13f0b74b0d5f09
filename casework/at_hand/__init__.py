"""Today's visits at hand without a connection: what is put on a worker's phone for one day, and when it goes again."""
