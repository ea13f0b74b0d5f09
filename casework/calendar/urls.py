from django.urls import path

from casework.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/take-back/", views.take_back, name="revoke_calendar"),
    path("calendar/<str:secret>/visits.ics", views.feed, name="calendar_feed"),
]
