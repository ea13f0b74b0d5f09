from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from families.shown.sources import add_door
        from performance.audit.settings import SETTINGS as OF_AUDIT
        from performance.claims.going_out import DOORS
        from performance.claims.settings import SETTINGS as OF_CLAIMS
        from performance.digest.rules import SETTINGS
        from performance.identification.settings import SETTINGS as OF_IDENTIFICATION
        from performance.reports.going_out import DOORS as GOING_OUT
        from performance.reports.settings import SETTINGS as OF_REPORTS
        from slf.access.rules import Can
        from slf.policy.registry import register
        from slf.web import navigation

        register(*SETTINGS, *OF_CLAIMS, *OF_AUDIT, *OF_IDENTIFICATION)
        register(*OF_REPORTS)
        for door in (*DOORS, *GOING_OUT):
            add_door(door)
        navigation.add("My day", "home", order=0)
        navigation.add("Dashboard", "performance:dashboard", needs=Can.VIEW_DASHBOARD, order=60)
        claims = (Can.PREPARE_CLAIM, Can.REVIEW_CLAIM, Can.AUDIT_CLAIM, Can.SIGN_CLAIM, Can.CERTIFY_CLAIM)
        navigation.add("Claims", "performance:claim_runs", needs=claims, order=70)
        navigation.add("Reports", "performance:reports", needs=(*claims, Can.VIEW_DASHBOARD), order=80)
