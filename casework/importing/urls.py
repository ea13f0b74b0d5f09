from django.urls import path

from casework.importing import views
from casework.importing.rules.columns import Sheet

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/columns/", views.columns, name="import_columns"),
    path("imports/template.xlsx", views.template, name="import_template"),
    path("imports/people.csv", views.template_csv, {"sheet": Sheet.PEOPLE}, name="import_people_csv"),
    path("imports/cases.csv", views.template_csv, {"sheet": Sheet.CASES}, name="import_cases_csv"),
    path("imports/new/", views.send_list, name="send_import"),
    path("imports/<uuid:uid>/", views.one_import, name="import"),
    path("imports/<uuid:uid>/try/", views.try_again, name="try_import"),
    path("imports/<uuid:uid>/make/", views.make, name="make_import"),
    path("imports/<uuid:uid>/numbers/", views.look_up, name="import_numbers"),
    path("imports/<uuid:uid>/to-mend/", views.to_mend, name="import_to_mend"),
    path("imports/<uuid:uid>/report/", views.report, name="import_report"),
    path("imports/<uuid:uid>/report.csv", views.report_csv, name="import_report_csv"),
]
