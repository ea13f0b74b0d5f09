"""A flag of a member is one of that member's family; the words that stood in memberships become flags."""

OF_THE_FAMILY = [
    """
    alter table families_flag add constraint families_flag_membership_family
        foreign key (membership_id, family_id) references families_membership (id, family_id)
    """
]
REVERSE = "alter table families_flag drop constraint if exists families_flag_membership_family"

CARRIED_OVER = """
set constraints all immediate;
insert into families_flag (uid, family_id, membership_id, kind, words, began_on, source)
select gen_random_uuid(), m.family_id, m.id, 'other', said, lower(m.period), 'Carried over: who set it is not known'
from families_membership m, unnest(m.flags) said where said <> ''
on conflict do nothing;
set constraints all immediate;
"""
