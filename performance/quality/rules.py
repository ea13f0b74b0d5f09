"""What counts as a gap or as impossible in the record. No Django here."""

SCHOOL_AGES = (5, 16)
"""Ages, in whole years, at which a child in England has a unique pupil number. Source: Department for Education,
"Unique pupil numbers: a guide for schools and local authorities": given on first entry to a state-funded school."""
OLDEST = 110
"""Nobody in the service's care was older. Source: ``EXAMPLE``."""
