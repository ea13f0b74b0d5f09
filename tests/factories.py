"""Families with people, made the short way. Areas keep their own factories beside their tests."""

from datetime import date

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from families.addresses.models import Home, Phone
from families.people.models import Family, Membership, Person
from slf.access.models import Locality
from slf.access.services import locality_scope

KNOWN_SINCE = date(2013, 1, 7)


class RecordFactory(DjangoModelFactory):
    """Writes each row in a transaction, because outside one nobody acts."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with transaction.atomic():
            return super()._create(model_class, *args, **kwargs)


class FamilyFactory(RecordFactory):
    """A family of Charnwood unless ``locality`` says otherwise; ``household=True``: two adults and three children."""

    class Meta:
        model = Family
        skip_postgeneration_save = True

    class Params:
        locality = factory.LazyFunction(lambda: Locality.objects.get(slug="charnwood"))

    reference = factory.Sequence(lambda n: f"SLF-{n + 900000:06d}")
    name = factory.Sequence(lambda n: f"Family {n}")
    scope = factory.LazyAttribute(lambda o: locality_scope(o.locality))
    known_since = KNOWN_SINCE

    @factory.post_generation
    def household(self, create, wanted, **kwargs):
        for born, part in HOUSEHOLD if wanted else ():
            MembershipFactory(family=self, part=part, person__born_on=born, person__family_name=self.name)


GIVEN_NAMES = (
    "Jennifer", "Wayne", "Chloe", "Mustafa", "Amina", "Tyler", "Priya", "Oliver", "Gurpreet", "Darren", "Ruby",
    "Mohammed", "Tracey", "Zoë", "Duncan", "Siân", "Oonagh", "Fitzroy", "Bozena", "Finley",
)  # fmt: skip
"""Enough that nobody of one household is called as somebody else of it; none is like a name that tests give."""


class PersonFactory(RecordFactory):
    """A person; give ``scopes`` (or make them through a membership) so that they can be seen."""

    class Meta:
        model = Person

    given_names = factory.Sequence(lambda n: GIVEN_NAMES[n % len(GIVEN_NAMES)])
    family_name = factory.Faker("last_name")
    born_on = date(1980, 5, 4)
    scopes = factory.LazyFunction(lambda: [locality_scope(Locality.objects.get(slug="charnwood")).pk])


class MembershipFactory(RecordFactory):
    class Meta:
        model = Membership

    family = factory.SubFactory(FamilyFactory)
    person = factory.SubFactory(
        PersonFactory, scopes=factory.LazyAttribute(lambda o: [o.factory_parent.family.scope_id])
    )
    part = Membership.Part.PARENT
    period = (KNOWN_SINCE, None)

    @classmethod
    def _create(cls, model_class, *args, address="", postcode="", phone="", protected=False, **kwargs):
        """Make the membership with where they live and how to reach them from its first day, if that is told."""
        member = super()._create(model_class, *args, **kwargs)
        told = {"address": address, "postcode": postcode, "phone": phone, "protected": protected}
        lives(member, **told, since=member.period[0])
        return member


def lives(member, *, since=KNOWN_SINCE, until=None, address="", postcode="", phone="", protected=False):
    """Write down where a member lives from a day on, and on which number they are reached."""
    known = {"family": member.family, "membership": member, "period": (since, until), "protected": protected}
    with transaction.atomic():
        if address or postcode:
            Home.objects.create(**known, address=address, postcode=postcode)
        if phone:
            Phone.objects.create(**known, number=phone)


HOUSEHOLD = (
    (date(1980, 5, 4), Membership.Part.PARENT),
    (date(1978, 11, 23), Membership.Part.PARENT),
    (date(2000, 9, 1), Membership.Part.CHILD),
    (date(2004, 2, 29), Membership.Part.CHILD),
    (date(2010, 7, 15), Membership.Part.CHILD),
)
