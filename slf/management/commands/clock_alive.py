"""Health check of beat: has it sent anything lately?"""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Max
from django.utils import timezone
from django_celery_beat.models import PeriodicTask


class Command(BaseCommand):
    help = "Fail when beat has started no job within the given minutes."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--minutes", type=int, default=10)

    def handle(self, *args, minutes, **options):
        last = PeriodicTask.objects.filter(enabled=True).aggregate(last=Max("last_run_at"))["last"]
        if last is None or last < timezone.now() - timedelta(minutes=minutes):
            message = f"Beat started nothing within {minutes} minutes (last: {last or 'never'})."
            raise CommandError(message)
        self.stdout.write(f"Beat last started a job at {last:%H:%M:%S} UTC.")
