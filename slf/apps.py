from django.apps import AppConfig


class SlfConfig(AppConfig):
    name = "slf"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from slf.access import checks  # noqa: F401  (registers the system checks)
