"""The words by which families are found. PostgreSQL keeps them and nobody but its search function reads them."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class SearchKey(models.Model):
    """One word of the name of a person or of a family. Triggers write it when the name is written; see ``sql.py``."""

    family = models.ForeignKey("families.Family", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    scope_id = models.BigIntegerField(help_text="Its family's: it follows by the foreign key of both.")
    membership = models.ForeignKey(
        "families.Membership", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    person = models.ForeignKey(
        "families.Person", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    name = models.ForeignKey(
        "families.PersonName", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+",
        help_text="Another name of the person that the word is of; none: the one in use.",
    )  # fmt: skip
    period = DateRangeField(null=True)
    word = models.TextField()
    sound = models.TextField()
    patterns = ArrayField(models.TextField(), help_text="The word with each letter in turn left open: h_ll.")

    class Meta:
        indexes = [
            models.Index(
                fields=["word"],
                opclasses=["text_pattern_ops"],
                include=["family", "person", "scope_id", "period", "name"],
                name="families_searchkey_word",
            ),
            models.Index(fields=["sound"], name="families_searchkey_sound"),
            GinIndex(fields=["patterns"], name="families_searchkey_patterns"),
        ]
        constraints = [
            models.CheckConstraint(
                name="families_searchkey_of_a_member_or_the_family",
                condition=models.Q(membership__isnull=True, person__isnull=True, period__isnull=True)
                | models.Q(membership__isnull=False, person__isnull=False, period__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.word
