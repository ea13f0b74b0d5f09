"""What a concern waits for, since when and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.safeguarding import rules
from casework.safeguarding.rules import ROUTES, Route, Step
from slf.clock import add_working_days
from slf.policy.models import value_of
from slf.web.words import moment_in_words

SOON = timedelta(hours=4)
"""Time left at which a clock draws the eye. Source: ``EXAMPLE``."""


@dataclass(frozen=True)
class Limits:
    """The settings in force when a concern was raised."""

    review: int = 24
    tell: int = 4
    officer: int = 1
    written: int = 48
    acknowledged: int = 1
    outcome: int = 5
    escalate: int = 24


@dataclass(frozen=True)
class Clock:
    """One thing that is to be done by a moment; ``done`` is when it was."""

    step: Step
    label: str
    began: datetime
    due: datetime
    done: datetime | None = None

    def is_missed(self, now: datetime) -> bool:
        return self.done is None and now > self.due

    @property
    def was_late(self) -> bool:
        return self.done is not None and self.done > self.due

    def words(self, now: datetime) -> str:
        if self.done is not None:
            return "Done late" if self.was_late else "Done"
        if self.is_missed(now):
            return "Overdue"
        return "Due soon" if self.due - now <= SOON else "Waiting"

    def tone(self, now: datetime) -> str:
        if self.done is not None:
            return "neutral" if self.was_late else "good"
        if self.is_missed(now):
            return "late"
        return "attention" if self.due - now <= SOON else "waiting"

    @property
    def due_in_words(self) -> str:
        return moment_in_words(self.due)


def limits_on(raised: datetime) -> Limits:
    on = raised.date()
    return Limits(
        review=value_of(rules.REVIEW_WITHIN, on=on),
        tell=value_of(rules.TELL_WITHIN, on=on),
        officer=value_of(rules.OFFICER_WITHIN, on=on),
        written=value_of(rules.WRITTEN_WITHIN, on=on),
        acknowledged=value_of(rules.ACKNOWLEDGED_WITHIN, on=on),
        outcome=value_of(rules.OUTCOME_WITHIN, on=on),
        escalate=value_of(rules.ESCALATE_WITHIN, on=on),
    )


def after_hours(moment: datetime, hours: int) -> datetime:
    return moment + timedelta(hours=hours)


def after_working_days(moment: datetime, days: int) -> datetime:
    """Return the same hour of the working day that many working days later."""
    return datetime.combine(add_working_days(moment.date(), days), moment.timetz())


def clocks_of(
    route: Route,
    raised: datetime,
    *,
    refers: datetime | None,
    done: Mapping[Step, datetime],
    limits: Limits,
    now: datetime,
) -> list[Clock]:
    """Return what a concern waits for or waited for.

    ``refers`` is when it was said that it goes to another agency; ``done`` the first time of each step.
    """
    of_route, told = ROUTES[route], first_of(done, Step.TOLD, Step.WRITTEN)
    review = after_hours(raised, limits.review)
    found = [Clock(Step.REVIEWED, "Reviewed", raised, review, done.get(Step.REVIEWED))]
    if refers is not None:
        due = after_working_days(refers, limits.officer) if of_route.is_hidden else after_hours(refers, limits.tell)
        found.append(Clock(Step.TOLD, f"Told to {of_route.tells}", refers, due, told))
    if told is not None:
        found += _after_telling(of_route, told, done, limits)
    missed = [clock for clock in found if clock.step in WAITS_FOR_OTHERS and clock.is_missed(now)]
    if missed:
        since = min(clock.due for clock in missed)
        up = after_hours(since, limits.escalate)
        found.append(Clock(Step.ESCALATED, "Taken further up", since, up, done.get(Step.ESCALATED)))
    return found


WAITS_FOR_OTHERS = frozenset({Step.ACKNOWLEDGED, Step.OUTCOME})


def first_of(done: Mapping[Step, datetime], *steps: Step) -> datetime | None:
    return min((done[step] for step in steps if step in done), default=None)


def _after_telling(
    of_route: rules.RouteRules, told: datetime, done: Mapping[Step, datetime], limits: Limits
) -> list[Clock]:
    found = []
    if of_route.in_writing:
        due = after_hours(told, limits.written)
        found.append(Clock(Step.WRITTEN, "Followed up in writing", told, due, done.get(Step.WRITTEN)))
    if of_route.acknowledged:
        due = after_working_days(told, limits.acknowledged)
        found.append(
            Clock(Step.ACKNOWLEDGED, "Acknowledged", told, due, first_of(done, Step.ACKNOWLEDGED, Step.OUTCOME))
        )
    due = after_working_days(told, limits.outcome)
    found.append(Clock(Step.OUTCOME, "What became of it is known", told, due, done.get(Step.OUTCOME)))
    return found
