"""Reference data of the casework floor."""

from casework.assessments import reference as assessments
from casework.interventions import reference as interventions
from casework.own_page import reference as own_page
from casework.stars import reference as stars


def load(*, using: str) -> None:
    stars.load(using=using)
    interventions.load(using=using)
    own_page.load(using=using)
    assessments.load(using=using)
