from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from families.shown.sources import add_source
        from referrals.allocation import rules as allocation
        from referrals.allocation.services import end_allocations
        from referrals.directory import rules as directory
        from referrals.intake.rules import settings as intake
        from referrals.triage.rules import REASONS
        from referrals.triage.shown import shown_to_referrers
        from slf.access.rules import Can, Role
        from slf.access.services import ends_with_a_post
        from slf.policy.registry import register
        from slf.web import navigation

        ends_with_a_post(end_allocations)
        add_source(shown_to_referrers)
        register(*intake.ALL, REASONS, *allocation.SETTINGS, *directory.SETTINGS)
        navigation.add("Referrals to decide", "referrals:queue", needs=Can.TRIAGE, order=25)
        navigation.add("My referrals", "referrals:mine", needs=Can.REFER, order=30)
        navigation.add("Services", "referrals:services", needs=Can.KEEP_LISTS, order=95)
        navigation.add_footer("Services to signpost to", "referrals:services", needs=(Can.TRIAGE, Can.REFER), order=40)
        navigation.add_footer("My working days", "referrals:my_days", needs=Role.FSW)
        navigation.add_footer(
            "Referrals that may be about your families", "referrals:questions", needs=Can.RESTRICT_FAMILY
        )
