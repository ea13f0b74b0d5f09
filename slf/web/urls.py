"""Include at the root: ``path("", include("slf.web.urls"))``. The handlers go beside it in ``slf.urls``."""

from django.urls import path

from slf.web import health, views

app_name = "web"
urlpatterns = [
    path("components/", views.components, name="components"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
