"""A goal that answers a need of which somebody must not learn is not on their own page, from when it is marked."""

from casework.own_page.sql.visiting import SHOWN
from slf.access.sql import changed

ALL_RELEASED = "where g.plan_id = o.plan_id and not g.id = any (o.goals_out)"
WITHOUT_KEPT = changed(SHOWN, (ALL_RELEASED, f"{ALL_RELEASED} and not slf.goal_is_kept_from(g.id, o.person_id)"))
