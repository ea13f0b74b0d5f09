"""A rule of contact is of a member of its family."""

OF_THE_FAMILY = [
    """
    alter table families_contactrule add constraint families_contactrule_membership_family
        foreign key (membership_id, family_id) references families_membership (id, family_id)
    """
]
REVERSE = "alter table families_contactrule drop constraint if exists families_contactrule_membership_family"
