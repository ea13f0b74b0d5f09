"""What PostgreSQL holds of documents: who reads one, that it is of its own family, and that versions are counted on.

A document about a concern is read by whoever reads the concern. One that was entered in error stays; its versions are
read by those who look after the record.
"""

from families.merging.sql import PERSON, keeps_its_own
from slf.access.policies import ProtectRecord
from slf.access.rules import Can
from slf.access.sql import changed, definer, roles_that
from slf.access.sql.own_name import any_names, own_names


class ProtectDocument(ProtectRecord):
    """Read in its audience, and with the concern that it is about."""

    def readable(self) -> str:
        return f"{super().readable()} and (concern_id is null or slf.reads_entry(concern_id, 'raised'))"


# A document about a supervision is read with it; one about what stays between the two, by them and the line above.
OF_SUPERVISION = """
    (supervision_id is null or supervision_id = any ((select slf.supervisions_known())::bigint[]))
    and (own_part_id is null or own_part_id = any ((select slf.own_parts_open())::bigint[]))
"""
READ = "create policy read_with_supervision on casework_document as restrictive for select using ({});"


class ProtectVersion(ProtectRecord):
    """Read with its document, while that is not masked."""

    def readable(self) -> str:
        return f"{super().readable()} and slf.opens_document(document_id)"


class ProtectMistake(ProtectRecord):
    """Read with its document."""

    def readable(self) -> str:
        return f"{super().readable()} and slf.reads_document(document_id)"


READERS = (
    f"""
create or replace function slf.reads_document(document bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from casework_document d where d.id = document
                   and (d.concern_id is null or slf.reads_entry(d.concern_id, 'raised')))
$$;
create or replace function slf.opens_document(document bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select slf.reads_document(document) and (
        not exists (select from casework_documentmistake m where m.document_id = document)
        or exists (select from casework_document d join slf.reaches(slf.acting_user()) r on r.scope_id = d.scope_id
                   where d.id = document and r.role in ({roles_that(Can.RESTRICT_FAMILY)})))
$$;
"""
    + definer("slf.reads_document(bigint)")
    + definer("slf.opens_document(bigint)")
)

# The same with what came later. What reads a document asks both.
READERS_NOW = changed(READERS, (
    "(d.concern_id is null or slf.reads_entry(d.concern_id, 'raised'))",
    f"(d.concern_id is null or slf.reads_entry(d.concern_id, 'raised')) and {OF_SUPERVISION}",
))  # fmt: skip
HOLD_ABOUT = """
create or replace function slf.hold_about() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    here bigint[] := slf.one_with(new.family_id);
begin
    if (new.meeting_id is not null and not exists (
            select from casework_meeting m where m.id = new.meeting_id and m.family_id = any (here)))
        or (new.reading_id is not null and not exists (
            select from casework_reading r where r.id = new.reading_id and r.family_id = any (here)))
        or (new.supervision_id is not null and not (
            new.supervision_id = any (slf.supervisions_known()) and exists (
            select from casework_decision d join casework_supervisionpart p on p.id = d.part_id
            where p.supervision_id = new.supervision_id and d.family_id = any (here))))
        or (new.own_part_id is not null and not (
            new.own_part_id = any (slf.own_parts_open()) and exists (
            select from casework_decision d where d.part_id = new.own_part_id and d.family_id = any (here))))
    then
        raise exception 'a document is about its own family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_about() owner to slf_definer;
create trigger hold_document_about before insert on casework_document
    for each row execute function slf.hold_about();
"""
ABOUT = [READERS_NOW, READ.format(OF_SUPERVISION), HOLD_ABOUT]
NOT_ABOUT = (
    "drop trigger if exists hold_document_about on casework_document; drop function if exists slf.hold_about(); "
    "drop policy if exists read_with_supervision on casework_document;" + READERS
)

HOLD = """
create or replace function slf.hold_document() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    here bigint[] := slf.one_with(new.family_id);
begin
    if (new.visit_id is not null and not exists (
            select from casework_visit v where v.id = new.visit_id and v.family_id = any (here)))
        or (new.plan_id is not null and not exists (
            select from casework_plan p where p.id = new.plan_id and p.family_id = any (here)))
        or (new.assessment_id is not null and not exists (
            select from casework_assessment a where a.id = new.assessment_id and a.family_id = any (here)))
        or (new.concern_id is not null and not (slf.reads_entry(new.concern_id, 'raised') and exists (
            select from casework_concern c where c.id = new.concern_id and c.family_id = any (here))))
        or (new.person_id is not null and not exists (
            select from families_membership m where m.person_id = new.person_id and m.family_id = any (here)))
    then
        raise exception 'a document is about its own family' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
alter function slf.hold_document() owner to slf_definer;
create trigger hold_document before insert on casework_document
    for each row execute function slf.hold_document();

create or replace function slf.hold_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from casework_document d where d.id = new.document_id and d.family_id = new.family_id
        and slf.reads_document(d.id) for no key update;
    if not found then
        raise exception 'what belongs to a document is of its own family' using errcode = 'check_violation';
    end if;
    if exists (select from casework_documentmistake m where m.document_id = new.document_id) then
        raise exception 'a document that was entered in error stays as it is' using errcode = 'check_violation';
    end if;
    if tg_table_name = 'casework_documentversion' then
        if new.number <> 1 + (
            select count(*) from casework_documentversion v where v.document_id = new.document_id) then
            raise exception 'versions are counted on' using errcode = 'check_violation';
        end if;
    end if;
    return new;
end
$$;
alter function slf.hold_version() owner to slf_definer;
create trigger hold_version before insert on casework_documentversion
    for each row execute function slf.hold_version();
create trigger hold_version before insert on casework_documentmistake
    for each row execute function slf.hold_version();
"""

NAMES = {
    "casework_document": {"kept_by_id": Can.WORK_FAMILY},
    "casework_documentversion": {"added_by_id": Can.WORK_FAMILY},
    "casework_documentmistake": {"said_by_id": Can.WORK_FAMILY},
}
OWN_PEOPLE = [keeps_its_own("casework_document", *PERSON)]
NOT_OWN_PEOPLE = "drop trigger if exists as_own_person on casework_document;"
FORWARD = [HOLD, *(own_names(table, names) for table, names in NAMES.items())]
REVERSE = (
    "".join(any_names(table) for table in NAMES)
    + """
drop trigger if exists hold_version on casework_documentmistake;
drop trigger if exists hold_version on casework_documentversion;
drop trigger if exists hold_document on casework_document;
drop function if exists slf.hold_version(), slf.hold_document();
"""
)
NOT_READ = "drop function if exists slf.opens_document(bigint), slf.reads_document(bigint);"
# What looked for content without a row before there was one place for files.
SWEEPERS_OF_BEFORE = "drop function if exists slf.files_without_row(text[]), slf.receipts_without_row(text[]);"
