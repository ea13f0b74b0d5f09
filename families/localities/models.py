"""Which locality a postcode belongs to."""

from django.db import models

from slf.access.models import Locality


class PostcodeDistrict(models.Model):
    """An outward code or sector and its locality. The shipped table is a demonstration, not the ONS directory."""

    prefix = models.CharField(max_length=8, unique=True)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="postcodes")
    source = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.prefix
