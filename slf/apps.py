from django.apps import AppConfig


class SlfConfig(AppConfig):
    name = "slf"
    default_auto_field = "django.db.models.BigAutoField"
