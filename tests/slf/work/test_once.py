"""Requests sent twice, through pages and the API, with views of the tests' own."""

from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from slf.access.acting import acting_as
from slf.work import ledger
from slf.work.models import OnceKey
from slf.work.once import OnceMixin, SentTwice, once_only, take
from tests.at_once import at_once
from tests.slf.work.conftest import as_seen_by

KEY = "0b4a2d1e-0000-4000-8000-000000000001"


class Form:
    """A page whose POST leaves one effect, unless ``note`` is empty."""

    def __init__(self, user):
        self.user, self.done = user, []

    def post(self, *, key=KEY, path="/notes/new/", headers=None, files=None, patience="5s", **fields):
        fields |= {"once": key} if key else {}
        request = RequestFactory().post(path, {**fields, **(files or {})}, headers=headers)
        request.user = self.user
        with acting_as(self.user), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = %s", [patience])
            return self.view(request)

    @property
    def view(self):
        @once_only
        def view(request):
            if not request.POST.get("note"):
                return HttpResponse("Write a note")
            self.done.append(request.POST["note"])
            if request.headers.get("HX-Request"):
                return HttpResponse(status=204, headers={"HX-Redirect": f"/notes/{len(self.done)}/"})
            return HttpResponseRedirect(f"/notes/{len(self.done)}/")

        return view


@pytest.fixture
def form(asker):
    return Form(asker)


class TestAFormSentTwice:
    def test_is_done_once_and_leads_to_the_same_place(self, form):
        first, again = form.post(note="Seen at home"), form.post(note="Seen at home")
        assert (first.status_code, first["Location"]) == (302, "/notes/1/")
        assert (again.status_code, again["Location"]) == (302, "/notes/1/")
        assert form.done == ["Seen at home"]

    def test_by_htmx_is_sent_on_by_htmx(self, form):
        form.post(note="Seen", headers={"HX-Request": "true"})
        again = form.post(note="Seen", headers={"HX-Request": "true"})
        assert (again.status_code, again["HX-Redirect"], form.done) == (204, "/notes/1/", ["Seen"])

    def test_with_a_new_token_against_forgery_is_the_same_form(self, form):
        form.post(note="Seen", csrfmiddlewaretoken="a")
        form.post(note="Seen", csrfmiddlewaretoken="b")
        assert form.done == ["Seen"]

    def test_with_other_answers_says_that_they_are_not_saved(self, form):
        form.post(note="Seen at home")
        with pytest.raises(SentTwice, match="not saved"):
            form.post(note="Seen at school")
        assert form.done == ["Seen at home"]

    def test_with_another_file_is_not_the_same_form(self, form):
        form.post(note="x", files={"file": SimpleUploadedFile("a.csv", b"one")})
        form.post(note="x", files={"file": SimpleUploadedFile("a.csv", b"one")})
        with pytest.raises(SentTwice):
            form.post(note="x", files={"file": SimpleUploadedFile("a.csv", b"two")})
        assert form.done == ["x"]

    def test_to_another_page_is_not_the_same_form(self, form):
        form.post(note="x")
        with pytest.raises(SentTwice):
            form.post(note="x", path="/notes/other/")

    def test_after_an_error_in_it_is_done(self, form):
        assert form.post(note="").content == b"Write a note"
        assert form.post(note="Seen").status_code == 302

    def test_after_a_refusal_is_done(self, form, asker):
        @once_only
        def refusing(request):
            message = "no"
            raise SentTwice(message)

        request = RequestFactory().post("/notes/new/", {"once": KEY, "note": "x"})
        request.user = asker
        with acting_as(asker), pytest.raises(SentTwice), transaction.atomic():
            refusing(request)
        assert form.post(note="x").status_code == 302

    def test_with_a_new_key_is_done_again(self, form):
        form.post(note="x")
        form.post(note="x", key=str(uuid4()))
        assert form.done == ["x", "x"]

    @pytest.mark.parametrize("key", [None, "", "not a key"])
    def test_without_a_key_is_done_each_time(self, form, key):
        form.post(note="x", key=key)
        form.post(note="x", key=key)
        assert form.done == ["x", "x"]

    def test_by_another_person_with_the_same_key_is_their_own(self, form, other):
        form.post(note="x")
        theirs = Form(other)
        theirs.post(note="x")
        assert (form.done, theirs.done) == (["x"], ["x"])

    def test_is_done_again_after_a_day(self, form, asker):
        form.post(note="x")
        grow_old(asker, by=timedelta(hours=25))
        form.post(note="x")
        assert form.done == ["x", "x"]


class TestForgettingKeys:
    def test_takes_those_of_everyone_after_a_day(self, form, asker, other):
        form.post(note="x")
        Form(other).post(note="x")
        grow_old(asker, by=timedelta(hours=25))
        assert ledger.forget_once_keys(older_than=timedelta(hours=24)) == 1
        assert as_seen_by(asker, OnceKey.objects.all()) == []
        assert len(as_seen_by(other, OnceKey.objects.all())) == 1


def grow_old(user, *, by):
    with acting_as(user), transaction.atomic():
        OnceKey.objects.filter(user=user).update(created_at=F("created_at") - by)


class Notes(OnceMixin, APIView):
    done: list = []

    def post(self, request):
        if not request.data.get("note"):
            return Response({"note": ["Write a note."]}, status=400)
        self.done.append(request.data["note"])
        number = len(self.done)
        return Response({"number": number, "on": date(2014, 10, 15)}, status=201, headers={"Location": f"/n/{number}/"})


@pytest.fixture
def send(asker):
    def send(note, *, key=KEY, path="/api/v1/notes/", how="json"):
        headers = {"Idempotency-Key": key} if key else {}
        request = APIRequestFactory().post(path, {"note": note}, format=how, headers=headers)
        force_authenticate(request, asker)
        with acting_as(asker), transaction.atomic():
            return Notes.as_view()(request)

    Notes.done.clear()
    return send


class TestAnApiRequestSentTwice:
    @pytest.mark.parametrize("how", ["json", "multipart"])
    def test_is_done_once_and_answered_the_same(self, send, how):
        first, again = send("x", how=how), send("x", how=how)
        assert (again.status_code, again["Location"]) == (201, first["Location"])
        assert again.data == {"number": 1, "on": "2014-10-15"}
        assert again["Idempotent-Replayed"] == "true"
        assert Notes.done == ["x"]

    def test_with_another_body_is_refused(self, send):
        send("x")
        assert send("y").status_code == 422
        assert Notes.done == ["x"]

    def test_to_another_address_is_refused(self, send):
        send("x")
        assert send("x", path="/api/v1/other/").status_code == 422

    def test_after_an_error_is_done(self, send):
        assert send("").status_code == 400
        assert send("x").status_code == 201

    def test_without_a_key_is_done_each_time(self, send):
        send("x", key=None)
        send("x", key=None)
        assert Notes.done == ["x", "x"]

    def test_needs_a_key_that_is_a_uuid(self, send):
        assert send("x", key="abc").status_code == 400
        assert Notes.done == []


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    """The second waits for the first to commit, and is then answered with its result."""

    @pytest.mark.parametrize("attempt", range(5))
    def test_forms_are_done_once(self, form, attempt):
        answers = at_once(*[lambda: form.post(note="x")] * 2)
        assert [a["Location"] for a in answers] == ["/notes/1/", "/notes/1/"]
        assert form.done == ["x"]

    @pytest.mark.parametrize("attempt", range(5))
    def test_api_requests_are_done_once(self, send, attempt):
        answers = at_once(*[lambda: send("x")] * 2)
        assert [a.status_code for a in answers] == [201, 201]
        assert Notes.done == ["x"]

    def test_the_second_goes_first_when_the_first_goes_wrong(self, asker):
        form, entered, go_on = Form(asker), Barrier(2), Barrier(2)

        @once_only
        def going_wrong(request):
            entered.wait()
            go_on.wait()
            raise ZeroDivisionError

        def first():
            request = RequestFactory().post("/notes/new/", {"once": KEY, "note": "x"})
            request.user = asker
            with pytest.raises(ZeroDivisionError), acting_as(asker), transaction.atomic():
                going_wrong(request)
            connection.close()

        answers = []

        def second():
            answers.append(form.post(note="x"))
            connection.close()

        threads = [Thread(target=first), Thread(target=second)]
        threads[0].start()
        entered.wait()
        threads[1].start()
        go_on.wait()
        for thread in threads:
            thread.join()
        assert [a["Location"] for a in answers] == ["/notes/1/"]

    def test_the_second_is_told_to_wait_when_the_first_takes_too_long(self, asker, form):
        with acting_as(asker), transaction.atomic():
            take(by=asker, key=UUID(KEY), door="/notes/new/", content="")
            told = self.in_another_thread(lambda: form.post(note="x", patience="100ms"))
        assert told == ["This was already sent and is still being saved. Wait a moment, then look whether it is there."]
        assert form.done == []

    def in_another_thread(self, send):
        told = []

        def second():
            try:
                send()
            except SentTwice as refusal:
                told.append(refusal.message)
            connection.close()

        thread = Thread(target=second)
        thread.start()
        thread.join()
        return told


class OneNote(OnceMixin, APIView):
    """An address of a row, which its reader may lose."""

    open_to_me = True

    def get(self, request, number):
        if not type(self).open_to_me:
            raise Http404
        return Response({})

    def post(self, request, number):
        return Response({"secret": number}, status=201)


class OnlyActs(OnceMixin, APIView):
    def post(self, request, number):
        return Response({"secret": number}, status=201)


class TestAnAnswerAboutARow:
    def send(self, view, asker):
        request = APIRequestFactory().post("/api/v1/notes/7/", {}, format="json", headers={"Idempotency-Key": KEY})
        force_authenticate(request, asker)
        with acting_as(asker), transaction.atomic():
            return view.as_view()(request, number=7)

    def test_is_given_again_to_those_who_may_read_it(self, asker):
        assert [self.send(OneNote, asker).data for _ in range(2)] == [{"secret": 7}] * 2

    def test_is_refused_to_those_who_may_not_any_more(self, asker, monkeypatch):
        self.send(OneNote, asker)
        monkeypatch.setattr(OneNote, "open_to_me", False)
        assert self.send(OneNote, asker).status_code == 404

    def test_says_only_that_it_was_done_where_nothing_is_read(self, asker):
        self.send(OnlyActs, asker)
        again = self.send(OnlyActs, asker)
        assert (again.status_code, again.data, again["Idempotent-Replayed"]) == (201, None, "true")
