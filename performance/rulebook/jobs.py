"""Telling the auditors that a rule was confirmed or changed: what claims are judged by is theirs to know."""

from django.conf import settings
from django.core.mail import send_mail

from performance.rulebook.services import told_of
from slf.work.registry import job

SAID = (
    "{confirmed_by} confirmed what {proposed_by} proposed for the rules of {scheme}:\n\n{changes}\n\n"
    "It rests on: {document}\n\nClaims prepared from today are judged by it, claims prepared before are not.\n"
)


@job("rulebook.tell_auditors", title="Telling the auditors of a rule")
def tell_auditors(job, *, proposal: str) -> dict[str, int]:
    with job.step():
        found, addresses = told_of(proposal)
    changes = "\n".join(f"- {rule}: {'; '.join(words) or 'confirmed as it stands'}" for rule, words in found.told)
    said = SAID.format(
        confirmed_by=found.confirmed_by, proposed_by=found.proposed_by, scheme=found.scheme, changes=changes,
        document=found.document,
    )  # fmt: skip
    for address in addresses:
        send_mail(f"{settings.SERVICE_NAME}: a rule of {found.scheme} was changed", said, None, [address])
    return {"told": len(addresses)}
