"""When a session ends, which doors are open before a second factor, and which posts a directory group means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from slf.access.rules import RecordClass, Role

MINUTE = 60
WARNING = 2 * MINUTE
POLL_HEADER = "X-SLF-Poll"


@dataclass(frozen=True)
class Limits:
    """How long a session lasts: without activity, and altogether. In seconds."""

    idle: float
    absolute: float

    @property
    def worth_noting(self) -> float:
        """Activity is written down at most this often, so that a page does not cost a write."""
        return min(MINUTE, self.idle / 10)

    @property
    def warning(self) -> float:
        """How long before the end the person is warned."""
        return min(WARNING, self.idle / 2)


@dataclass(frozen=True)
class Sitting:
    """One person's time at the screen. All times are seconds since the epoch."""

    signed_in_at: float
    active_at: float
    limits: Limits

    def seconds_left(self, now: float) -> float:
        return min(self.active_at + self.limits.idle, self.ends_at) - now

    def is_over(self, now: float) -> bool:
        return self.seconds_left(now) <= 0

    def may_stay(self, now: float) -> bool:
        """Tell whether activity now would give more time than there is; at the very end of the day it does not."""
        return self.ends_at - now > self.limits.warning

    def should_note(self, now: float) -> bool:
        return now - self.active_at >= self.limits.worth_noting

    @property
    def ends_at(self) -> float:
        return self.signed_in_at + self.limits.absolute


def wants_page(headers: Mapping[str, str]) -> bool:
    """Tell a person's navigation from a script's request, which must not be answered with a sign-in page."""
    if headers.get("HX-Request") or headers.get("X-Requested-With") or headers.get(POLL_HEADER):
        return False
    if headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    return "text/html" in headers.get("Accept", "text/html")


def counts_as_activity(headers: Mapping[str, str]) -> bool:
    """A page that asks by itself how a job is doing is not a person at work."""
    return POLL_HEADER not in headers


BEFORE_SECOND_FACTOR = frozenset(
    {
        "account_login", "account_logout", "account_reauthenticate", "account_change_password", "account_stay",
        "account_second_factor", "account_confirm_council", "account_ask_council",
        "mfa_index", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_list_webauthn",
        "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes",
        "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
        "web:healthz", "web:readyz",
    }
)  # fmt: skip
"""The only addresses for somebody who must set up a second factor and has not yet."""


@dataclass(frozen=True)
class Seat:
    """What a group of the council's directory means here: a role in one locality, or county-wide."""

    role: Role
    locality: str | None = None


def seats(groups: Iterable[str], table: Mapping[str, Mapping[str, Any]]) -> frozenset[Seat]:
    """Return the posts that these groups mean; a group that is not in the table means nothing."""
    return frozenset(Seat(Role(table[g]["role"]), table[g].get("locality") or None) for g in groups if g in table)


def groups_in(claims: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the groups a directory names, or None when it does not say.

    Entra leaves the claim out and points elsewhere when somebody is in very many groups. That is no sign of leaving.
    """
    groups = claims.get("groups")
    return frozenset(map(str, groups)) if isinstance(groups, list) else None


RECORD_NAMES: Mapping[RecordClass, str] = {
    RecordClass.CARD: "card",
    RecordClass.RECORD: "casework",
    RecordClass.MEETING: "meetings",
    RecordClass.SAFEGUARDING: "safeguarding",
    RecordClass.SUPERVISION: "supervision",
    RecordClass.MONEY: "money",
    RecordClass.EVIDENCE: "evidence",
    RecordClass.CLAIM: "claims",
    RecordClass.IDENTIFICATION: "identification",
    RecordClass.REFERRAL: "referrals",
}
"""The parts of a record as the page "Who may do what" calls them."""

IMPORTANT_ACTS: Mapping[str, str] = {
    "account_give_post": "give somebody a post",
    "account_end_post": "end somebody's post",
    "account_make": "make an account for somebody",
    "account_change_address": "change somebody's mail address",
    "account_reset_sign_in": "reset somebody's password and second steps",
    "access:emergency": "ask for emergency access to a record",
    "families:feed_rows_to_mend": "download rows of an agency's file",
    "families:feed_rows_unmatched": "download rows of an agency's file",
    "casework:import_to_mend": "download rows of a locality's list",
    "casework:import_report": "download the report of a list that was brought over",
    "casework:import_report_csv": "download the report of a list that was brought over",
    "casework:spendings_csv": "download the list of money asked for",
    "casework:spendings_xlsx": "download the list of money asked for",
    "performance:figure_csv": "download the rows behind a figure",
    "performance:draw_sample": "draw the sample of a claim run",
    "performance:pass_run": "pass a claim run",
    "performance:sign_run": "sign a claim run",
    "performance:certify_run": "certify a claim run",
    "performance:confirm_disposal": "dispose of the evidence of a claim run",
    "performance:submit_run": "say that a claim run was submitted",
    "performance:confirm_remittance": "confirm a payment of a claim run",
    "performance:reverse_claim_entry": "reverse an entry of a claim",
    "performance:claim_line": "say what became of a line of a claim",
    "performance:line_behind": "say what became of a line of a claim",
    "performance:payment_file": "download what became of a claim",
    "performance:withdraw_run": "withdraw a claim run",
    "performance:extend_sample": "extend the sample of a claim run",
    "performance:population_file": "download the families of a claim run, without names",
    "performance:audit_pack": "download the pack of a claim",
    "performance:claim_pack": "download the pack of a claim",
    "performance:sample_frame": "download the frame of a sample",
    "performance:submission": "download a claim",
    "performance:report_file": "download a report",
    "performance:identification_csv": "download the lists of identification",
    "performance:case_file": "download the case of a family",
}
"""What a person is asked to prove themselves for, by the name of its address: "You are about to …"."""

DOWNLOADS = frozenset(name for name, act in IMPORTANT_ACTS.items() if act.startswith("download "))
"""Acts that show no page: who proved themselves for one would be left standing on the question."""
