"""Whoever contests something is named as they are entered in the family, should they be entered twice."""

from django.db import migrations

from families.merging.sql import keeps_its_own, own_people
from slf.access.policies import RunFunctions

NAMED = ("person_id", "raised_by_id")


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0034_deciding_on_sharing"),
    ]

    operations = [
        RunFunctions(
            [own_people(*NAMED), keeps_its_own("families_contest", *NAMED)],
            "drop trigger if exists as_own_person on families_contest;"
            "drop function if exists slf.own_person_id_and_raised_by_id();",
        ),
    ]
