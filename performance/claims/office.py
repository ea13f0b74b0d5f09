"""Whose work the claims of the county are: a manager's are those of a locality."""

from slf.access.rights import rights_of
from slf.access.rules import ROLES, Can
from slf.accounts.models import User

OFFICE = (Can.PREPARE_CLAIM, Can.AUDIT_CLAIM, Can.SIGN_CLAIM, Can.CERTIFY_CLAIM)
OF_LINES = (Can.PREPARE_CLAIM, Can.AUDIT_CLAIM, Can.SIGN_CLAIM, Can.REVIEW_CLAIM)
"""Whose work rests on what is claimed for whom. Who certifies reads figures and the file that they
certify: no judgement, and nothing that was entered of a line."""


def in_office(user: User) -> bool:
    """Tell whether the claims of the county are this person's work, and not those of a locality alone."""
    return any(rights_of(user).may(can) for can in OFFICE)


def reads_lines(user: User) -> bool:
    """Tell whether somebody reads judgements and what they rest on, family by family."""
    return any(rights_of(user).may(can) for can in OF_LINES)


def scopes_by(user: User, *acts: Can) -> frozenset[int]:
    """Return the scopes in which some post of this person allows one of these acts."""
    return frozenset(scope for role, scope in rights_of(user).reaches if not ROLES[role].isdisjoint(acts))


def figures_alone(user: User) -> frozenset[int]:
    """Return the scopes of which somebody reads figures alone, whatever else they read elsewhere."""
    return scopes_by(user, Can.CERTIFY_CLAIM) - scopes_by(user, *OF_LINES)


def sampled_alone(user: User) -> frozenset[int]:
    """Return the scopes of which somebody opens the evidence of sampled lines alone."""
    others = (can for can in OF_LINES if can is not Can.AUDIT_CLAIM)
    return scopes_by(user, Can.AUDIT_CLAIM) - scopes_by(user, *others)


def reads_whole(user: User) -> bool:
    """Tell whether somebody reads what was answered of every family of a run: not a manager, nor who certifies."""
    return in_office(user) and reads_lines(user)
