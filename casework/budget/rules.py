"""The money that helps one family: what may become of a request, who approves how much, and how its ledger adds up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from slf.access.rules import Role
from slf.policy.rules import Number, ReasonList, Reasons, Setting
from slf.web.errors import DomainError

WHERE = "The family's budget"
ALLOWANCE: Setting[int] = Setting(
    "budget_allowance", "What a family's budget begins with", WHERE, Number("pounds", 1, 100_000), 500,
    help="Written into a family's ledger with its first entry. A later value changes no ledger that has begun.",
)  # fmt: skip
SENIOR_UP_TO: Setting[int] = Setting(
    "budget_senior", "Up to how much a senior approves", WHERE, Number("pounds", 0, 100_000), 100,
    help="Of one request.",
)  # fmt: skip
MANAGER_UP_TO: Setting[int] = Setting(
    "budget_manager", "Up to how much a locality manager approves", WHERE, Number("pounds", 0, 100_000), 500,
    help="Of one request. Above it, a head of service decides.",
)  # fmt: skip
FUNDS: Setting[Reasons] = Setting(
    "budget_funds", "From which fund a family's budget comes", WHERE, ReasonList(),
    [{"code": "unknown", "label": "To be confirmed", "retired": False}],
    help="The first that can be chosen stands on every ledger that begins.",
)  # fmt: skip
SETTINGS = (ALLOWANCE, SENIOR_UP_TO, MANAGER_UP_TO, FUNDS)
LONGEST, LONGEST_LINE = 2000, 120
LEAST = Decimal("0.01")
MOST = Decimal("99999.99")
NOTHING = Decimal("0.00")


class State(StrEnum):
    """What became of a request."""

    ASKED = "asked"
    APPROVED = "approved"
    PAID = "paid"
    DECLINED = "declined"
    CANCELLED = "cancelled"


STATE_NAMES: Mapping[State, str] = {
    State.ASKED: "Waits for approval",
    State.APPROVED: "Approved, to be paid",
    State.PAID: "Paid",
    State.DECLINED: "Declined",
    State.CANCELLED: "Cancelled",
}
TONES: Mapping[State, str] = {
    State.ASKED: "attention",
    State.APPROVED: "new",
    State.PAID: "good",
    State.DECLINED: "neutral",
    State.CANCELLED: "neutral",
}


class Act(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"
    PAY = "pay"


TRANSITIONS: Mapping[Act, tuple[frozenset[State], State]] = {
    Act.APPROVE: (frozenset({State.ASKED}), State.APPROVED),
    Act.DECLINE: (frozenset({State.ASKED}), State.DECLINED),
    Act.CANCEL: (frozenset({State.ASKED, State.APPROVED}), State.CANCELLED),
    Act.PAY: (frozenset({State.APPROVED}), State.APPROVED),
}


class Kind(StrEnum):
    """What one entry of a ledger does. None is ever changed or taken out: a reversal stands against it."""

    OPENING = "opening"
    CHANGE = "change"
    HOLD = "hold"
    RELEASE = "release"
    PAYMENT = "payment"
    REVERSAL = "reversal"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.OPENING: "Allowance",
    Kind.CHANGE: "Allowance changed",
    Kind.HOLD: "Held for a request",
    Kind.RELEASE: "No longer held",
    Kind.PAYMENT: "Paid",
    Kind.REVERSAL: "Reversed",
}
REVERSIBLE = frozenset({Kind.CHANGE, Kind.PAYMENT})


class Method(StrEnum):
    CARD = "card"
    TRANSFER = "transfer"
    VOUCHER = "voucher"
    CASH = "cash"
    ORDER = "order"


METHOD_NAMES: Mapping[Method, str] = {
    Method.CARD: "Purchasing card",
    Method.TRANSFER: "Bank transfer",
    Method.VOUCHER: "Voucher",
    Method.CASH: "Cash",
    Method.ORDER: "Order on account",
}


class WrongSpending(DomainError):
    """An answer about money that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str):
        super().__init__(message)
        self.field = field


OWN = "You asked for this yourself. Somebody else decides."
NOT_YOURS_TO_CANCEL = "Only who asked, or somebody who approves spending, cancels a request."
OVER = "The case of this family is closed, so nothing new is asked for. What is held can still be paid."
SHORT = "{left} is left of this family's budget, and this asks for {amount}. Nothing was approved."
ABOVE = "You approve up to {limit} at a time, and this asks for {amount}. It waits for {who}."
NOT_HELD = "{held} is held for this request. To pay more, ask for the rest first."
BELOW_USED = "{used} of the allowance is held or paid, so it cannot be lowered to {amount}."
SAME = "The allowance is {amount} already."
SETTLED: Mapping[State, str] = {
    State.ASKED: "Nobody has decided about this yet.",
    State.APPROVED: "{who} approved this on {day}.",
    State.PAID: "This is paid already.",
    State.DECLINED: "{who} declined this on {day}.",
    State.CANCELLED: "{who} cancelled this on {day}.",
}
NOT_REVERSED = "Only a payment or a change of the allowance is reversed. To free what is held, cancel its request."
REVERSED = "This entry is reversed already."
SPENT = "What this change added is held or paid by now, so it cannot be reversed."
TO_COME = "Give a day that is not still to come."
TOO_EARLY = "This was approved on {day}. It cannot have been paid before."
TWO_WAYS = "Attach the receipt, or say why there is none: one of the two."
NOT_A_PAYMENT = "A receipt belongs to a payment."
SAY = {
    "what_for": "Write what it is for.",
    "payee": "Write who is to be paid.",
    "family_does": "Write what the family will do.",
    "answer": "Write why it is declined.",
    "because": "Write why.",
    "reason": "Write why.",
    "no_receipt": "Write why there is no receipt.",
}


@dataclass(frozen=True)
class Asking:
    """What somebody asks for: how much, for what, paid to whom, what the family does, and the part of the plan."""

    what_for: str
    amount: Decimal
    payee: str
    family_does: str


@dataclass(frozen=True)
class Line:
    """One entry as the sums need it: what it adds to the allowance, to what is held and to what is paid."""

    counts_on: date
    allowance: Decimal = NOTHING
    held: Decimal = NOTHING
    paid: Decimal = NOTHING


@dataclass(frozen=True)
class Balance:
    """How a ledger stands: ``left`` is what can still be approved."""

    allowance: Decimal = NOTHING
    held: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        return self.allowance - self.held - self.paid

    @property
    def used(self) -> Decimal:
        return self.held + self.paid

    def __add__(self, line: "Line | Balance") -> "Balance":
        return Balance(self.allowance + line.allowance, self.held + line.held, self.paid + line.paid)


def balance(lines: Iterable[Line], *, on: date) -> Balance:
    """Add up what counts on a day or before. The same entries give the same penny, in whatever order they come."""
    found = Balance()
    for line in lines:
        found = found + line if line.counts_on <= on else found
    return found


def running(lines: Iterable[Line]) -> list[Balance]:
    """Return how the ledger stood after each of its entries."""
    found, now = [], Balance()
    for line in lines:
        now += line
        found.append(now)
    return found


@dataclass(frozen=True)
class Limits:
    """Up to how much of one request each role approves. A head of service decides whatever is above."""

    senior: Decimal
    manager: Decimal

    def of(self, roles: Iterable[Role]) -> Decimal | None:
        """Return how much somebody with these posts approves; None for no limit at all."""
        held = set(roles)
        if Role.HEAD in held:
            return None
        known = {Role.SENIOR: self.senior, Role.MANAGER: self.manager}
        return max((limit for role, limit in known.items() if role in held), default=NOTHING)

    def reach(self, amount: Decimal, roles: Iterable[Role]) -> bool:
        limit = self.of(roles)
        return limit is None or amount <= limit

    def who(self, amount: Decimal) -> str:
        """Say who is the first to decide about an amount."""
        if amount <= self.senior:
            return "a senior"
        return "the locality manager" if amount <= self.manager else "a head of service"

    def waits_for(self, amount: Decimal, roles: Iterable[Role], *, asked_by_senior: bool) -> bool:
        """Tell whether a request is this person's to decide first, and not only theirs to decide too."""
        held = set(roles)
        bands = {
            Role.SENIOR: amount <= self.senior,
            Role.MANAGER: (amount > self.senior or asked_by_senior) and amount <= self.manager,
            Role.HEAD: amount > self.manager,
        }
        return any(bands.get(role, False) for role in held)


def next_state(state: str, act: Act) -> State | None:
    """Return what an act makes of a request; None where it is not possible: the buttons ask this too."""
    before, after = TRANSITIONS[act]
    return after if state in before else None


def pounds(amount: Decimal) -> str:
    """Return an amount to the penny: "£1,250.00", "-£20.50"."""
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"


def check_words(**said: str) -> None:
    for field, words in said.items():
        if not words.strip():
            raise WrongSpending(SAY[field], field=field)


def check_amount(amount: Decimal, *, field: str = "amount") -> None:
    """Refuse what is no amount of money: nothing, less, parts of a penny, more than any family gets."""
    if not LEAST <= amount <= MOST or amount != amount.quantize(LEAST):
        raise WrongSpending(f"Give an amount from {pounds(LEAST)} to {pounds(MOST)}, in pounds and pence.", field=field)


def check_asking(asking: Asking) -> None:
    check_words(what_for=asking.what_for, payee=asking.payee, family_does=asking.family_does)
    check_amount(asking.amount)
