"""Warnings of a claim run: frozen with it, and each signed off by a named person before the run is signed."""
