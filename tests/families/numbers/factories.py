"""A worker of one locality types a number that somebody of another has."""

from itertools import count

from families.numbers.models import NumberQuestion
from families.people.models import Family, Membership
from families.profile.services import say_identifiers
from performance.demo.identifiers import made_up_upn
from slf.access.models import Locality, Share
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import give_post, hold_family
from slf.accounts.models import User
from slf.clock import today
from tests.factories import KNOWN_SINCE, FamilyFactory, MembershipFactory
from tests.families.households.factories import somebody
from tests.referrals.intake.factories import in_the_name_of

NUMBERS = count(500)


def typist(slug="blaby") -> tuple[User, Membership]:
    """Return a worker and somebody of a family they work with."""
    place, by = Locality.objects.get(slug=slug), somebody()
    user = User.objects.create_user(f"typist{User.objects.count()}", password="a long enough password")
    with in_the_name_of(by):
        give_post(user, role=Role.FSW, locality=place, by=by, starts_on=KNOWN_SINCE)
        member = MembershipFactory(family=FamilyFactory(locality=place), person__given_names="Tyler")
        hold_family(member.family, user=user, kind=Share.Kind.WORKER, by=by)
    return user, member


def types(user: User, member: Membership, number: str) -> list[str]:
    forget_rights(user)
    with in_the_name_of(user):
        member = Membership.objects.select_related("family", "person").get(pk=member.pk)
        revision = member.person.revision
        return say_identifiers(member, {"upn": number}, revision=revision, source="Letter", by=user, on=today())


def somebody_with(number: str, family: Family | None = None, **more) -> Membership:
    with in_the_name_of(somebody()):
        return MembershipFactory(family=family or FamilyFactory(), person__upn=number, **more)


def question_of(family: Family) -> NumberQuestion:
    """Have somebody elsewhere type a number that somebody of this family has."""
    number = made_up_upn(next(NUMBERS))
    somebody_with(number, family)
    types(*typist("blaby"), number)
    with in_the_name_of(somebody()):
        return NumberQuestion.objects.get(number=number)
