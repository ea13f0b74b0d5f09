"""Who says that they read what went back: whoever acts, in their own name."""

from slf.access.sql.own_name import any_names, own_names

FORWARD = [own_names("performance_monitored", {"read_by_id": None})]
REVERSE = any_names("performance_monitored")
