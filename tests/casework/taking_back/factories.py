"""A list that was made, asked to be taken back, and decided on."""

from django.db import transaction

from casework.importing.models import ImportFile
from casework.taking_back.models import TakingBack
from casework.taking_back.rules import Answer
from casework.taking_back.services import ask_to_take_back, decide_on_taking_back
from slf.access.acting import acting_as
from slf.work.services import run

WHY = "It was the list of another locality"


def asked(file, *, by, reason=WHY) -> TakingBack:
    with acting_as(by), transaction.atomic():
        return ask_to_take_back(ImportFile.objects.get(pk=file.pk), reason=reason, by=by)


def decided(taking, *, by, answer=Answer.AGREE, note="") -> TakingBack:
    with acting_as(by), transaction.atomic():
        return decide_on_taking_back(taking, answer=answer, note=note, by=by)


def taken_back(file, *, asker, decider) -> TakingBack:
    """Ask, agree, and have a worker do it; return the request as it is then."""
    taking = decided(asked(file, by=asker), by=decider)
    run(taking.job.uid)
    with acting_as(decider), transaction.atomic():
        return TakingBack.objects.get(pk=taking.pk)
