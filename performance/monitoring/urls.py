from django.urls import path

from performance.monitoring import views

urlpatterns = [
    path("monitoring/", views.monitoring, name="monitoring"),
    path("monitoring/families/<uuid:uid>/", views.monitored, name="monitored"),
    path("monitoring/families/<uuid:uid>/read/", views.read, name="read_what_went_back"),
    path("monitoring/families/<uuid:uid>/now/", views.work_out_now, name="work_out_now"),
]
