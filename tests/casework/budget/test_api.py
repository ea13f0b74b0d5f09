"""A family's budget for programs: the same services, the same refusals."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.budget.models import Spending
from tests.casework.budget.factories import TODAY, WHY, answers, approved, asked
from tests.casework.plans.factories import agreed
from tests.factories import FamilyFactory
from tests.referrals.attachments.factories import PDF

pytestmark = pytest.mark.django_db


def at(name, of):
    return reverse(f"api-{name}", args=[of.uid])


def test_the_whole_way(api, worker, senior, family):
    mine, theirs = api(worker), api(senior)
    made = mine.post(at("ask-spending", family), answers(), format="json")
    assert (made.status_code, made.data["state"], made.data["amount"]) == (201, "asked", "80.50")
    spending = Spending.objects.get(uid=made.data["uid"])
    assert theirs.post(at("approve-spending", spending)).data["state"] == "approved"
    how = {"amount": "80.00", "paid_on": TODAY.isoformat(), "method": "transfer"}
    entry = mine.post(at("pay-spending", spending), how, format="json")
    address = reverse("api-add-receipt", args=[entry.data["uid"]])
    kept = mine.post(address, {"file": SimpleUploadedFile("till.pdf", PDF)}, format="multipart")
    content = mine.get(reverse("api-spending-receipt", args=[kept.data["uid"]]))
    assert (content.content, content["Content-Type"]) == (PDF, "application/pdf")
    ledger = mine.get(at("budget", family)).data["ledgers"][0]
    assert ledger["balance"] == {"allowance": "500.00", "held": "0.00", "paid": "80.00", "left": "420.00"}
    assert [entry["kind"] for entry in ledger["entries"]] == ["opening", "hold", "payment", "release"]
    back = mine.post(reverse("api-reverse-entry", args=[entry.data["uid"]]), {"reason": WHY}, format="json")
    assert str(back.data["reverses"]) == entry.data["uid"]


def test_a_key_asks_once(api, worker, family):
    key = {"HTTP_IDEMPOTENCY_KEY": str(uuid.uuid4())}
    for _ in range(2):
        assert api(worker).post(at("ask-spending", family), answers(), format="json", **key).status_code == 201
    assert Spending.objects.count() == 1


def test_a_part_of_another_familys_plan_is_no_part(api, worker, family):
    other = agreed(FamilyFactory(household=True)).goals.first()
    for uid in (other.uid, uuid.uuid4()):
        answer = api(worker).post(at("ask-spending", family), answers(part=f"goal:{uid}"), format="json")
        assert (answer.status_code, "There is no such part" in str(answer.data)) == (400, True)


def test_refusals_are_problems_with_a_sentence(api, worker, senior, family):
    made = asked(family, worker, 200)
    answer = api(senior).post(at("approve-spending", made))
    assert (answer.status_code, "You approve up to £100.00" in str(answer.data)) == (403, True)
    assert api(worker).post(at("approve-spending", made)).status_code == 403


def test_lists_by_state(api, worker, senior, family):
    asked(family, worker)
    approved(family, senior, asked_by=worker, amount=5)
    found = api(senior).get(reverse("api-spendings"), {"state": "approved"}).data["results"]
    assert [row["amount"] for row in found] == ["5.00"]
