"""Load what the service needs before anybody signs in. Safe to run again: after every migration."""

from importlib import import_module

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.module_loading import module_has_submodule

from slf.access.reference import load


class Command(BaseCommand):
    help = "Load localities, the role table, postcodes, star tools, schemes: everything that is no row of a family."

    def handle(self, *args, **options) -> None:
        with transaction.atomic(using="owner"):
            load(using="owner")
            for config in apps.get_app_configs():
                if module_has_submodule(config.module, "reference"):
                    import_module(f"{config.name}.reference").load(using="owner")
