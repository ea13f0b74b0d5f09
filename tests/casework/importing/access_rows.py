"""Lists of localities belong to those who load files there."""

from uuid import uuid4

from casework.importing.models import ImportFile
from casework.importing.services import office_of
from slf.access.models import Locality
from slf.access.rules import Role
from slf.accounts.models import User
from slf.clock import today
from tests.access_table import Row

OTHERS = frozenset(Role) - {Role.DATA}
TO_DATA = {"get": {Role.DATA: 200}}


def file() -> dict:
    """Keep a list that somebody of the data office sent, and that was tried with nothing to make."""
    sender = User.objects.get(username="everything")
    place = Locality.objects.get(slug="charnwood")
    kept = ImportFile.objects.create(
        scope=office_of(place), locality=place, source="List", name="a.csv", content="a.csv", sha256=uuid4().hex,
        rows_expected=1, uploaded_by=sender, received_on=today(), checked_on=today(),
    )  # fmt: skip
    return {"uid": kept.uid}


OF_A_LIST = {"of_office": file, "not_their_job": OTHERS}

ROWS = [
    Row("casework:imports", **TO_DATA),
    Row("casework:import_columns", **TO_DATA),
    Row("casework:import_template", **TO_DATA),
    Row("casework:import_people_csv", **TO_DATA),
    Row("casework:import_cases_csv", **TO_DATA),
    Row("casework:send_import", **TO_DATA, post={Role.DATA: 200}),
    Row("casework:import", **OF_A_LIST, **TO_DATA),
    Row("casework:try_import", **OF_A_LIST, post={Role.DATA: 302}),
    Row("casework:make_import", **OF_A_LIST, post={Role.DATA: 409}),
    Row("casework:import_numbers", **OF_A_LIST, post={Role.DATA: 409}),
    Row("casework:import_to_mend", **OF_A_LIST, **TO_DATA, recent=True),
    Row("casework:import_report", **OF_A_LIST, **TO_DATA, recent=True),
    Row("casework:import_report_csv", **OF_A_LIST, **TO_DATA, recent=True),
    Row("api-imports", **TO_DATA),
    Row("api-import", **OF_A_LIST, **TO_DATA),
    Row("api-import-try", **OF_A_LIST, post={Role.DATA: 202}),
    Row("api-import-make", **OF_A_LIST, post={Role.DATA: 409}),
    Row("api-import-numbers", **OF_A_LIST, post={Role.DATA: 409}),
    Row("api-import-rows", **OF_A_LIST, **TO_DATA),
]
