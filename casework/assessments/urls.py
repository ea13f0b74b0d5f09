from django.urls import path

from casework.assessments import views, writing

urlpatterns = [
    path("families/<uuid:uid>/assessments/", views.assessments, name="assessments"),
    path("families/<uuid:uid>/assessments/start/", views.start, name="start_assessment"),
    path("assessments/<uuid:uid>/", views.assessment, name="assessment"),
    path("assessments/<uuid:uid>/write/", writing.write, name="write_assessment"),
    path("assessments/<uuid:uid>/finish/", views.finish, name="finish_assessment"),
    path("assessments/<uuid:uid>/sign-off/", views.sign_off, name="sign_assessment"),
    path("assessments/<uuid:uid>/send-back/", views.send_back, name="send_back_assessment"),
    path("assessments/<uuid:uid>/throw-away/", views.throw_away, name="throw_away_assessment"),
    path("assessments/<uuid:uid>/print/", views.print_assessment, name="print_assessment"),
    path("assessment-drafts/<uuid:uid>/", writing.draft, name="assessment_draft"),
]
