"""The app's routes under `/api/v1/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from slf.accounts import people_api
from slf.drafts import api as drafts
from slf.work import api as work

router = SimpleRouter()
drafts.register(router)
work.register(router)
urlpatterns = [
    *router.urls,
    path("", include("slf.policy.api")),
    path("", include("slf.files.api")),
    path("accounts/", people_api.Accounts.as_view(), name="api-accounts"),
    path("accounts/<uuid:uid>/address/", people_api.Address.as_view(), name="api-account-address"),
    path("accounts/<uuid:uid>/posts/", people_api.GivePost.as_view(), name="api-give-post"),
    path("accounts/<uuid:uid>/posts/end/", people_api.EndPost.as_view(), name="api-end-post"),
]
