from families.facts.words import value_in_words


class TestAValueInWords:
    def test_names_what_its_kind_needs_first_and_leaves_out_what_is_empty(self):
        kept = {"school": "Rawlins", "possible": 1400, "term": "2013-14 autumn", "attended": 90, "unauthorised": 30}
        assert value_in_words("attendance_term", kept | {"reference": ""}) == [
            ("Term", "2013-14 autumn"), ("Possible sessions", "1,400"), ("Attended sessions", "90"),
            ("Missed without leave", "30"), ("School", "Rawlins"),
        ]  # fmt: skip

    def test_says_yes_or_no(self):
        assert value_in_words("work_programme", {"volunteered": True}) == [("Volunteered", "yes")]
