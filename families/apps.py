from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "families"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from families.contesting.marks import contested_of_people
        from families.search.services import ask_what_is_contested
        from families.shown.rules import TELL_WITHIN
        from slf.access.rules import Can, Role
        from slf.policy.registry import register
        from slf.web import navigation

        ask_what_is_contested(contested_of_people)
        register(TELL_WITHIN)
        navigation.add("Files from agencies", "families:feed_files", needs=Can.LOAD_FEED, order=65)
        navigation.add_footer("What may be used and shared", "families:register", order=35)
        navigation.add_footer("Emergency access", "access:emergency", needs=Can.BREAK_GLASS, order=40)
        navigation.add_footer("Emergency access to review", "access:emergencies", needs=Can.REVIEW_ACCESS, order=45)
        navigation.add_footer("Shown all the same, to review", "families:overrides", needs=Can.REVIEW_ACCESS, order=48)
        navigation.add_footer("Contested, waiting", "families:contests_waiting", needs=Can.DECIDE_SHARING, order=49)
        tellers = (Role.FSW, Role.SENIOR, Role.MANAGER)
        navigation.add_footer("Partners to tell", "families:partners_to_tell", needs=tellers, order=50)
        navigation.add_footer("Known twice", "families:twice", needs=Can.REVIEW_FAMILY, order=47)
        navigation.add_footer("Restricted families", "access:restricted", needs=Can.RESTRICT_FAMILY, order=46)
