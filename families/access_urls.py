"""What stands at /access/: opening a record, and who may see one."""

from families.interests.urls import urlpatterns as interests
from families.opening.urls import urlpatterns as opening
from families.restricting.urls import urlpatterns as restricting

app_name = "access"
urlpatterns = [*opening, *interests, *restricting]
