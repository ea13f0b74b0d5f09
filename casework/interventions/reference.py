"""The catalogue that is shipped: neutral examples in our own words. The county's own methods are kept beside them.

No published programme is named and no finding is claimed: each entry says that somebody has to look for the evidence.
"""

from datetime import date

from casework.interventions.models import Method
from casework.interventions.rules import Kind

STARTS_ON = date(2012, 4, 1)
EVIDENCE = "Example: not looked into. Say here what is known of whether it works, for whom, and how sure that is."
SOURCE = "Example written for this service; to be confirmed by the council"
SHIPPED: tuple[tuple[str, Kind, str, int | None, int | None, tuple[str, ...]], ...] = (
    ("Parenting course, in a group", Kind.INTERVENTION,
     "Parents meet weekly with a leader and other parents, and try out at home what they heard.", 10, 12,
     ("parenting", "relationships")),
    ("Parenting at home", Kind.INTERVENTION,
     "A worker is there at the hard hours of the day and practises routines with the family.", 8, 8,
     ("parenting", "education")),
    ("Money and debt, step by step", Kind.INTERVENTION,
     "Letters are opened together, debts listed, and a plan made with whoever is owed.", 4, 8, ("poverty", "housing")),
    ("Getting ready for work", Kind.INTERVENTION,
     "Looking for work or training with an adult of the family, from the first letter to the first day.", 6, 10,
     ("poverty", "aspiration")),
    ("Time for one young person", Kind.INTERVENTION,
     "Somebody sees one young person alone, does something with them, and listens.", 8, 10,
     ("resilience", "crime", "high_risk_behaviour")),
    ("Talking as a family", Kind.INTERVENTION,
     "All who live together sit down with a worker and settle one thing at a time.", 4, 6,
     ("relationships", "choice")),
    ("A reward that was promised", Kind.INCENTIVE,
     "Something the family chose itself, given when a step of the plan is reached.", None, None, ("aspiration",)),
    ("Something to do together", Kind.INCENTIVE,
     "An outing or a course for the whole family, when a step of the plan is reached.", None, None,
     ("relationships", "choice")),
    ("What was agreed to follow", Kind.SANCTION,
     "What the family agreed would follow if a step of the plan is not done, and who sees to it.", None, None,
     ("parenting",)),
)  # fmt: skip


def load(*, using: str) -> None:
    """Put the examples into a catalogue that has none of them. What somebody changed since stays as it is."""
    for name, kind, offers, sessions, weeks, needs in SHIPPED:
        Method.objects.using(using).get_or_create(
            name=name, is_example=True,
            defaults={
                "kind": kind, "offers": offers, "sessions": sessions, "weeks": weeks, "needs": list(needs),
                "evidence": EVIDENCE, "source": SOURCE, "starts_on": STARTS_ON,
            },
        )  # fmt: skip
