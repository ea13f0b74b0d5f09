"""The app's map: each area's pages behind its name."""

app_name = "families"
urlpatterns = []
