import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from slf.access import sql
from slf.access.policies import ProtectTries, RunFunctions

ROLES = [
    ("fsw", "Family support worker"),
    ("senior", "Senior family support worker"),
    ("manager", "Locality manager"),
    ("head", "Head of service"),
    ("data", "Data officer"),
    ("business", "Business support"),
    ("board", "Programme board"),
    ("auditor", "Internal auditor"),
    ("referrer", "Partner referrer"),
    ("esf", "ESF provider worker"),
    ("admin", "Administrator"),
    ("emergency", "Emergency access"),
]

# Who was let in with the role of the post they hold is from now on in by emergency access alone.
IN_THEIR_PART = """
    set constraints all immediate;
    update slf_scopemember m set role = 'emergency'
    from slf_scope e
    where e.id = m.scope_id and e.kind = 'emergency' and m.until is not null and m.user_id = m.given_by_id
      and not exists (select from slf_scopemember b
                      where b.scope_id = e.widens_id and b.user_id = m.user_id and b.role = m.role);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0009_by_name"),
    ]

    operations = [
        migrations.AlterField(
            model_name="opening",
            name="role",
            field=models.CharField(choices=ROLES, max_length=12),
        ),
        migrations.AlterField(
            model_name="scopemember",
            name="role",
            field=models.CharField(blank=True, choices=ROLES, max_length=12),
        ),
        migrations.AlterField(
            model_name="scopememberevent",
            name="role",
            field=models.CharField(blank=True, choices=ROLES, max_length=12),
        ),
        migrations.CreateModel(
            name="EmergencyTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("reference", models.CharField(help_text="As it was asked for.", max_length=40)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("again", "Open already"),
                            ("refused", "Nothing was opened"),
                            ("held_back", "One too many that day"),
                        ],
                        max_length=10,
                    ),
                ),
                ("family_id", models.BigIntegerField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "emergency tries",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["user", "-at"], name="slf_emergen_user_id_161fef_idx")],
            },
        ),
        RunFunctions(
            [IN_THEIR_PART, sql.NAMED, sql.FAMILIES_WORKED, sql.ENTER, sql.BREAK_GLASS, sql.HEADS_SERVICE], "select 1"
        ),
        ProtectTries("emergencytry"),
    ]
