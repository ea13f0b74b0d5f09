"""Reports that were made for somebody and that they have not read yet."""

from datetime import date

from django.urls import reverse

from performance.home.panels import Item, Panel, Part
from performance.reports.asking import READERS
from performance.reports.models import KeptReport
from slf.accounts.models import User

__all__ = ["READERS", "part"]


def part(user: User, on: date) -> Part:
    waiting = KeptReport.objects.visible_to(user).unread_by(user).for_list()
    items = [
        Item(report.title, report.get_absolute_url(), detail=f"{report.place}, {report.days}") for report in waiting
    ]
    return Part(panels=(Panel("Reports to read", items, more="All reports", href=reverse("performance:reports")),))
