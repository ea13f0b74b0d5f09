import pytest
from celery import current_app
from celery.schedules import crontab
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import ModelEntry

from slf.work import jobs, services
from slf.work.registry import job, kind_of
from slf.work.schedule import BEAT
from tests.slf.work import kinds


class TestTheClock:
    @pytest.mark.parametrize("entry", BEAT.values(), ids=BEAT)
    def test_starts_only_what_exists(self, entry):
        current_app.loader.import_default_modules()  # what a worker reads when it starts
        assert entry["task"] in current_app.tasks

    def test_is_kept_in_the_database(self, db):
        for name, entry in BEAT.items():
            ModelEntry.from_entry(name, app=current_app, **entry)
        sweep = PeriodicTask.objects.get(task="slf.work.sweep")
        assert (sweep.interval.every, sweep.interval.period, sweep.expire_seconds) == (5, "seconds", 5)
        assert PeriodicTask.objects.get(task="slf.work.forget_once_keys").crontab.schedule == crontab(minute=17)


class TestCelerysDoor:
    @pytest.mark.parametrize("name", ["run", "sweep", "forget_once_keys"])
    def test_calls_one_service(self, name, monkeypatch):
        called = []
        monkeypatch.setattr(services, name, lambda *given: called.append(given))
        given = ["0b4a2d1e-0000-4000-8000-000000000001"] if name == "run" else []
        getattr(jobs, name)(*given)
        assert called == [tuple(given)]


class TestKindsOfWork:
    def test_have_one_function_each(self):
        def another(job):
            """Stand for a function of another module."""

        another.__module__ = "families.elsewhere"
        with pytest.raises(ValueError, match=r"Two functions are called tests\.count"):
            job("tests.count", title="Counting again")(another)

    def test_have_a_queue_that_a_worker_listens_to(self):
        with pytest.raises(ValueError, match="not a valid Queue"):
            job("tests.lost", title="Lost", queue="nowhere")(lambda job: None)

    def test_are_found_by_their_function_too(self):
        assert kind_of(kinds.count) is kind_of("tests.count")
