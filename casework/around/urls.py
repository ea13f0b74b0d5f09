from django.urls import path

from casework.around import views

urlpatterns = [
    path("families/<uuid:uid>/around/", views.around, name="around"),
    path("families/<uuid:uid>/around/join/<slug:kind>/", views.join, name="join_team"),
    path("team-members/<uuid:uid>/reach/", views.reach, name="reach_member"),
    path("team-members/<uuid:uid>/lead/", views.lead, name="name_lead"),
    path("team-members/<uuid:uid>/leave/", views.leave, name="leave_team"),
]
