from django.urls import path

from slf.work import views

urlpatterns = [
    path("<uuid:uid>/", views.job, name="job"),
    path("<uuid:uid>/again/", views.again, name="try_job_again"),
]
