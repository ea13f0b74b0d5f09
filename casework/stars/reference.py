"""The star that is shipped: a neutral example in our own words. A licensed star is loaded by the council beside it.

Nothing here is taken from a published star; a licensed one is entered with its licence reference.
"""

from datetime import date
from typing import Any

from casework.stars import rules
from casework.stars.models import StarArea, StarStage, StarTool

STARTS_ON = date(2012, 4, 1)
SOURCE = "Example written for this service; to be confirmed by the council"
EXAMPLE = rules.Tool(
    code="where-we-are",
    version=1,
    name="Where we are now",
    lowest=1,
    highest=6,
    areas=(
        rules.Area("home", "Our home", "Is home somewhere settled, warm and big enough for all of you?"),
        rules.Area("money", "Money and work", "Is there enough to live on, and a way into work or training?"),
        rules.Area("health", "Feeling well", "Are you well in body and mind, and do you get help when you are not?"),
        rules.Area("safety", "Feeling safe", "Does everybody feel safe, at home and outside it?"),
        rules.Area("learning", "School and skills", "Are the children in school and learning? Are the grown-ups?"),
        rules.Area("together", "Getting on together", "How do you get on at home, and how do arguments end?"),
        rules.Area("trouble", "Keeping out of trouble", "Is anybody in trouble with the police or the neighbours?"),
        rules.Area("people", "People to turn to", "Who can you ask when things go wrong?"),
    ),
    stages=(
        rules.Stage(1, 2, "Hard right now", "It gets in our way most days."),
        rules.Stage(3, 4, "Starting to shift", "Some of it works, some of the time, with help."),
        rules.Stage(5, 6, "Going well", "It works, and we can keep it going ourselves."),
    ),
)


def load(*, using: str) -> None:
    load_tool(EXAMPLE, starts_on=STARTS_ON, source=SOURCE, using=using)


def load_tool(tool: rules.Tool, *, starts_on: date, source: str, using: str = "default", **said: Any) -> StarTool:
    """Take a version of a star into use. A version that is there already stays as it is.

    ``said``: ``licence``, ``instead_of`` and ``loaded_by``, where there is something to say.
    """
    if problems := rules.problems_with_tool(tool):
        raise ValueError(" ".join(problems))
    row, made = StarTool.objects.using(using).get_or_create(
        code=tool.code,
        version=tool.version,
        defaults={
            "name": tool.name, "lowest": tool.lowest, "highest": tool.highest,
            "starts_on": starts_on, "source": source, **said,
        },
    )  # fmt: skip
    if made:
        _load_wording(row, tool, using=using)
    return row


def _load_wording(row: StarTool, tool: rules.Tool, *, using: str) -> None:
    StarArea.objects.using(using).bulk_create(
        StarArea(tool=row, position=place, code=area.code, name=area.name, asks=area.asks)
        for place, area in enumerate(tool.areas, start=1)
    )
    StarStage.objects.using(using).bulk_create(
        StarStage(tool=row, lowest=stage.lowest, highest=stage.highest, name=stage.name, meaning=stage.meaning)
        for stage in tool.stages
    )
