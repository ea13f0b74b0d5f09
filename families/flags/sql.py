"""A flag of a member is one of that member's family."""

OF_THE_FAMILY = [
    """
    alter table families_flag add constraint families_flag_membership_family
        foreign key (membership_id, family_id) references families_membership (id, family_id)
    """
]
REVERSE = "alter table families_flag drop constraint if exists families_flag_membership_family"
