"""Who may do what: one table of acts per role, one table of record classes per role.

Shown in the product as "Who may do what", copied into the table ``slf_opening`` for PostgreSQL
(a system check compares the two), and asked by every door.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address


class Role(StrEnum):
    """In what part somebody reaches a record: the posts people hold, in the field's own words, and emergency access."""

    FSW = "fsw"
    SENIOR = "senior"
    MANAGER = "manager"
    HEAD = "head"
    SRO = "sro"
    DATA = "data"
    BUSINESS = "business"
    BOARD = "board"
    AUDITOR = "auditor"
    REFERRER = "referrer"
    ESF = "esf"
    ADMIN = "admin"
    EMERGENCY = "emergency"  # no post: what emergency access to one family makes of whoever has it, for a day

    @property
    def label(self) -> str:
        return ROLE_NAMES[self]


POSTS = tuple(role for role in Role if role is not Role.EMERGENCY)
"""The roles a post can give."""

PARTNERS = frozenset({Role.REFERRER, Role.ESF})
"""Posts of people of other agencies: they see what is theirs, and nothing of how the service goes about its work."""
STAFF = tuple(role for role in POSTS if role not in PARTNERS)


ROLE_NAMES: Mapping[Role, str] = {
    Role.FSW: "Family support worker",
    Role.SENIOR: "Senior family support worker",
    Role.MANAGER: "Locality manager",
    Role.HEAD: "Head of service",
    Role.SRO: "Senior responsible officer",
    Role.DATA: "Data officer",
    Role.BUSINESS: "Business support",
    Role.BOARD: "Programme board",
    Role.AUDITOR: "Internal auditor",
    Role.REFERRER: "Partner referrer",
    Role.ESF: "ESF provider worker",
    Role.ADMIN: "Administrator",
    Role.EMERGENCY: "Emergency access",
}


class RecordClass(StrEnum):
    """Parts of a family's record that different people may open. Each is one list of scopes in PostgreSQL."""

    CARD = "card"  # that the family is known, who is in it, who works with it
    RECORD = "record"  # casework text: visits, stars, plans
    MEETING = "meeting"  # meetings of the team around the family: who is asked to them, their minutes and copies
    SAFEGUARDING = "safeguarding"
    SUPERVISION = "supervision"
    MONEY = "money"
    EVIDENCE = "evidence"  # facts from feeds and casework
    CLAIM = "claim"  # claim runs and the evidence frozen in them
    IDENTIFICATION = "identification"  # whom the data finds, worked with or not: data officers alone
    REFERRAL = "referral"  # the front door, before there is a family


class Can(StrEnum):
    """Acts. Reading is an act too; which rows an act reaches is the locality the role is held in."""

    READ = "read"
    REFER = "refer"
    TRIAGE = "triage"
    ALLOCATE = "allocate"
    ADD_CONTACT = "add_contact"
    WORK_FAMILY = "work_family"
    KEEP_MEETINGS = "keep_meetings"
    SEND_TO_PROVIDER = "send_to_provider"
    PROVIDE = "provide"
    PROPOSE_CLOSING = "propose_closing"
    CLOSE_CASE = "close_case"
    REVIEW_CONCERN = "review_concern"
    HEAR_ALLEGATION = "hear_allegation"
    CHANGE_HOUSEHOLD = "change_household"
    ASK_SPENDING = "ask_spending"
    APPROVE_SPENDING = "approve_spending"
    RECORD_SPENDING = "record_spending"
    CHANGE_ALLOWANCE = "change_allowance"
    REVIEW_FAMILY = "review_family"
    SIGN_ASSESSMENT = "sign_assessment"
    VIEW_DASHBOARD = "view_dashboard"
    LOAD_FEED = "load_feed"
    PREPARE_CLAIM = "prepare_claim"
    REVIEW_CLAIM = "review_claim"
    AUDIT_CLAIM = "audit_claim"
    SIGN_CLAIM = "sign_claim"
    CERTIFY_CLAIM = "certify_claim"
    CONFIRM_PAYMENT = "confirm_payment"
    SHARE_FAMILY = "share_family"
    RESTRICT_FAMILY = "restrict_family"
    BREAK_GLASS = "break_glass"
    REVIEW_ACCESS = "review_access"
    KEEP_REGISTER = "keep_register"
    DECIDE_SHARING = "decide_sharing"
    MANAGE_POSTS = "manage_posts"
    KEEP_LISTS = "keep_lists"
    KEEP_SETTINGS = "keep_settings"

    @property
    def label(self) -> str:
        return CAN_NAMES[self]


CAN_NAMES: Mapping[Can, str] = {
    Can.READ: "Read",
    Can.REFER: "Refer a family",
    Can.TRIAGE: "Decide on referrals",
    Can.ALLOCATE: "Allocate a family to a worker",
    Can.ADD_CONTACT: "Add a contact to any family of the locality",
    Can.WORK_FAMILY: "Record visits, star readings, assessments and plans",
    Can.KEEP_MEETINGS: "Plan meetings of the team around a family, and type their minutes",
    Can.SEND_TO_PROVIDER: "Send an adult of a family to the ESF provider",
    Can.PROVIDE: "Write down what the ESF provider does with a family",
    Can.PROPOSE_CLOSING: "Propose to close the case of a family",
    Can.CLOSE_CASE: "Close the case of a family, and take that back",
    Can.REVIEW_CONCERN: "Review safeguarding concerns",
    Can.HEAR_ALLEGATION: "Hear and decide on allegations against staff",
    Can.CHANGE_HOUSEHOLD: "Say who is in a family and how they are related",
    Can.ASK_SPENDING: "Ask for money for a family",
    Can.APPROVE_SPENDING: "Approve money for a family, up to a limit",
    Can.RECORD_SPENDING: "Record what was paid for a family, with receipts",
    Can.CHANGE_ALLOWANCE: "Change what one family's budget is",
    Can.REVIEW_FAMILY: "Review and supervise the work with a family",
    Can.SIGN_ASSESSMENT: "Sign off the assessment of a family, or send it back",
    Can.VIEW_DASHBOARD: "See the dashboards",
    Can.LOAD_FEED: "Send files from partner agencies",
    Can.PREPARE_CLAIM: "Prepare a claim run",
    Can.REVIEW_CLAIM: "Review what a claim run asks for families of the locality",
    Can.AUDIT_CLAIM: "Sample and test a claim run",
    Can.SIGN_CLAIM: "Sign a claim run",
    Can.CERTIFY_CLAIM: "Certify a claim run, which makes the file that is submitted",
    Can.CONFIRM_PAYMENT: "Confirm a payment of a claim run that somebody else entered",
    Can.SHARE_FAMILY: "Share one family with a colleague or provider",
    Can.RESTRICT_FAMILY: "Restrict a family to named people",
    Can.BREAK_GLASS: "Ask for emergency access",
    Can.REVIEW_ACCESS: "See who has looked at a record",
    Can.KEEP_REGISTER: "Keep the register of lawful bases and gateways",
    Can.DECIDE_SHARING: "Show what was left out, with a reason, and decide on what is contested",
    Can.MANAGE_POSTS: "Give and end posts",
    Can.KEEP_LISTS: "Keep lists, such as the services to signpost to",
    Can.KEEP_SETTINGS: "Propose and confirm settings: clocks, numbers, reasons",
}


ROLES: Mapping[Role, frozenset[Can]] = {
    Role.FSW: frozenset(
        {
            Can.READ, Can.REFER, Can.ADD_CONTACT, Can.WORK_FAMILY, Can.PROPOSE_CLOSING, Can.CHANGE_HOUSEHOLD,
            Can.BREAK_GLASS, Can.ASK_SPENDING, Can.RECORD_SPENDING, Can.KEEP_MEETINGS, Can.SEND_TO_PROVIDER,
        }
    ),
    Role.SENIOR: frozenset(
        {
            Can.READ, Can.REFER, Can.TRIAGE, Can.ALLOCATE, Can.ADD_CONTACT, Can.WORK_FAMILY, Can.CHANGE_HOUSEHOLD,
            Can.REVIEW_FAMILY, Can.VIEW_DASHBOARD, Can.SHARE_FAMILY, Can.REVIEW_ACCESS, Can.BREAK_GLASS,
            Can.DECIDE_SHARING, Can.CLOSE_CASE, Can.REVIEW_CONCERN, Can.SIGN_ASSESSMENT,
            Can.ASK_SPENDING, Can.APPROVE_SPENDING, Can.RECORD_SPENDING, Can.KEEP_MEETINGS, Can.SEND_TO_PROVIDER,
        }
    ),
    Role.MANAGER: frozenset(
        {
            Can.READ, Can.REFER, Can.TRIAGE, Can.ALLOCATE, Can.ADD_CONTACT, Can.CHANGE_HOUSEHOLD, Can.REVIEW_FAMILY,
            Can.VIEW_DASHBOARD, Can.SHARE_FAMILY, Can.RESTRICT_FAMILY, Can.REVIEW_ACCESS, Can.BREAK_GLASS,
            Can.DECIDE_SHARING, Can.CLOSE_CASE, Can.REVIEW_CONCERN, Can.SIGN_ASSESSMENT,
            Can.APPROVE_SPENDING, Can.RECORD_SPENDING, Can.CHANGE_ALLOWANCE, Can.SEND_TO_PROVIDER, Can.REVIEW_CLAIM,
        }
    ),
    Role.HEAD: frozenset(
        {
            Can.READ, Can.REVIEW_FAMILY, Can.VIEW_DASHBOARD, Can.SIGN_CLAIM, Can.SHARE_FAMILY, Can.RESTRICT_FAMILY,
            Can.REVIEW_ACCESS, Can.KEEP_REGISTER, Can.KEEP_SETTINGS, Can.BREAK_GLASS, Can.REVIEW_CONCERN,
            Can.HEAR_ALLEGATION,
            Can.APPROVE_SPENDING, Can.CHANGE_ALLOWANCE, Can.CONFIRM_PAYMENT,
        }
    ),
    Role.SRO: frozenset({Can.READ, Can.CERTIFY_CLAIM}),
    Role.DATA: frozenset({Can.READ, Can.LOAD_FEED, Can.PREPARE_CLAIM, Can.KEEP_REGISTER, Can.CONFIRM_PAYMENT}),
    Role.BUSINESS: frozenset({Can.READ, Can.KEEP_MEETINGS}),
    Role.BOARD: frozenset(),
    Role.AUDITOR: frozenset({Can.READ, Can.AUDIT_CLAIM}),
    Role.REFERRER: frozenset({Can.READ, Can.REFER}),
    Role.ESF: frozenset({Can.READ, Can.ADD_CONTACT, Can.WORK_FAMILY, Can.KEEP_MEETINGS, Can.PROVIDE}),
    Role.ADMIN: frozenset({Can.MANAGE_POSTS, Can.KEEP_LISTS, Can.KEEP_SETTINGS}),
    Role.EMERGENCY: frozenset({Can.READ, Can.ADD_CONTACT}),
}  # fmt: skip

EMERGENCIES_A_DAY = 3
REFUSED_TRIES_A_DAY = 10
OPENED_A_DAY = 20
"""How many families one person opens in 24 hours, in an emergency and with a reason inside their locality, and how many
references that open nothing they may try. Then somebody is told."""
SHORTEST_REASON = 10

LOOKING = frozenset({Can.READ, Can.ADD_CONTACT})
"""What a family that was opened, with a reason or in an emergency, is open for. The rest takes working with it."""

ON_THE_RECORD = frozenset(
    {
        Can.WORK_FAMILY, Can.PROPOSE_CLOSING, Can.CLOSE_CASE, Can.CHANGE_HOUSEHOLD, Can.ASK_SPENDING,
        Can.APPROVE_SPENDING, Can.RECORD_SPENDING, Can.CHANGE_ALLOWANCE, Can.SIGN_ASSESSMENT,
        Can.SEND_TO_PROVIDER, Can.PROVIDE,
    }
)  # fmt: skip
"""Acts that need the family's record open, not only its card."""


@dataclass(frozen=True)
class Opens:
    """The record classes a role's post opens.

    ``held`` classes open in full only for families the person holds (works, covers, was shared, or opened
    with a reason); ``named`` classes only in audiences that name the person or the role; the other classes open for
    every family of the post's locality.
    """

    read: frozenset[RecordClass] = frozenset()
    write: frozenset[RecordClass] = frozenset()
    held: frozenset[RecordClass] = frozenset()
    named: frozenset[RecordClass] = frozenset()


def _classes(names: str) -> frozenset[RecordClass]:
    return frozenset(RecordClass(name) for name in names.split())


_PRACTICE = "card record meeting safeguarding money evidence referral"

OPENS: Mapping[Role, Opens] = {
    Role.FSW: Opens(
        read=_classes(_PRACTICE),
        write=_classes(_PRACTICE),
        held=_classes("record meeting safeguarding money evidence"),
        named=_classes("referral"),
    ),
    Role.SENIOR: Opens(read=_classes(f"{_PRACTICE} supervision"), write=_classes(f"{_PRACTICE} supervision")),
    Role.MANAGER: Opens(read=_classes(f"{_PRACTICE} supervision claim"), write=_classes(f"{_PRACTICE} supervision")),
    Role.HEAD: Opens(
        read=_classes(f"{_PRACTICE} supervision claim"), write=_classes("card record meeting supervision money claim")
    ),
    Role.SRO: Opens(read=_classes("claim"), write=_classes("claim")),
    Role.DATA: Opens(
        read=_classes("card evidence claim identification"), write=_classes("evidence claim identification")
    ),
    Role.BUSINESS: Opens(read=_classes("card meeting"), write=_classes("meeting")),
    Role.BOARD: Opens(),
    Role.AUDITOR: Opens(read=_classes("claim"), write=_classes("claim")),
    Role.REFERRER: Opens(read=_classes("referral"), write=_classes("referral"), named=_classes("referral")),
    Role.ESF: Opens(
        read=_classes("card record meeting"), write=_classes("record meeting"), named=_classes("card record meeting")
    ),
    Role.ADMIN: Opens(),
    Role.EMERGENCY: Opens(read=_classes("card record meeting safeguarding money evidence"), write=_classes("record")),
}

NAMED_ONLY = frozenset(role for role, opens in OPENS.items() if opens.read and opens.read == opens.named)
"""Roles that reach nothing by locality: only what is shared with them by name or with their provider."""


def opening_rows() -> set[tuple[str, str, str, bool]]:
    """Return ``(role, mode, record class, only by name)`` for every door a role opens: what ``slf_opening`` holds."""
    return {
        (role.value, mode, record_class.value, record_class in opens.named)
        for role, opens in OPENS.items()
        for mode, classes in (("read", opens.read), ("write", opens.write))
        for record_class in classes
    }


def client_address(remote: str, forwarded: str, *, proxies: int) -> str | None:
    """Return where a request came from.

    Each proxy in front writes at the end of ``X-Forwarded-For`` whom it was asked by; what stands before the entries of
    our own proxies anybody may have written. Without proxies, and when the header is too short, it is the other end.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    seen = hops[-proxies] if 0 < proxies <= len(hops) else remote
    return as_address(seen) or as_address(remote)


def as_address(text: str) -> str | None:
    """Return an IP address without the port some proxies add, or None when it is none."""
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    for candidate in (bare, bare.rpartition(":")[0]):
        try:
            return str(ip_address(candidate))
        except ValueError:
            continue
    return None


@dataclass(frozen=True)
class Rights:
    """What one person may reach now: ``(role, scope)`` pairs from posts and shares, and the families they hold.

    ``named`` are those of the pairs in which the audience names the person or the role; ``worked`` those of the
    families that they hold for more than a look.
    """

    reaches: frozenset[tuple[Role, int]] = field(default_factory=frozenset)
    families: frozenset[int] = field(default_factory=frozenset)
    named: frozenset[tuple[Role, int]] = field(default_factory=frozenset)
    worked: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def read(cls, pairs: Iterable[str], families: Iterable[int], worked: Iterable[int]) -> "Rights":
        """Return the rights PostgreSQL found: ``role:scope:whether by name``, and ids of families."""
        split = [pair.split(":") for pair in pairs]
        reaches = frozenset((Role(role), int(scope)) for role, scope, _ in split)
        named = frozenset((Role(role), int(scope)) for role, scope, by_name in split if by_name == "true")
        return cls(reaches, frozenset(families), named, frozenset(worked))

    def families_for(self, can: Can) -> frozenset[int]:
        """The families this person holds firmly enough for the act."""
        return self.families if can in LOOKING else self.worked

    def may(self, can: Can, scope_id: int | None = None) -> bool:
        """Tell whether any post (or one that reaches ``scope_id``) allows the act."""
        return any(can in ROLES[role] and scope_id in {None, scope} for role, scope in self.reaches)

    @property
    def is_staff(self) -> bool:
        """Tell whether any post is of somebody who works here, and not of a partner."""
        return any(role in STAFF for role, _ in self.reaches)

    @property
    def as_partner(self) -> frozenset[int]:
        """Scopes that this person reaches for another agency alone."""
        partners = frozenset(scope for role, scope in self.reaches if role in PARTNERS)
        return partners - {scope for role, scope in self.reaches if role not in PARTNERS}

    def open_scopes(self, record_class: RecordClass, *, can: Can = Can.READ) -> frozenset[int]:
        """Scopes whose every family is open in full for this class and act."""
        return frozenset(scope for role, scope in self._for(record_class, can) if record_class not in OPENS[role].held)

    def held_scopes(self, record_class: RecordClass, *, can: Can = Can.READ) -> frozenset[int]:
        """Scopes in which only the families this person holds are open for this class and act."""
        held = frozenset(scope for role, scope in self._for(record_class, can) if record_class in OPENS[role].held)
        return held - self.open_scopes(record_class, can=can)

    def opens(self, record_class: RecordClass, *, scope_id: int, family_id: int, can: Can = Can.READ) -> bool:
        """Tell whether one class of one family's record is open in full for an act: to be read, unless said."""
        if scope_id in self.open_scopes(record_class, can=can):
            return True
        return family_id in self.families_for(can) and scope_id in self.held_scopes(record_class, can=can)

    def roles_over(self, scope_id: int) -> frozenset[Role]:
        """The roles through which this person reaches one scope."""
        return frozenset(role for role, scope in self.reaches if scope == scope_id)

    def _for(self, record_class: RecordClass, can: Can) -> set[tuple[Role, int]]:
        by_name = {role for role, opens in OPENS.items() if record_class in opens.named}
        return {
            (role, scope)
            for role, scope in self.reaches
            if can in ROLES[role]
            and record_class in OPENS[role].read
            and (role not in by_name or (role, scope) in self.named)
        }
