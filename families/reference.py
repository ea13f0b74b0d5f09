"""The register, and postcode districts made for the demonstration.

A service in use loads the ONS postcode directory instead.
"""

from families.localities.models import PostcodeDirectory, PostcodeDistrict
from families.localities.services import DEMONSTRATION
from families.register import reference as register
from slf.access.models import Locality

DISTRICTS = {
    "charnwood": ("LE11", "LE12", "LE7"),
    "melton": ("LE13", "LE14"),
    "harborough": ("LE16", "LE17"),
    "oadby-and-wigston": ("LE2", "LE18"),
    "blaby": ("LE8", "LE19", "LE3"),
    "hinckley-and-bosworth": ("LE9", "LE10", "CV13"),
    "north-west-leicestershire": ("LE65", "LE67", "DE74"),
}


def load(*, using: str) -> None:
    """Load the register, and the districts of the demonstration unless the directory itself is loaded."""
    register.load(using=using)
    if PostcodeDirectory.objects.using(using).exists():
        return
    localities = {locality.slug: locality for locality in Locality.objects.using(using)}
    for slug, prefixes in DISTRICTS.items():
        for prefix in prefixes:
            PostcodeDistrict.objects.using(using).update_or_create(
                prefix=prefix, defaults={"locality": localities[slug], "source": DEMONSTRATION}
            )
