"""The first migrations, which are never edited, look for it here; it is in ``slf.migrating``."""

from slf.migrating import CreateTables

__all__ = ["CreateTables"]
