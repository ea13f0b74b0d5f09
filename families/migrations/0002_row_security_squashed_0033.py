from django.db import migrations

from families.addresses import sql as addresses_sql
from families.contact import sql as contact_sql
from families.flags import sql as flags_sql
from families.households import sql as households_sql
from families.hub import sql as hub_sql
from families.kin import sql as kin_sql
from families.localities import sql as localities_sql
from families.merging import sql as merging_sql
from families.names import sql as names_sql
from families.names.policies import ProtectName
from families.needs import sql as needs_sql
from families.people import sql as people_sql
from families.restricting import sql as restricting_sql
from families.search import sql as search_sql
from families.shown import sql as shown_sql
from slf.access.policies import (
    ProtectFamilyHistory,
    ProtectHistory,
    ProtectPerson,
    ProtectPersonHistory,
    ProtectRecord,
    ProtectScoped,
    RunFunctions,
)

REGISTER = ("families_basis", "families_gateway")
NARROW = "; ".join(
    f"revoke update, delete on {table} from slf_app; "
    f"grant update (period, confirmed_by_id, confirmed_on, ended_by_id, ended_because) on {table} to slf_app"
    for table in REGISTER
)
WIDE = "; ".join(f"grant update, delete on {table} to slf_app" for table in REGISTER)


class Migration(migrations.Migration):
    replaces = [
        ("families", "0002_initial"),
    ]

    dependencies = [
        ("slf", "0003_row_security_squashed_0021"),
        # By an old name: Django refuses a database in which only some of the old ones are applied.
        ("families", "0033_shown"),
    ]

    operations = [
        RunFunctions(people_sql.FORWARD, people_sql.REVERSE),
        RunFunctions(localities_sql.FORWARD, localities_sql.REVERSE),
        RunFunctions(hub_sql.FORWARD, hub_sql.REVERSE),
        RunFunctions(addresses_sql.FORWARD, addresses_sql.REVERSE),
        ProtectScoped("family", "card"),
        ProtectFamilyHistory("familyevent", "card"),
        ProtectPerson("person", "card"),
        ProtectPersonHistory("personevent", "card"),
        ProtectRecord("membership", "card"),
        ProtectHistory("membershipevent", "card"),
        ProtectRecord("belonging", "card"),
        RunFunctions(localities_sql.BELONGING, localities_sql.WITHOUT_BELONGING),
        ProtectName("personname", "card"),
        ProtectHistory("personnameevent", "card"),
        RunFunctions(names_sql.CALLED, names_sql.WITHOUT_CALLED),
        addresses_sql.ProtectWhereabouts("home", "record"),
        addresses_sql.ProtectWhereaboutsHistory("homeevent", "record"),
        addresses_sql.ProtectWhereabouts("phone", "record"),
        addresses_sql.ProtectWhereaboutsHistory("phoneevent", "record"),
        RunFunctions(addresses_sql.TIES, addresses_sql.UNTIED),
        RunFunctions(search_sql.FORWARD, search_sql.REVERSE),
        ProtectRecord("fact", "evidence", append_only=True),
        ProtectScoped("feedfile", "evidence"),
        ProtectScoped("feedretry", "evidence"),
        ProtectScoped("feedrow", "evidence", append_only=True),
        ProtectRecord("consent", "evidence", append_only=True),
        ProtectRecord("agreement", "card", append_only=True),
        ProtectRecord("showing", "evidence", append_only=True),
        ProtectRecord("partnertold", "evidence", append_only=True),
        RunFunctions(shown_sql.FORWARD, shown_sql.REVERSE),
        ProtectRecord("need", "record"),
        ProtectHistory("needevent", "record"),
        ProtectRecord("statement", "record", append_only=True),
        RunFunctions(needs_sql.FORWARD, needs_sql.REVERSE),
        ProtectRecord("aboutanswer", "record", append_only=True),
        ProtectRecord("flag", "card"),
        ProtectHistory("flagevent", "card"),
        RunFunctions(flags_sql.OF_THE_FAMILY, flags_sql.REVERSE),
        ProtectRecord("contactrule", "record"),
        ProtectHistory("contactruleevent", "record"),
        RunFunctions(contact_sql.OF_THE_FAMILY, contact_sql.REVERSE),
        ProtectRecord("householdchange", "record", append_only=True),
        RunFunctions(households_sql.FORWARD, households_sql.REVERSE),
        ProtectRecord("relationship", "record"),
        ProtectHistory("relationshipevent", "record"),
        ProtectRecord("responsibility", "record"),
        ProtectHistory("responsibilityevent", "record"),
        RunFunctions(kin_sql.FORWARD, kin_sql.REVERSE),
        ProtectRecord("restrictionstep", "card", append_only=True),
        RunFunctions(restricting_sql.FORWARD, restricting_sql.REVERSE),
        ProtectRecord("personmerge", "card"),
        ProtectHistory("personmergeevent", "card"),
        RunFunctions(merging_sql.FORWARD, merging_sql.REVERSE),
        migrations.RunSQL(NARROW, WIDE),
    ]
