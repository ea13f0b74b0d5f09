"""The app's routes under `/api/v1/`."""

from rest_framework.routers import SimpleRouter

from slf.drafts import api as drafts
from slf.work import api as work

router = SimpleRouter()
drafts.register(router)
work.register(router)
urlpatterns = router.urls
