"""A statement about a need stands in the record of that need's family."""

FORWARD = [
    """
    alter table families_statement add constraint families_statement_need_family
        foreign key (need_id, family_id) references families_need (id, family_id)
    """
]
REVERSE = "alter table families_statement drop constraint if exists families_statement_need_family"
