"""A list that was made is taken back as a whole: asked for by the data office, decided by who decides on families."""
