"""The pages of an assessment: what a worker, a colleague at the same page, and a senior meet."""

import re

import pytest
from django.urls import reverse

from casework.assessments.models import Assessment, AssessmentAnswer
from casework.assessments.rules import Answer, State
from slf.access.services import hold_family
from slf.drafts.models import Draft
from tests.casework.assessments.factories import complete, finished, said, signed, started, whole
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def client(worker, signed_in):
    return signed_in(worker)


@pytest.fixture
def colleague(post, charnwood, family, everything):
    from slf.access.rules import Role

    found = post(Role.FSW, charnwood, "fsw2.charnwood")
    hold_family(family, user=found, kind="cover", by=everything)
    return found


@pytest.fixture
def it(family, worker):
    return started(family, worker)


def unescaped(text):
    return text.replace("&quot;", '"').replace("&amp;", "&")


def content(answer) -> str:
    return answer.content.decode()


def hidden(answer) -> dict[str, str]:
    """Return what a page carries unseen in its longest form."""
    form = max(re.findall(r"<form.*?</form>", content(answer), re.DOTALL), key=len)
    return {name: unescaped(value) for name, value in HIDDEN.findall(form) if name != "csrfmiddlewaretoken"}


def opened(client, it, key="home:"):
    """Open a page to write on; return its address and what it carries."""
    url = client.post(reverse("casework:write_assessment", args=[it.uid]), {"page": key}).url
    return url, hidden(client.get(url))


def write(client, it, key="home:", **answers):
    url, carried = opened(client, it, key)
    return client.post(url, carried | {f"a-{code}": value for code, value in answers.items()})


def values(it):
    rows = AssessmentAnswer.objects.filter(assessment=it).exclude(value="").select_related("question")
    return {row.question.code: row.value for row in rows}


class TestWriting:
    def test_starts_with_one_press_and_again_opens_the_same(self, client, family):
        first, second = (client.post(reverse("casework:start_assessment", args=[family.uid])).url for _ in range(2))
        assert first == second == Assessment.objects.get().get_absolute_url()

    def test_saves_a_page_and_opens_the_next(self, client, it):
        answer = write(client, it, "strengths:", good="We cook.")
        assert values(it) == {"good": "We cook."}
        assert "Home and money" in content(client.get(answer.url))

    def test_asks_more_because_of_an_answer_before_it_goes_on(self, client, it):
        url, carried = opened(client, it)
        answer = client.post(url, carried | {"a-settled": "no", "a-enough": "yes"})
        assert "What is wrong with it?" in content(answer)
        assert "hardest to pay" not in content(answer)
        assert client.post(url, hidden(answer) | {"a-settled": "no", "a-home_wrong": "Damp."}).status_code == 302
        assert values(it) == {"settled": "no", "home_wrong": "Damp."}

    def test_forgets_what_is_not_asked_any_more(self, client, it, worker):
        said(it, "home", worker, settled="no", home_wrong="Damp.")
        write(client, it, settled="yes", home_wrong="Damp.")
        assert values(it) == {"settled": "yes"}

    def test_says_of_what_may_be_left_out_that_it_is_optional_and_of_nothing_else(self, client, it):
        url, _ = opened(client, it, "strengths:")
        page = " ".join(content(client.get(url)).split())
        assert "What goes well in your family? (optional)" not in page
        assert "What are you proud of? (optional)" in page

    def test_carries_on_where_it_was_left(self, client, it):
        url, carried = opened(client, it)
        client.put(
            url.replace("/casework/assessment-drafts/", "/drafts/"), content_type="application/json",
            data={"base": 0, "writer": carried["draft-writer"], "seq": 1, "content": carried | {"a-settled": ["no"]}},
        )  # fmt: skip
        assert "Not saved yet" in content(client.get(it.get_absolute_url()))
        again_opened = content(client.get(opened(client, it)[0]))
        assert re.search(r'value="no"[^>]*checked', again_opened)

    def test_sent_twice_is_saved_once(self, client, it):
        url, carried = opened(client, it)
        body = carried | {"a-settled": "yes"}
        assert [client.post(url, body).status_code for _ in range(2)] == [302, 302]
        assert whole(it).revision == 2

    def test_shows_what_the_record_knows_instead_of_asking(self, client, it, family):
        from families.needs.models import Need

        Need.objects.create(family=family, kind="housing", started_on=family.known_since, source="Referral")
        assert "On the record since" in content(client.get(opened(client, it, "issues:")[0]))

    def test_keeps_what_was_typed_when_it_is_refused(self, client, it, worker):
        url, carried = opened(client, it)
        answer = client.post(url, carried | {"a-settled": "yes", "told-settled": "other"})
        assert answer.status_code == 400
        assert "Say whose information it is" in content(answer)
        with in_the_name_of(worker):
            assert Draft.objects.get(sent_at=None).content["told-settled"] == ["other"]

    def test_is_nobody_elses_to_open(self, client, it, colleague, signed_in):
        url, _ = opened(client, it)
        assert signed_in(colleague).get(url).status_code == 404


class TestTwoPeopleAtOnePage:
    @pytest.fixture
    def both(self, client, it, colleague, signed_in):
        """Two pages opened before either was sent; the colleague's is saved first."""
        mine, theirs = opened(client, it, "strengths:"), opened(signed_in(colleague), it, "strengths:")
        signed_in(colleague).post(theirs[0], theirs[1] | {"a-good": "They sing.", "a-helps": "The church."})
        return mine

    def test_choose_only_what_both_changed(self, client, it, both):
        url, carried = both
        asked = client.post(url, carried | {"a-good": "They cook.", "a-proud": "The garden."})
        assert asked.status_code == 409
        assert "They sing." in content(asked)
        assert "The church." not in content(asked)
        assert values(it) == {"good": "They sing.", "helps": "The church."}

    @pytest.mark.parametrize(("choice", "good"), [("mine", "They cook."), ("theirs", "They sing.")])
    def test_and_what_was_chosen_stands(self, client, it, both, choice, good):
        url, carried = both
        asked = client.post(url, carried | {"a-good": "They cook.", "a-proud": "The garden."})
        assert client.post(url, hidden(asked) | {"keep-good": choice}).status_code == 302
        assert values(it) == {"good": good, "helps": "The church.", "proud": "The garden."}

    def test_are_not_asked_when_they_changed_different_answers(self, client, it, both):
        url, carried = both
        assert client.post(url, carried | {"a-proud": "The garden."}).status_code == 302
        assert values(it) == {"good": "They sing.", "helps": "The church.", "proud": "The garden."}


class TestFinishing:
    def test_names_what_is_missing_with_the_way_there(self, client, it):
        answer = client.post(reverse("casework:finish_assessment", args=[it.uid]))
        assert answer.status_code == 422
        assert f"{it.get_absolute_url()}#part-strengths" in content(answer)

    def test_and_signing_off(self, client, it, worker, senior, signed_in):
        complete(it, worker)
        client.post(reverse("casework:finish_assessment", args=[it.uid]))
        page = signed_in(senior).get(it.get_absolute_url())
        assert "Sign it off" in content(page)
        signed_in(senior).post(reverse("casework:sign_assessment", args=[it.uid]))
        assert Assessment.objects.get().state == State.SIGNED

    def test_sent_back_it_says_why(self, client, it, worker, senior, signed_in, family):
        finished(family, worker)
        url = reverse("casework:send_back_assessment", args=[it.uid])
        assert signed_in(senior).post(url, {"because": ""}).status_code == 400
        signed_in(senior).post(url, {"because": "Talk with the children alone."})
        assert "Talk with the children alone." in content(client.get(it.get_absolute_url()))


class TestAReview:
    def test_shows_then_and_now_and_names_what_changed(self, client, family, worker, senior):
        signed(family, worker, senior)
        it = started(family, worker)
        said(it, "strengths", worker, good="We cook again.")
        page = content(client.get(it.get_absolute_url()))
        assert "We laugh a lot." in page
        assert "We cook again." in page
        assert "What goes well: What goes well in your family?" in page


class TestThePrint:
    @pytest.fixture
    def printed(self, monkeypatch):
        """Return what goes onto paper."""
        from casework.assessments import views

        found = []
        monkeypatch.setattr(
            views, "pdf_response", lambda name, template, data: found.append(data) or views.HttpResponse()
        )
        return found

    def test_for_somebody_leaves_out_what_must_not_be_disclosed_to_them(
        self, client, it, family, worker, senior, mum, dad, child, printed
    ):
        kept = frozenset({str(dad.uid)})
        said(it, "together", worker, together=Answer("He shouts.", "reported", str(mum.uid), "", kept))
        said(it, "member", worker, person=mum, wants="To leave.")
        said(it, "member", worker, person=child, child_said="I like maths.")
        signed(family, worker, senior)
        for reader in (dad, mum, child):
            client.get(reverse("casework:print_assessment", args=[it.uid]), {"for": str(reader.uid)})
        for_dad, for_mum, for_child = map(str, printed)
        assert "He shouts." not in for_dad
        assert "To leave." not in for_dad
        assert "I like maths." in for_dad
        assert "He shouts." in for_mum
        assert "To leave." in for_mum
        assert "To leave." not in for_child
        assert str(mum) not in for_dad.replace("To leave.", "")

    def test_of_a_review_and_of_the_one_before_leaves_out_what_is_known_only_now_not_to_be_disclosed(
        self, client, it, family, worker, senior, mum, dad, printed
    ):
        said(it, "together", worker, together="He shouts.")
        before = signed(family, worker, senior)
        said(started(family, worker), "together", worker, together=Answer("He shouts.", kept_from={str(dad.uid)}))
        review = signed(family, worker, senior)
        for one in (review, before):
            for reader in (dad, mum):
                client.get(reverse("casework:print_assessment", args=[one.uid]), {"for": str(reader.uid)})
        assert ["He shouts." in str(data) for data in printed] == [False, True, False, True]

    def test_for_nobody_in_particular_never_stands_in_for_somebody(self, client, it, worker, mum, printed):
        complete(it, worker)
        address = reverse("casework:print_assessment", args=[it.uid])
        assert client.get(address, {"for": str(mum.uid)}).status_code == 404
        assert client.get(address).status_code == 200
