from django.apps import AppConfig

PAGES_OF_FAMILIES = ("/families/", "/casework/", "/access/")
"""Wherever a page of one family stands, the menu says "Families"."""
TEAM_PAGES = ("/casework/team/", "/casework/drift/", "/casework/supervision/")


class CaseworkConfig(AppConfig):
    name = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.assessments import rules as assessments
        from casework.at_hand import rules as at_hand
        from casework.budget import rules as budget
        from casework.chronology.more import tell_also
        from casework.closing import rules as closing
        from casework.copies.models import ChronologyCopy
        from casework.copies.shown import copies_given, copies_told
        from casework.diary import rules as diary
        from casework.documents import rules as documents
        from casework.documents.models import Document
        from casework.drift import rules as drift
        from casework.equivalents import rules as equivalents
        from casework.equivalents.models import EquivalentProgress
        from casework.equivalents.told import decisions_told
        from casework.interventions.on_visit import ON_A_VISIT
        from casework.lone_working import rules as lone_working
        from casework.meetings.copies import shown_around
        from casework.own_page import rules as own_page
        from casework.plan_reviews import rules as plan_reviews
        from casework.provenance.entries import may_be_marked
        from casework.provenance.rules import About
        from casework.provider import rules as provider
        from casework.provider.models import Provision
        from casework.provider.told import with_the_provider
        from casework.requests import rules as requests
        from casework.safeguarding import rules as safeguarding
        from casework.safeguarding.models import ConcernEntry
        from casework.stars.models import Reading
        from casework.supervision import rules as supervision
        from casework.supervision.models import Decision
        from casework.taking_back import rules as taking_back
        from casework.transfers.shown import shown_to_localities
        from casework.visits.beside import add_part
        from casework.visits.contested import notes_of
        from casework.visits.models import Visit
        from casework.visits.rules import SETTINGS
        from casework.visits.whose import WHOSE
        from families.contesting.items import add_items
        from families.needs.models import Need
        from families.shown.sources import add_source
        from slf.access.rules import STAFF, Can, Role
        from slf.policy.registry import register
        from slf.web import navigation

        may_be_marked(About.VISIT, Visit)
        may_be_marked(About.NEED, Need)
        may_be_marked(About.READING, Reading)
        may_be_marked(About.DOCUMENT, Document)
        may_be_marked(About.CONCERN, ConcernEntry, family="concern__family")
        may_be_marked(About.DECISION, Decision)
        add_source(shown_to_localities)
        add_source(shown_around)
        add_source(copies_given, inside=True)
        tell_also("has_copies", ChronologyCopy, copies_told)
        tell_also("has_provision", Provision, with_the_provider)
        tell_also("has_equivalents", EquivalentProgress, decisions_told)
        add_items(notes_of)
        add_part(ON_A_VISIT)
        add_part(WHOSE)
        areas = (
            budget,
            diary,
            lone_working,
            closing,
            taking_back,
            drift,
            supervision,
            own_page,
            plan_reviews,
            safeguarding,
            assessments,
            at_hand,
            documents,
            requests,
            provider,
            equivalents,
        )
        register(*SETTINGS, *(setting for area in areas for setting in area.SETTINGS))
        whoever_sees_families = (Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.BUSINESS, Role.DATA)
        navigation.add("My families", "casework:my_families", needs=Can.WORK_FAMILY, order=10, over=())
        alone = ("/casework/lone-working/",)
        navigation.add("Lone working", "casework:lone_working", needs=Can.ADD_CONTACT, order=40, over=alone)
        navigation.add("Families", "families:list", needs=whoever_sees_families, order=20, over=PAGES_OF_FAMILIES)
        navigation.add("With us", "casework:provider", needs=Role.ESF, order=15)
        navigation.add("Supervision", "casework:supervisions", needs=Role.FSW, order=30)
        navigation.add("Team", "casework:team", needs=Can.REVIEW_FAMILY, order=25, over=TEAM_PAGES)
        navigation.add("Bring families over", "casework:imports", needs=Can.LOAD_FEED, order=66)
        navigation.add_footer("Stars", "casework:star_tools", needs=STAFF, order=37)
        navigation.add_urgent("Safeguarding concern", "casework:concern_start")
        navigation.add_search("Find a family", "families:list", needs=whoever_sees_families)
