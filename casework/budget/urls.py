from django.urls import path

from casework.budget import lists, views

urlpatterns = [
    path("families/<uuid:uid>/budget/", views.budget, name="budget"),
    path("families/<uuid:uid>/budget/ask/", views.ask, name="ask_spending"),
    path("families/<uuid:uid>/budget/allowance/", views.allowance, name="change_allowance"),
    path("families/<uuid:uid>/budget/ledger.csv", lists.ledger_file, {"form": "csv"}, name="ledger_csv"),
    path("families/<uuid:uid>/budget/ledger.xlsx", lists.ledger_file, {"form": "xlsx"}, name="ledger_xlsx"),
    path("spending/", lists.spendings, name="spendings"),
    path("spending/list.csv", lists.spendings_file, {"form": "csv"}, name="spendings_csv"),
    path("spending/list.xlsx", lists.spendings_file, {"form": "xlsx"}, name="spendings_xlsx"),
    path("spending/<uuid:uid>/", views.spending, name="spending"),
    path("spending/<uuid:uid>/approve/", views.approve, name="approve_spending"),
    path("spending/<uuid:uid>/decline/", views.decline, name="decline_spending"),
    path("spending/<uuid:uid>/cancel/", views.cancel, name="cancel_spending"),
    path("spending/<uuid:uid>/pay/", views.pay, name="pay_spending"),
    path("budget-entries/<uuid:uid>/reverse/", views.reverse_one, name="reverse_entry"),
    path("budget-entries/<uuid:uid>/receipt/", views.receipt, name="add_receipt"),
    path("spending-receipts/<uuid:uid>/", views.receipt_file, name="receipt_file"),
]
