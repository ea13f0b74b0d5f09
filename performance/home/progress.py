"""What was on the way to a result and went back, in the families of a worker: no figure and no name of a person."""

from datetime import date

from performance.home.panels import Item, Panel, Part
from performance.monitoring.models import Monitored
from performance.monitoring.services import to_read
from slf.accounts.models import User

SHOWN = 5


def part(user: User, on: date) -> Part:
    items = [of_family(row) for row in to_read(user)[:SHOWN]]
    return Part(panels=(Panel("Gone back", items),) if items else ())


def of_family(row: Monitored) -> Item:
    return Item(
        row.family.name, row.get_absolute_url(), detail=" ".join(row.went_back), tag="Read it", tone="attention",
        families=(row.family_id,),
    )  # fmt: skip
