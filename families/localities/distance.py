"""How far it is from one postcode district to another, as the crow flies. No Django here."""

from collections.abc import Iterable, Mapping
from math import hypot

KILOMETRES_IN_A_MILE = 1.609344

CENTRES: Mapping[str, tuple[float, float]] = {
    "CV9": (431, 298), "CV13": (439, 303),
    "DE11": (430, 319), "DE12": (433, 312), "DE74": (445, 326.5),
    "LE1": (459, 304.5), "LE2": (460.5, 301.5), "LE3": (455.5, 304), "LE4": (460, 308.5), "LE5": (462.5, 304.5),
    "LE6": (451.5, 308.5), "LE7": (463.5, 311), "LE8": (463.5, 294.5), "LE9": (448.5, 298), "LE10": (442.5, 293.5),
    "LE11": (453, 319), "LE12": (454.5, 321), "LE13": (475.5, 319), "LE14": (473.5, 320.5), "LE15": (488, 305),
    "LE16": (474, 288.5), "LE17": (456.5, 285.5), "LE18": (460.5, 298.5), "LE19": (454, 298),
    "LE65": (436, 316.5), "LE67": (442.5, 312.5),
    "NG13": (474, 338.5), "NG32": (489, 337), "NG33": (493, 325),
    "PE9": (503, 307),
}  # fmt: skip
"""Where the middle of a district lies: kilometres east and north of the corner of the National Grid.

Read off the Ordnance Survey's grid squares of its largest places, right to about two kilometres: an example, to be
confirmed from the ONS postcode directory.
"""


def miles(one: str, other: str) -> int | None:
    """Return how many miles lie between two districts (LE11), to the nearest mile; None when one is not known."""
    if one not in CENTRES or other not in CENTRES:
        return 0 if one == other and one else None
    (east, north), (to_east, to_north) = CENTRES[one], CENTRES[other]
    return round(hypot(to_east - east, to_north - north) / KILOMETRES_IN_A_MILE)


def miles_to_the_nearest(one: str, others: Iterable[str]) -> int | None:
    """Return the miles from a district to the nearest of some; None when nothing is known of any."""
    known = [far for other in others if (far := miles(one, other)) is not None]
    return min(known, default=None)
