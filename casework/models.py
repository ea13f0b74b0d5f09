"""The app's table of contents."""

from casework.cases.models import Case

__all__ = ["Case"]
