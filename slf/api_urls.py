"""`/api/v1/` from each floor's routes, and its OpenAPI schema."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

urlpatterns = [
    path(
        "v1/",
        include(
            [path("", include(f"{floor}.api")) for floor in ("slf", "families", "referrals", "casework", "performance")]
        ),
    ),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("schema/ui/", SpectacularSwaggerView.as_view(url_name="schema"), name="schema-ui"),
]
