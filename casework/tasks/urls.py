from django.urls import path

from casework.tasks import views

urlpatterns = [
    path("families/<uuid:uid>/tasks/", views.of_family, name="tasks_of_family"),
    path("families/<uuid:uid>/tasks/set/", views.set_one, name="set_task"),
    path("tasks/<uuid:uid>/", views.task, name="task"),
    path("tasks/<uuid:uid>/done/", views.finish, name="finish_task"),
    path("tasks/<uuid:uid>/hand-on/", views.hand_on, name="hand_on_task"),
    path("tasks/<uuid:uid>/put-off/", views.put_off, name="put_off_task"),
    path("tasks/<uuid:uid>/drop/", views.drop, name="drop_task"),
]
