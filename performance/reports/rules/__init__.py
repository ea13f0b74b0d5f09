"""What a report is made of, what of it may leave the service, and when one is due."""

from performance.reports.rules.leaving import for_others
from performance.reports.rules.tables import Column, Holds, Table, as_content, canonical, digest_of

__all__ = ["Column", "Holds", "Table", "as_content", "canonical", "digest_of", "for_others"]
