from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0017_change_household"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="locality",
            options={
                "ordering": ["name"],
                "permissions": [
                    ("read", "Read"),
                    ("refer", "Refer a family"),
                    ("triage", "Decide on referrals"),
                    ("allocate", "Allocate a family to a worker"),
                    ("add_contact", "Add a contact to any family of the locality"),
                    ("work_family", "Record visits, star readings and plans"),
                    ("change_household", "Say who is in a family and how they are related"),
                    ("review_family", "Review and supervise the work with a family"),
                    ("view_dashboard", "See the dashboards"),
                    ("load_feed", "Send files from partner agencies"),
                    ("prepare_claim", "Prepare a claim run"),
                    ("audit_claim", "Sample and test a claim run"),
                    ("sign_claim", "Sign a claim run"),
                    ("share_family", "Share one family with a colleague or provider"),
                    ("restrict_family", "Restrict a family to named people"),
                    ("break_glass", "Ask for emergency access"),
                    ("review_access", "See who has looked at a record"),
                    ("keep_register", "Keep the register of lawful bases and gateways"),
                    ("manage_posts", "Give and end posts"),
                ],
                "verbose_name_plural": "localities",
            },
        ),
    ]
