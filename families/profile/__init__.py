"""One person as one family knows them: the page, its small forms, and the same for programs."""
