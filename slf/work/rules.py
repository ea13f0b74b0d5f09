"""What states a job goes through, how long a silent worker is believed, and when trying again ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Queue(StrEnum):
    DEFAULT = "default"
    REPORTS = "reports"


STATE_NAMES: Mapping[State, str] = {
    State.WAITING: "Waiting to start",
    State.RUNNING: "Running",
    State.DONE: "Finished",
    State.FAILED: "Did not finish",
}
OVER = frozenset({State.DONE, State.FAILED})

LEASE = timedelta(seconds=15)  # a worker silent for this long is taken for dead
HEARTBEAT = timedelta(seconds=4)  # so three beats may be lost
REPORTS_A_SECOND = 3
ERRORS_ALLOWED = 5  # errors and dead workers since the cursor last moved

GOING_TO_RETRY = "Something went wrong. It will be tried again by itself; you do not need to do anything."
GAVE_UP = "This did not finish. It was tried several times and something went wrong each time. Tell the service desk."
ACCOUNT_CLOSED = "This was not done, because the account of the person who asked for it is closed."


def wait_after(errors: int) -> timedelta:
    """Return how long to wait before trying again: 5 seconds, then four times as long after each error."""
    return timedelta(seconds=5 * 4 ** (errors - 1))


def worn_out(errors: int) -> bool:
    return errors >= ERRORS_ALLOWED


def percent(done: int, total: int | None) -> int | None:
    """Return the share done in per cent, or None while nobody knows how much there is."""
    return min(100, 100 * done // total) if total else None


LONGEST_REFERENCE = 200


def as_arguments(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a job's arguments as JSON; refuse anything but references: the record itself stays in its own table."""
    return {name: _reference(name, value) for name, value in arguments.items()}


def _reference(name: str, value: Any) -> Any:
    if isinstance(value, UUID | date):
        return str(value)
    if value is None or isinstance(value, int) or (isinstance(value, str) and len(value) <= LONGEST_REFERENCE):
        return value
    if isinstance(value, list | tuple):
        return [_reference(name, item) for item in value]
    message = f"{name} is not a reference (a number, an identifier, a date or a short code)."
    raise TypeError(message)


@dataclass(frozen=True)
class Claim:
    """A worker's hold on a job. ``attempt`` is the fence: a later claim has a higher one, and this one is void."""

    asked_by: int
    attempt: int
