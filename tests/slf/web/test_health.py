"""Without a database: these tests may not open a connection, and the address must answer all the same."""

from django.test import Client


class TestAProcessWhoseDatabaseIsAway:
    def test_is_up(self):
        answer = Client().get("/healthz", headers={"Host": "10.0.0.7"})
        assert (answer.status_code, answer.content) == (200, b"ok\n")
        assert "no-store" in answer["Cache-Control"]

    def test_is_only_asked_by_reading(self):
        assert Client().post("/healthz").status_code == 405
