from django.db import migrations

from casework.documents import sql as documents
from casework.provenance import sql as provenance
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Documents, and whose information an entry is, name people as their own family enters them."""

    dependencies = [("casework", "0038_stages")]

    operations = [
        RunFunctions(documents.OWN_PEOPLE, documents.NOT_OWN_PEOPLE),
        RunFunctions(provenance.OWN_PEOPLE, provenance.NOT_OWN_PEOPLE),
    ]
