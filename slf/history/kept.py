"""Every version of every row, with who changed it and why, written by row-level triggers (django-pghistory)."""

import pghistory


def kept(model):
    """Keep every version of this model's rows. The database refuses to change or delete what was kept."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        context_field=pghistory.ContextJSONField(),
    )(model)
