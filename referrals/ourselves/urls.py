from django.urls import path, register_converter

from referrals.ourselves import views
from referrals.ourselves.rules import Step


class StepConverter:
    """One of the small pages by its name in the address."""

    regex = "|".join(Step)

    def to_python(self, value: str) -> Step:
        return Step(value)

    def to_url(self, value: Step | str) -> str:
        return Step(value).value


app_name = "referrals_public"
register_converter(StepConverter, "ourselves_step")
urlpatterns = [
    path("", views.start, name="ourselves"),
    path("ring/", views.ring, name="ourselves_ring"),
    path("check/", views.check, name="ourselves_check"),
    path("sent/", views.done, name="ourselves_sent"),
    path("leave/", views.leave, name="ourselves_leave"),
    path("<ourselves_step:step>/", views.step, name="ourselves_step"),
]
