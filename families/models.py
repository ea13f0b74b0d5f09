"""The app's table of contents."""

from families.about.models import AboutAnswer
from families.addresses.models import Home, Phone
from families.contact.models import ContactRule
from families.contesting.models import Contest
from families.facts.models import Fact
from families.flags.models import Flag
from families.households.models import HouseholdChange
from families.hub.models import FeedFile, FeedRetry, FeedRow
from families.interests.models import Interest
from families.kin.models import Relationship, Responsibility
from families.localities.models import Belonging, Postcode, PostcodeDirectory, PostcodeDistrict
from families.merging.models import PersonMerge
from families.names.models import PersonName
from families.needs.models import Need, Statement
from families.numbers.models import NumberQuestion, NumberTry
from families.overriding.models import Override
from families.people.models import Family, Membership, Person
from families.register.models import Basis, Gateway
from families.restricting.models import RestrictionStep
from families.search.models import SearchKey
from families.sharing.models import Agreement, Consent
from families.shown.models import PartnerTold, Showing
from families.twice.models import FamilyMerge

__all__ = [
    "AboutAnswer",
    "Agreement",
    "Basis",
    "Belonging",
    "Consent",
    "ContactRule",
    "Contest",
    "Fact",
    "Family",
    "FamilyMerge",
    "FeedFile",
    "FeedRetry",
    "FeedRow",
    "Flag",
    "Gateway",
    "Home",
    "HouseholdChange",
    "Interest",
    "Membership",
    "Need",
    "NumberQuestion",
    "NumberTry",
    "Override",
    "PartnerTold",
    "Person",
    "PersonMerge",
    "PersonName",
    "Phone",
    "Postcode",
    "PostcodeDirectory",
    "PostcodeDistrict",
    "Relationship",
    "Responsibility",
    "RestrictionStep",
    "SearchKey",
    "Showing",
    "Statement",
]
