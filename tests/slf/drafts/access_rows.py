"""Drafts are their owner's; the rest shows nothing of anybody."""

from tests.access_table import Exempt

OWN = "Answers with the caller's own notes only: tests/slf/drafts (TestSomebodyElse, TestDraftsForPrograms)."
ROWS = [
    Exempt("drafts:draft", OWN),
    Exempt("drafts:recover", OWN),
    Exempt("drafts:throw_away", OWN),
    Exempt("draft-list", OWN),
    Exempt("draft-detail", OWN),
    Exempt("drafts:device", "The caller's own identifier and the public key."),
    Exempt("drafts:offline", "The same bytes for everybody, signed in or not."),
    Exempt("drafts:worker", "A script with the names of static files."),
]
