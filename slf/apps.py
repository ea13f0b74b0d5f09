from django.apps import AppConfig


class SlfConfig(AppConfig):
    name = "slf"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from slf.access import checks  # noqa: F401  (registers the system checks)
        from slf.access.rules import STAFF, Can
        from slf.accounts import checks as accounts_checks  # noqa: F401
        from slf.files import checks as files_checks  # noqa: F401
        from slf.files import rules as files
        from slf.policy.registry import register
        from slf.web import navigation

        register(*files.SETTINGS)
        navigation.add("People and posts", "account_people", needs=Can.MANAGE_POSTS, order=90)
        navigation.add_footer("Your account", "account_me", order=10)
        navigation.add_footer("Who may do what", "account_roles", order=20)
        navigation.add_footer("Settings", "policy:settings", needs=STAFF, order=36)
        navigation.add_footer("Files and the virus scanner", "files:files", needs=Can.MANAGE_POSTS, order=38)
