"""Internal audit of a claim run: its sample, what was found in each line, the opinion, packs for spot checks."""
