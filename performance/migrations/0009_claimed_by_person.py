from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Look up who is claimed for by the person first: PostgreSQL read every live and dead claim of a scheme for each."""

    dependencies = [("performance", "0008_claimed_once")]

    operations = [
        migrations.RemoveConstraint("claimedperson", "performance_claimed_once"),
        migrations.AddConstraint(
            "claimedperson",
            models.UniqueConstraint(
                fields=["person", "scheme", "slot"], condition=Q(live=True), name="performance_claimed_once"
            ),
        ),
    ]
