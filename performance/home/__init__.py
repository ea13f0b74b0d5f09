"""My day: what waits for this person, each thing one click from its form. A small module for each kind of post.

It stands on the top floor because it reads from all of them.
"""
