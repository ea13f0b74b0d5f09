"""The map of the house: fixed addresses, each floor's own map behind its name."""

from django.urls import include, path

urlpatterns = [
    path("", include("slf.web.urls")),
    path("", include("slf.drafts.urls")),
    path("", include("performance.home.urls")),
    path("accounts/", include("slf.accounts.urls")),
    path("access/", include("families.access_urls")),
    path("jobs/", include("slf.work.urls")),
    path("settings/", include("slf.policy.urls")),
    path("files/", include("slf.files.urls")),
    path("", include("families.notice.urls")),
    path("families/", include("casework.glance.families_urls")),
    path("referrals/", include("referrals.urls")),
    path("help/", include("referrals.ourselves.urls")),
    path("our-plan/", include("casework.own_page.public_urls")),
    path("casework/", include("casework.urls")),
    path("performance/", include("performance.urls")),
    path("api/", include("slf.api_urls")),
]

handler400 = "slf.web.views.bad_request"
handler403 = "slf.web.views.not_your_job"
handler404 = "slf.web.views.not_found"
handler500 = "slf.web.views.broken"
