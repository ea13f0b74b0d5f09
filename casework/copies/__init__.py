"""Copies of the chronology that one person of the family gets in their hands: asked for, read and released, given."""
