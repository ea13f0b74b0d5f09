from django.db import migrations, models

from slf.access.policies import RunFunctions

NAME_THE_KIND = """
    set constraints all immediate;
    update slf_scope set audience_key = kind || '=' || audience_key where kind in ('shared', 'restricted', 'partner');
"""

# A family closed to one partner stood in the audience of that partner's own referrals. It gets one of named people.
PART_FAMILIES = """
do $$
declare
    partner record;
    named bigint;
begin
    for partner in select s.* from slf_scope s where s.kind = 'partner' and (
            exists (select from families_family f where f.scope_id = s.id)
            or exists (select from slf_scope e where e.widens_id = s.id)) loop
        insert into slf_scope (kind, name, audience_key)
            values ('restricted', 'Named people only', 'restricted=' || substr(partner.audience_key, length('partner=') + 1))
            returning id into named;
        insert into slf_scopemember (scope_id, locality_id, user_id, role, until, given_by_id)
            select named, locality_id, user_id, role, until, given_by_id
            from slf_scopemember where scope_id = partner.id;
        update slf_scope set widens_id = named where widens_id = partner.id;
        update families_family set scope_id = named where scope_id = partner.id;
    end loop;
end
$$;
"""
BACK = """
    update slf_scope set audience_key = split_part(audience_key, '=', 2)
    where kind in ('shared', 'restricted', 'partner');
"""


class Migration(migrations.Migration):
    """The kind is part of what names an audience."""

    dependencies = [
        ("slf", "0010_emergency_is_a_part"),
    ]
    operations = [
        migrations.AlterField(
            model_name="scope",
            name="audience_key",
            field=models.TextField(help_text="Who is in it, in one canonical order.", unique=True),
        ),
        RunFunctions([NAME_THE_KIND, PART_FAMILIES], BACK),
    ]
