from slf.access.acting import acting_as
from tests.access_table import Row, all_of
from tests.families.households.access_rows import MISSING, NOT_THEIRS, READ, WRITE, day
from tests.families.households.factories import somebody
from tests.families.kin.factories import responsible, tie

SEE, GO, DO, MAKE = all_of(*WRITE), all_of(*WRITE, status=302), all_of(*WRITE), all_of(*WRITE, status=201)
SEEN = all_of(*WRITE, status=428)  # the walk does not say what it saw


def two_of(family):
    """Return a parent and a child of the family."""
    rows = family.memberships.select_related("person")
    return rows.filter(part="parent").first().person, rows.filter(part="child").first().person


def of_family(family):
    return {"uid": family.uid}


def of_relationship(family):
    with acting_as(somebody()):
        return {"uid": tie(family, "birth", *two_of(family)).uid}


def of_responsibility(family):
    with acting_as(somebody()):
        parent, child = two_of(family)
        return {"uid": responsible(family, child, parent).uid}


def and_family(subject, name):
    def make(family):
        return {"uid": family.uid, name: subject(family)["uid"]}

    return make


def uids(kwargs):
    from families.people.models import Family

    with acting_as(somebody()):
        family = Family.objects.filter(uid=kwargs["uid"]).first()
        return [str(person.uid) for person in two_of(family)] if family else [MISSING, MISSING]


def relating(kwargs):
    parent, child = uids(kwargs)
    return {"kind": "birth", "person": parent, "other": child, "source": "Mum"}


def standing(kwargs):
    parent, child = uids(kwargs)
    return {"child": child, "holder": parent, "standing": "held", "ground": "mother", "source": "Mum"}


def correcting(kwargs):
    return {"kind": "adoptive", "source": "Order"}


def ending(kwargs):
    return day("on")


def foreign_person(own, other):
    parent, _child = two_of(own)
    body = {"kind": "birth", "person": str(parent.uid), "source": "Mum"}
    return {"uid": own.uid}, body | {"other": str(two_of(other)[1].uid)}, body | {"other": MISSING}


def foreign_child(own, other):
    body = {"holder": str(two_of(own)[0].uid), "standing": "held", "ground": "mother", "source": "Mum"}
    return {"uid": own.uid}, body | {"child": str(two_of(other)[1].uid)}, body | {"child": MISSING}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=NOT_THEIRS, **more)


ROWS = [
    Row("families:genogram", of_family, get=READ),
    row("families:relate", of_family, get=SEE, post=GO, post_body=relating),
    row("families:state_responsibility", of_family, get=SEE, post=GO, post_body=standing),
    row("families:correct_relationship", of_relationship, get=SEE, post=GO, post_body=correcting),
    row("families:end_relationship", of_relationship, get=SEE, post=GO, post_body=ending),
    row("families:take_back_relationship", of_relationship, post=GO),
    row("families:end_responsibility", of_responsibility, get=SEE, post=GO, post_body=ending),
    row("api-relationships", of_family, get=READ, post=MAKE, post_body=relating, foreign=foreign_person),
    row("api-relationship", and_family(of_relationship, "relationship"), get=READ, patch=SEEN, delete=SEEN),
    row("api-relationship-end", and_family(of_relationship, "relationship"), post=DO, post_body=ending),
    row("api-responsibility", of_family, get=READ, post=MAKE, post_body=standing, foreign=foreign_child),
    row("api-responsibility-end", and_family(of_responsibility, "responsibility"), post=DO, post_body=ending),
    Row("api-genogram", of_family, get=READ),
]
