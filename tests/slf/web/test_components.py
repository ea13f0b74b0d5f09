"""The parts of pages: what each says to the eye, to a screen reader and on a phone."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator

from slf.web.cards import FamilyCard, Flag, Member
from slf.web.tables import Column
from slf.web.tones import STATES, TONES, UnknownTone, colour_of

DAY = date(2014, 10, 5)


class TestATag:
    def test_has_the_colour_of_its_tone(self, draw):
        assert draw("{% tag 'Overdue' tone='late' %}").one("strong")["class"] == "govuk-tag govuk-tag--red"

    def test_has_the_colour_of_a_state(self, draw):
        assert "govuk-tag--green" in draw("{% tag 'Accepted' state='ACCEPTED' %}").one("strong")["class"]

    def test_is_grey_for_a_state_nobody_gave_a_meaning(self):
        assert colour_of(state="pondering") == "grey"

    def test_refuses_a_tone_that_is_not_in_the_table(self):
        with pytest.raises(UnknownTone, match="neutral"):
            colour_of(tone="lilac")

    def test_has_a_tone_for_every_state(self):
        assert set(STATES.values()) <= set(TONES)

    def test_escapes_its_word(self, draw):
        assert draw("{% tag word %}", word="<b>x</b>").one("strong").text == "<b>x</b>"


class TestADay:
    def test_is_written_as_people_say_it_and_as_machines_read_it(self, draw):
        page = draw("{% day on %}", on=DAY)
        assert (page.text, page.one("time")["datetime"]) == ("5 October 2014", "2014-10-05")

    def test_has_its_time_in_england(self, draw):
        assert draw("{% day at %}", at=datetime(2014, 10, 5, 13, 32, tzinfo=UTC)).text == "5 October 2014, 14:32"

    def test_says_when_there_is_none(self, draw):
        assert draw("{% day on %}", on=None).text == "Not yet"

    @pytest.mark.parametrize(
        ("days", "words"),
        [(0, "today"), (1, "yesterday"), (24, "24 days ago"), (1200, "1,200 days ago"), (None, "never")],
    )
    def test_counts_back_in_words(self, draw, days, words):
        assert draw("{% days_ago days %}", days=days).text == words


class TestASummaryRow:
    def test_names_what_its_link_changes(self, draw):
        page = draw(
            "{% summary_list %}{% summary_row 'School' name href='/x/' %}{% endsummary_list %}", name="Lime<hurst"
        )
        assert page.one("dt").text == "School"
        assert page.one("dd", cls="govuk-summary-list__value").text == "Lime<hurst"
        assert page.one("a").text == "Change School"

    @pytest.mark.parametrize("nothing", [None, ""])
    def test_says_that_nothing_was_given(self, draw, nothing):
        assert draw("{% summary_row 'School' name %}", name=nothing).one("dd").text == "Not given"

    @pytest.mark.parametrize("value", [0, ["a"]])
    def test_shows_nought_and_lists(self, draw, value):
        assert draw("{% summary_row 'Visits' value %}", value=value).one("dd").text == str(value)


class TestATable:
    LINES = """{% data_table caption="Families" columns="Family|Days" numeric="Days" %}
        <tr>{% th %}Walker{% endth %}{% td "Days" numeric=True %}3{% endtd %}</tr>
      {% enddata_table %}"""

    def test_has_a_caption_heads_and_a_head_for_each_row(self, draw):
        page = draw(self.LINES)
        assert page.one("caption").text == "Families"
        assert [(th["scope"], th.text) for th in page.all("th")] == [
            ("col", "Family"),
            ("col", "Days"),
            ("row", "Walker"),
        ]

    def test_says_the_column_beside_each_cell_on_a_phone(self, draw):
        assert draw(self.LINES).one("td")["data-label"] == "Days"

    def test_sets_figures_to_the_right(self, draw):
        page = draw(self.LINES)
        assert (
            len(page.all("th", cls="govuk-table__header--numeric"))
            == len(page.all("td", cls="govuk-table__cell--numeric"))
            == 1
        )

    def test_says_how_it_is_sorted(self, draw):
        columns = [Column("Family", href="?order=-name", sorted="ascending"), Column("Open", hidden=True)]
        page = draw("{% data_table caption='x' columns=columns %}{% enddata_table %}", columns=columns)
        heads = page.all("th")
        assert heads[0]["aria-sort"] == "ascending"
        assert heads[0].one("a")["href"] == "?order=-name"
        assert heads[1].one("span")["class"] == "govuk-visually-hidden"


class TestPages:
    def draw_page(self, draw, number, rows=480):
        return draw(
            "{% pagination page %}", page=Paginator(range(rows), 50).page(number), asked={"worker": "5", "page": "2"}
        )

    def test_offer_the_first_the_last_and_those_beside(self, draw):
        page = self.draw_page(draw, 4)
        assert [li.text for li in page.all("li")] == ["1", "⋯", "3", "4", "5", "⋯", "10"]
        assert page.one("a", aria_current="page").text == "4"

    def test_keep_the_filters(self, draw):
        assert self.draw_page(draw, 1).one("a", rel="next")["href"] == "?worker=5&page=2"

    def test_go_no_further_than_there_is(self, draw):
        assert self.draw_page(draw, 1).all("a", rel="prev") == []
        assert self.draw_page(draw, 10).all("a", rel="next") == []

    def test_are_not_shown_for_one(self, draw):
        assert self.draw_page(draw, 1, rows=12).text == ""


class TestAFigure:
    def test_opens_the_list_behind_it(self, draw):
        link = draw("{% stat 'Visits overdue' value=2 href='/visits/' %}").one("a")
        assert (link["href"], link.text) == ("/visits/", "2 Visits overdue")

    def test_is_no_link_where_there_is_no_list(self, draw):
        page = draw("{% stat 'Families in the county' value=3302 %}")
        assert page.all("a") == []
        assert page.text == "3302 Families in the county"


class TestProgress:
    def test_is_said_as_well_as_drawn(self, draw):
        page = draw("{% progress_bar 'Reading' done=1240 total=3302 %}")
        bar = page.one("progress")
        assert (bar["value"], bar["max"]) == ("1240", "3302")
        assert page.one("label")["for"] == bar["id"]
        assert "1,240 of 3,302" in page.text

    def test_claims_no_share_of_an_unknown_whole(self, draw):
        assert draw("{% progress_bar 'Reading' done=12 %}").one("progress").get("value") is None


class TestTheFamilyCard:
    def card(self, draw, **more):
        return draw("{% family_card family %}", family=FamilyCard("Walker family", **more))

    def test_says_when_each_child_was_seen(self, draw):
        household = [
            Member("Dawn", 34),
            Member("Kelly", 14, is_child=True, days_since_seen=3),
            Member("Jake", 11, is_child=True, days_since_seen=24, is_overdue=True),
            Member("Ruby", 0, is_child=True),
        ]
        members = [li.text for li in self.card(draw, household=household).one("ul", aria_label="Household").all("li")]
        assert members == [
            "Dawn, 34",
            "Kelly, 14 seen 3 days ago",
            "Jake, 11 seen 24 days ago, overdue",
            "Ruby, 0 not seen yet",
        ]

    def test_says_what_is_missing(self, draw):
        text = self.card(draw).text
        for words in ("No worker yet", "Since last contact None yet", "None agreed", "No reading yet"):
            assert words in text

    def test_shows_the_next_step_the_star_and_the_flags(self, draw):
        page = self.card(
            draw,
            next_step="Home visit",
            next_step_on=DAY,
            next_step_overdue=True,
            star=(3.2, 4, 5.8),
            flags=[Flag("Visit in pairs", tone="late")],
            days_since_contact=1,
            contact_overdue=True,
        )
        assert "Home visit, 5 October 2014 , overdue" in page.text
        assert "3.2 to 5.8 of 10" in page.text
        assert "1 day, overdue" in page.text
        assert page.one("svg").one("title").text == "Star readings: 3.2, 4.0, 5.8"
        assert page.one("strong").text == "Visit in pairs"

    def test_of_one_reading_shows_no_trend_in_words(self):
        assert FamilyCard("x", star=(4.25,)).star_words == "4.2 of 10"

    def test_shows_no_figures_to_those_who_may_see_only_the_card(self, draw):
        page = self.card(draw, note="Open the record with a reason.", days_since_contact=3)
        assert "Open the record with a reason." in page.text
        assert "contact" not in page.text

    def test_says_whose_the_button_is(self, draw):
        assert (
            self.card(draw, action_text="Record a visit", action_href="/v/").one("a").text
            == "Record a visit for Walker family"
        )

    def test_takes_a_plain_mapping(self, draw):
        assert "Reid" in draw("{% family_card family %}", family={"name": "Reid"}).text

    def test_escapes_names(self, draw):
        page = self.card(draw, household=[Member("<i>Dawn</i>")])
        assert page.all("i") == []


class TestMessages:
    @pytest.mark.parametrize(("tone", "kind"), [("success", "success"), ("error", "error"), ("debug", "information")])
    def test_look_like_what_they_are(self, draw, tone, kind):
        alert = draw("{% alert text tone=tone %}", text="<b>Saved.</b>", tone=tone).one(role="region")
        assert f"moj-alert--{kind}" in alert["class"]
        assert "<b>Saved.</b>" in alert.text


class TestSmallParts:
    def test_a_button_may_be_pressed_once(self, draw):
        assert draw("{% button 'Save' %}").one("button")["data-prevent-double-click"] == "true"

    def test_a_lone_button_has_a_once_only_key(self, draw):
        keys = {draw("{% once %}").one("input")["value"] for _ in range(2)}
        assert len(keys) == 2

    def test_a_task_ties_its_status_to_its_link(self, draw):
        page = draw("{% task 'Consent' status='Started' tone='waiting' href='/c/' hint='Two of three' %}")
        described = page.one("a")["aria-describedby"].split()
        assert [page.one(id=name).text for name in described] == ["Two of three", "Started"]

    def test_an_empty_list_says_what_to_do(self, draw):
        page = draw("{% empty_state 'No visits yet' href='/v/' action='Record a visit' %}")
        assert page.one("a")["href"] == "/v/"

    def test_a_page_of_many_is_marked_where_one_is(self, draw):
        page = draw("{% sub_navigation 'Walker' 'At a glance' '/families/' 'Visits' '/visits/' %}")
        assert page.one("a", aria_current="page").text == "At a glance"

    def test_breadcrumbs_go_in_pairs(self, draw):
        with pytest.raises(ValueError, match="zip"):
            draw("{% breadcrumbs 'Families' '/f/' 'Walker' %}")

    def test_an_event_has_its_day_and_its_author(self, draw):
        page = draw(
            "{% timeline %}{% event title='Visit' on=on by='Priya' %}<p>Calm.</p>{% endevent %}{% endtimeline %}",
            on=DAY,
        )
        assert page.one("h3").text == "Visit"
        assert "by Priya" in page.text
        assert page.one("p", cls="moj-timeline__date").text == "5 October 2014"

    def test_a_filter_can_be_taken_off(self, draw):
        page = draw("{% filter_panel chosen=chosen clear='?' %}x{% endfilter_panel %}", chosen=[("Melton", "?w=1")])
        assert page.one("a", href="?w=1").text == "Remove this filter: Melton"
        assert page.one("form")["method"] == "get"
