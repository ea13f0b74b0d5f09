"""The rules of each scheme, and the school calendar of the demonstration and the tests: a service loads its own."""

from datetime import date

from performance.claims.models import SchoolTerm
from performance.rulebook import reference as rulebook

TERMS = {
    "2011-12 autumn": (date(2011, 8, 30), date(2011, 12, 16)),
    "2011-12 spring": (date(2012, 1, 3), date(2012, 3, 30)),
    "2011-12 summer": (date(2012, 4, 16), date(2012, 7, 12)),
    "2012-13 autumn": (date(2012, 8, 28), date(2012, 12, 21)),
    "2012-13 spring": (date(2013, 1, 7), date(2013, 3, 28)),
    "2012-13 summer": (date(2013, 4, 15), date(2013, 7, 12)),
    "2013-14 autumn": (date(2013, 8, 27), date(2013, 12, 20)),
    "2013-14 spring": (date(2014, 1, 6), date(2014, 4, 11)),
    "2013-14 summer": (date(2014, 4, 28), date(2014, 7, 11)),
    "2014-15 autumn": (date(2014, 8, 26), date(2014, 12, 19)),
}


def load(*, using: str) -> None:
    for name, (starts_on, ends_on) in TERMS.items():
        SchoolTerm.objects.using(using).update_or_create(
            name=name, defaults={"starts_on": starts_on, "ends_on": ends_on}
        )
    rulebook.load(using=using)
