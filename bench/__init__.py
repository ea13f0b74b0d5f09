"""`make bench`: the speed contract measured as pairs in one run, printed as a table and written to `bench.json`.

Everything is measured on data made here, through the application's role, with sessions, rights and the view log on.
"""
