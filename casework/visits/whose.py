"""Whose information a visit's note is and who must not learn of it: asked on its form, folded away, nothing ticked."""

from typing import Any

from casework.provenance.forms import MarksForm
from casework.provenance.rules import About, WrongMarks
from casework.provenance.services import mark_entry
from casework.visits.beside import Answers, Beside, Sent
from casework.visits.models import Visit
from families.households.services import household_on
from families.people.models import Family
from slf.access.doors import may_work_with
from slf.access.rights import rights_of
from slf.accounts.models import User
from slf.clock import today

PREFIX = "whose"


class WhoseForm(MarksForm):
    """The marks of a note that is being written. What kind of statement it is stands among the visit's own answers."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, about=About.VISIT, before=None, prefix=PREFIX, **kwargs)
        for name in ("grade", "seen", "once"):
            del self.fields[name]

    @property
    def says_something(self) -> bool:
        return any(self[name].value() for name in self.fields)

    def is_right(self, visit: Any) -> bool:
        """Tell whether it can be kept, and put beside its answer why not."""
        if not self.is_valid():
            return False
        try:
            self.marks.check(About.VISIT, people=set(self.people.values()))
        except WrongMarks as wrong:
            self.add_error(wrong.field, wrong.message)
        return not self.errors


def ask(family: Family, user: User, sent: Sent, typed: Answers) -> WhoseForm | None:
    """Return the form for whoever works with the family: they may mark its entries afterwards too."""
    if not may_work_with(family, user):
        return None
    members = household_on(family, today(), by=user, known=True)
    form = WhoseForm(sent, members=members)
    if rights_of(user).as_partner:
        del form.fields["kept_from_agencies"]  # nobody keeps a note from themselves
    form.initial |= as_typed(form, typed)
    return form


def as_typed(form: WhoseForm, typed: Answers) -> dict[str, Any]:
    """Return what a draft holds as the first answers of the form."""
    held = {name: list(typed.get(form.add_prefix(name), ())) for name in form.fields}
    several = {"kept_from", "kept_from_agencies"}
    return {name: values if name in several else values[0] for name, values in held.items() if values}


def keep(visit: Visit, form: WhoseForm, by: User) -> None:
    """Mark the note as its author said, the moment it is there."""
    if form.says_something:
        mark_entry(About.VISIT, visit, form.marks_with(visit.grade), by=by, on=today())


WHOSE = Beside("Whose information it is, and who must not learn of it", ask, keep)
