"""Where to go, for posts that nothing waits for: the pages they use."""

from datetime import date

from django.urls import reverse

from families.opening.services import emergencies_to_review
from families.restricting.services import families_left
from performance.home.panels import Item, Panel, Part, Tile
from slf.accounts.models import User

ROLES = ("Who may do what", "account_roles", "The table that decides what each post opens.")
PEOPLE = ("People and posts", "account_people", "Who holds which post; give and end posts, reset a sign-in.")
FAMILIES = ("Families", "families:list", "The families of your localities.")
DASHBOARD = (
    "Dashboard",
    "performance:dashboard",
    "Demand, caseloads, visits and outcomes.",
)
MONEY = ("Money for families", "casework:spendings", "What is asked for, approved and paid, by locality.")
HELP = ("Help given", "casework:help_figures", "What families are given of each method, and how it ends.")
REQUESTS = (
    "Requests to services",
    "casework:request_figures",
    "What services were asked for, how long it waits and what is not available here.",
)
RESULTS = ("Progress to results", "performance:monitoring", "What can be claimed when, and the families nearest to it.")
METHODS = ("Methods", "casework:methods", "The catalogue of what families can be given.")
EMERGENCIES = ("Emergency access", "access:emergencies", "Records opened in an emergency, to be reviewed.")
TWICE = ("Known twice", "families:twice", "People and families that may have been entered twice.")
TRAIL = ("The trail of claims", "performance:trail", "What happened to each claim, and when that was last verified.")
SETTINGS = ("Settings", "policy:settings", "Clocks, numbers and reasons, and what waits to be confirmed.")


def emergencies(user: User, on: date) -> Part:
    """Say how many emergency accesses wait to be reviewed; nothing when none does."""
    waiting = emergencies_to_review(user).count()
    tile = Tile("Emergency accesses to review", waiting, reverse("access:emergencies"), tone="attention")
    return Part(tiles=(tile,) if waiting else ())


def left(user: User, on: date) -> Part:
    """Say how many restricted families nobody decides on; nothing when there is none."""
    number = len(families_left())
    tile = Tile("Restricted families nobody decides on", number, reverse("access:restricted"), tone="late")
    return Part(tiles=(tile,) if number else ())


def to(*ways: tuple[str, str, str]):
    """Return a part that leads to these pages."""

    def part(user: User, on: date) -> Part:
        places = [Item(t, reverse(name), detail=d) for t, name, d in ways]
        return Part(panels=(Panel("Where to go", places, waits=False),))

    return part
