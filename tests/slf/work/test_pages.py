import pytest
from django.db.models.functions import Now

from slf.access.acting import acting_as
from slf.work import ledger, rules
from slf.work.models import Job
from slf.work.services import promise, run


@pytest.fixture
def job(asker):
    with acting_as(asker):
        return promise("tests.count", by=asker, chunks=4)


@pytest.fixture
def page(signed_in, asker, job):
    def get(user=asker, **how):
        return signed_in(user).get(f"/jobs/{job.uid}/", **how)

    return get


def text(response):
    return response.content.decode()


class TestThePageOfAJob:
    def test_says_that_it_waits(self, page):
        assert "Waiting to start" in text(page())

    def test_shows_how_far_it_is_in_words_and_as_a_bar(self, page, job, asker):
        ledger.claim(job.uid)
        with acting_as(asker):
            Job.objects.update(done=1, total=4, sentence="Chunk 1 of 4")
        html = text(page())
        assert "<progress" in html
        assert 'value="1"' in html
        assert 'max="4"' in html
        assert "Chunk 1 of 4" in html

    def test_asks_again_every_two_seconds(self, page, job):
        html = text(page())
        assert 'hx-trigger="every 2s"' in html
        assert f'hx-get="/jobs/{job.uid}/"' in html

    def test_has_a_link_to_whatever_page_it_is_shown_on_for_those_without_javascript(self, page):
        assert '<a class="govuk-link" href="">Refresh</a>' in text(page())

    def test_answers_the_question_with_the_part_that_changes(self, page):
        html = text(page(headers={"HX-Request": "true"}))
        assert html.strip().startswith('<div id="job"')
        assert "<html" not in html

    def test_is_loaded_whole_once_the_work_is_over(self, page, job):
        run(job.uid)
        assert page(headers={"HX-Request": "true"})["HX-Refresh"] == "true"

    def test_ends_with_the_way_to_the_result_and_asks_no_more(self, page, job):
        run(job.uid)
        html = text(page())
        assert 'href="/counted/"' in html
        assert "Chunk 4 of 4" in html
        assert "hx-get" not in html

    def test_says_why_it_was_refused(self, signed_in, asker):
        with acting_as(asker):
            refused = promise("tests.refuse", by=asker)
        run(refused.uid)
        assert "The file has no column called UPN." in text(signed_in(asker).get(f"/jobs/{refused.uid}/"))

    def test_takes_few_queries(self, signed_in, asker, job, django_assert_max_num_queries):
        client = signed_in(asker)
        with django_assert_max_num_queries(12):
            client.get(f"/jobs/{job.uid}/")


@pytest.fixture
def given_up(job, asker):
    with acting_as(asker):
        Job.objects.update(state="failed", error=rules.GAVE_UP, errors=rules.ERRORS_ALLOWED, finished_at=Now())
    return job


class TestAJobThatGaveUp:
    def test_can_be_tried_again(self, signed_in, asker, given_up):
        client = signed_in(asker)
        assert "Try again" in text(client.get(f"/jobs/{given_up.uid}/"))
        answer = client.post(f"/jobs/{given_up.uid}/again/", follow=True)
        assert "Waiting to start" in text(answer)
        assert run(given_up.uid).state == "done"

    def test_can_be_tried_again_by_the_api(self, api, asker, given_up):
        answer = api(asker).post(f"/api/v1/jobs/{given_up.uid}/again/")
        assert (answer.status_code, answer.json()["state"]) == (202, "waiting")

    def test_is_not_offered_for_one_that_was_refused(self, signed_in, asker):
        with acting_as(asker):
            refused = promise("tests.refuse", by=asker)
        run(refused.uid)
        client = signed_in(asker)
        assert "Try again" not in text(client.get(f"/jobs/{refused.uid}/"))
        assert client.post(f"/jobs/{refused.uid}/again/").status_code == 409

    def test_of_somebody_else_is_not_there(self, signed_in, other, given_up):
        assert signed_in(other).post(f"/jobs/{given_up.uid}/again/").status_code == 404


class TestSomebodyElsesJob:
    def test_is_not_there(self, page, other):
        assert page(other).status_code == 404

    def test_is_not_there_for_the_api_either(self, api, job, other):
        assert api(other).get(f"/api/v1/jobs/{job.uid}/").status_code == 404

    def test_looks_like_one_that_never_was(self, api, job, other):
        never = api(other).get("/api/v1/jobs/0b4a2d1e-0000-4000-8000-000000000001/")
        assert api(other).get(f"/api/v1/jobs/{job.uid}/").content == never.content

    def test_needs_somebody_who_is_signed_in(self, client, job):
        assert client.get(f"/jobs/{job.uid}/").status_code == 302
        assert client.get(f"/api/v1/jobs/{job.uid}/").status_code in {401, 403}


class TestTheApiOfAJob:
    def test_tells_its_state_and_result(self, api, asker, job):
        run(job.uid)
        answer = api(asker).get(f"/api/v1/jobs/{job.uid}/").json()
        assert answer["uid"] == str(job.uid)
        assert (answer["state"], answer["state_name"], answer["title"]) == ("done", "Finished", "Counting chunks")
        assert (answer["result"], answer["result_url"]) == ({"chunks": 4}, "/counted/")

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_only_tells(self, api, asker, job, method):
        assert getattr(api(asker), method)(f"/api/v1/jobs/{job.uid}/").status_code == 405
