"""What the database refuses of the provider's work, whoever asks and however."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.provider.models import ProviderContact, Provision
from tests.at_once import acting
from tests.casework.provider.factories import AGREED, BEGAN, SENT, TODAY, WHY, adult, begun, contact, taken_on
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, ProgrammingError)


def refused(by, sql, *values, says="step by step"):
    with pytest.raises(REFUSED, match=says), acting(by), connection.cursor() as cursor:
        cursor.execute(sql, values)


def send(family, person, by):
    with acting(by):
        Provision.objects.create(
            family=family, person=person, state="sent", why=WHY, agreed_on=AGREED, sent_on=SENT, sent_by=by
        )


def test_nobody_is_sent_of_a_family_that_is_not_shared_or_of_another(family, shared, worker):
    with pytest.raises(IntegrityError, match="somebody of a family"):
        send(shared, adult(FamilyFactory(household=True)), worker)
    with pytest.raises(REFUSED), transaction.atomic():
        send(FamilyFactory(household=True), adult(family), worker)


def test_a_step_is_taken_in_its_order_and_by_the_provider(provision, worker, esf):
    take = "update casework_provision set state = 'taken_on', answered_on = %s, answered_by_id = %s"
    refused(worker, take, TODAY, worker.pk, says="their own name")
    refused(esf, "update casework_provision set state = 'begun', begun_on = %s, begun_by_id = %s", BEGAN, esf.pk)
    refused(esf, "update casework_provision set why = 'Otherwise.'", says="words never change")
    refused(esf, "delete from casework_provision", says="permission denied")
    held = begun(provision, esf)
    end = "update casework_provision set state = 'ended', ended_on = %s, ended_by_id = %s, ending = %s"
    refused(worker, end, TODAY, worker.pk, "work", says="not yours to end")
    refused(esf, end, TODAY, esf.pk, "unshared", says="not yours to end")
    contact(held, esf)
    refused(esf, end, BEGAN, esf.pk, "work", says="a contact was later")


def test_a_contact_is_the_providers_own_and_never_changes(provision, worker, esf):
    held = taken_on(provision, esf)
    contact(held, esf)
    refused(esf, "update casework_providercontact set words = 'x'", says="permission denied")
    with pytest.raises(ProgrammingError, match="their own name"), acting(worker):
        ProviderContact.objects.create(
            family_id=held.family_id, provision=held, happened_on=TODAY, kind="phone", words="Rang.",
            recorded_by=worker, recorded_on=TODAY,
        )  # fmt: skip


def test_two_provisions_of_one_adult_do_not_stand_beside_each_other(provision, worker):
    with pytest.raises(IntegrityError, match="one_at_a_time"):
        send(provision.family, provision.person, worker)
