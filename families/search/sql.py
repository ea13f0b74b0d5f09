"""The search in PostgreSQL: the words of names, kept by triggers, and one function that looks over the wall.

Under row security no index is used but for plain comparisons, and people are behind an array of scopes. So the function
is the definer's: it works out itself what the acting person may see, and returns nothing beyond it.
"""

from functools import reduce

from families.search.rules import APOSTROPHES, LETTERS_OF_THEIR_OWN, MOST, NOT_A_NAME, NOT_HEARD, SOUNDS, Way
from slf.access.rules import OPENS, RecordClass, Role
from slf.access.sql import definer


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


SMALL = reduce(
    lambda said, pair: f"replace({said}, {quoted(pair[0])}, {quoted(pair[1])})",
    [*LETTERS_OF_THEIR_OWN.items(), *((sign, "") for sign in APOSTROPHES)],
    "lower(said)",
)
HEARD = reduce(lambda word, step: f"regexp_replace({word}, {quoted(step[0])}, {quoted(step[1])}, 'g')", SOUNDS, "word")
"""The steps of ``rules.fold`` and ``rules.sound``, as PostgreSQL takes them."""

WORDS = f"""
create or replace function slf.fold(said text) returns text
language sql immutable parallel safe as $$
    select regexp_replace(normalize({SMALL}, nfkd), '[\\u0300-\\u036f]', '', 'g')
$$;
create or replace function slf.sound(word text) returns text
language sql immutable parallel safe as $$
    select left(heard, 1) || regexp_replace(substr(heard, 2), '{NOT_HEARD}', '', 'g') from (select {HEARD} heard) h
$$;
create or replace function slf.open_letters(word text) returns text[]
language sql immutable parallel safe as $$
    select array(select left(word, n - 1) || '_' || substr(word, n + 1) from generate_series(1, length(word)) n)
$$;
create or replace function slf.telephone_from_end(written text) returns text
language sql immutable parallel safe as $$
    select reverse(ltrim(
        regexp_replace(regexp_replace(written, '[^0-9]', '', 'g'), '^(0044|44)(?=[0-9]{{10}}$)', ''), '0'))
$$;
create or replace function slf.search_words(said text) returns table (word text, sound text, patterns text[])
language sql immutable parallel safe as $$
    select distinct w, slf.sound(w), slf.open_letters(w)
    from regexp_split_to_table(slf.fold(said), '[^a-z\\u0080-\\U0010ffff]+') w where w <> ''
$$;
"""

OF_FAMILIES = f"""
    insert into public.families_searchkey (family_id, scope_id, word, sound, patterns)
    select f.id, f.scope_id, w.* from public.families_family f, slf.search_words(f.name) w
    where w.word not in ({", ".join(quoted(word) for word in sorted(NOT_A_NAME))})
"""
OF_PEOPLE = """
    insert into public.families_searchkey (family_id, scope_id, membership_id, person_id, period, word, sound, patterns)
    select m.family_id, m.scope_id, m.id, m.person_id, m.period, w.*
    from public.families_membership m join public.families_person p on p.id = m.person_id,
         slf.search_words(concat_ws(' ', p.given_names, p.family_name, p.known_as)) w
"""
OF_NAMES = """
    insert into public.families_searchkey
        (family_id, scope_id, membership_id, person_id, period, name_id, word, sound, patterns)
    select m.family_id, m.scope_id, m.id, m.person_id, m.period, n.id, w.*
    from public.families_personname n join public.families_membership m
            on m.person_id = n.person_id and (m.family_id = n.family_id or not n.protected),
         slf.search_words(concat_ws(' ', n.given_names, n.family_name)) w
"""
"""Other names: with every household of the person, or with the one household that a protected name stays in."""

KEEPING = f"""
create or replace function slf.keep_family_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from public.families_searchkey k where k.family_id = new.id and k.person_id is null;
    {OF_FAMILIES} and f.id = new.id;
    return null;
end
$$;
create or replace function slf.keep_member_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from public.families_searchkey k where k.membership_id = new.id;
    {OF_PEOPLE} where m.id = new.id;
    {OF_NAMES} where m.id = new.id;
    return null;
end
$$;
create or replace function slf.keep_person_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from public.families_searchkey k where k.person_id = new.id and k.name_id is null;
    {OF_PEOPLE} where p.id = new.id;
    return null;
end
$$;
create or replace function slf.keep_name_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from public.families_searchkey k where k.name_id = coalesce(new.id, old.id);
    {OF_NAMES} where n.id = new.id;
    return null;
end
$$;
alter function slf.keep_family_words() owner to slf_definer;
alter function slf.keep_member_words() owner to slf_definer;
alter function slf.keep_person_words() owner to slf_definer;
alter function slf.keep_name_words() owner to slf_definer;
"""
KEPT_BY = """
create trigger keep_words after insert or update of name on families_family
    for each row execute function slf.keep_family_words();
create trigger keep_words after insert or update of family_id, person_id, period on families_membership
    for each row execute function slf.keep_member_words();
create trigger keep_words after update of given_names, family_name, known_as on families_person
    for each row execute function slf.keep_person_words();
create trigger keep_words after insert or delete or update of given_names, family_name, protected, family_id
    on families_personname for each row execute function slf.keep_name_words();
"""

# A word follows its family to another audience by itself, and goes with the membership or family it is of.
KEPT = [
    "alter table families_searchkey enable row level security",
    "alter table families_searchkey force row level security",
    "create policy nobody on families_searchkey using (false) with check (false)",
    "revoke all on families_searchkey from slf_app",
    "grant select, insert, delete on families_searchkey to slf_definer",
    "alter table families_searchkey add constraint families_searchkey_family_scope foreign key (family_id, scope_id) "
    "references families_family (id, scope_id) on update cascade on delete cascade",
    "alter table families_searchkey add constraint families_searchkey_membership foreign key (membership_id) "
    "references families_membership on delete cascade",
    "alter table families_searchkey add constraint families_searchkey_name foreign key (name_id) "
    "references families_personname on delete cascade",
]

LAST_SIGN = "chr(1114111)"
"""Nothing that begins with a text is sorted behind the text with this sign."""


def begins(column: str, start: str) -> str:
    return f"({column} ~>=~ {start} and {column} ~<~ ({start} || {LAST_SIGN}))"


MINE = "k.scope_id = any (seen) and (k.period is null or k.period @> on_day)"
BEGINS = f"case when k.word = asked then {Way.EXACT.value} else {Way.BEGINS.value} end"


def named(way: str, test: str) -> str:
    """Return the SQL for the people and families whose words pass a test."""
    return f"""
        return query select k.family_id, k.person_id, {of_whom(way)} from families_searchkey k where {test} and {MINE};
    """


def of_whom(way: str) -> str:
    """Return the SQL for a way: the family's own name tells less than that of somebody in it, another name as well."""
    least = (
        f"case when k.person_id is null then {Way.FAMILY.value} "
        f"when k.name_id is not null then {Way.OTHER_NAME.value} else 0 end"
    )
    return f"(select greatest(said.way, {least}) from (select {way} way) said where said.way is not null)"


def person(way: Way, test: str) -> str:
    return f"""
        return query select m.family_id, p.id, {way.value}
            from families_person p join families_membership m on m.person_id = p.id
            where {test} and m.period @> on_day and m.scope_id = any (seen);
    """


def home(way: Way, table: str, test: str) -> str:
    """Return the SQL for where somebody lives: of records that are open in full, never of a card or in confidence."""
    return f"""
        return query select m.family_id, m.person_id, {way.value}
            from {table} h join families_membership m on m.id = h.membership_id
            where {test} and not h.protected and not h.in_error and h.period @> on_day and m.period @> on_day
              and (m.scope_id = any (opened)
                   or (m.family_id = any (held) and m.scope_id = any (slf.scopes('read_record'))));
    """


ALIKE = "k.sound = heard and k.word <> asked and (length(heard) > 2 or left(k.word, 2) = left(asked, 2))"
"""Of two consonants alone too much sounds alike: Dawn and Donna."""

CLOSEST = f"""
    case when k.word = asked then {Way.EXACT.value}
         when starts_with(k.word, asked) then {Way.BEGINS.value}
         when k.word = any (also) then {Way.OTHER_FORM.value}
         when loosely and (k.word = any (typos) or k.patterns && open_letters) then {Way.ONE_LETTER.value}
         when loosely and {ALIKE} then {Way.SOUND.value} end
"""
"""The same of the words of a few families, one by one."""

ANSWERS = f"""
create or replace function slf.search_part(
    sought jsonb, on_day date, loosely boolean, within bigint[], seen bigint[], opened bigint[], held bigint[])
returns table (family_id bigint, person_id bigint, way integer)
language plpgsql stable set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    asked text := sought ->> 'word';
    heard text := sought ->> 'sound';
    also text[] := array(select jsonb_array_elements_text(sought -> 'also'));
    typos text[] := array(select jsonb_array_elements_text(sought -> 'typos'));
    open_letters text[] := array(select jsonb_array_elements_text(sought -> 'patterns'));
    code text := sought ->> 'code';
    day date := (sought ->> 'born')::date;
    exchanged date := (sought ->> 'exchanged')::date;
    known_by text := sought ->> 'reference';
    from_end text := sought ->> 'telephone';
    place text := coalesce(sought ->> 'postcode', sought ->> 'district');
begin
    if asked is not null and within is not null then
        return query select w.* from (
            select k.family_id, k.person_id, {of_whom(CLOSEST)} way
            from families_searchkey k where k.family_id = any (within) and {MINE}) w where w.way is not null;
        return;
    end if;
    if asked is not null then
        {named(BEGINS, begins("k.word", "asked"))}
        if also <> '{{}}' then
            {named(str(Way.OTHER_FORM.value), "k.word = any (also)")}
        end if;
    end if;
    if loosely and typos <> '{{}}' then
        {named(str(Way.ONE_LETTER.value), "k.word = any (typos)")}
        {named(str(Way.ONE_LETTER.value), "k.patterns && open_letters and k.word <> asked")}
    end if;
    if loosely and heard is not null then
        {named(str(Way.SOUND.value), ALIKE)}
    end if;
    if day is not null then
        {person(Way.BORN, "p.born_on = day")}
    end if;
    if exchanged is not null then
        {person(Way.EXCHANGED, "p.born_on = exchanged")}
    end if;
    if code is not null then
        {person(Way.IDENTIFIER, "p.upn = code")}
        {person(Way.IDENTIFIER, "p.ni_number = code")}
        {person(Way.IDENTIFIER, "p.nhs_number = code")}
    end if;
    if known_by is not null then
        return query select f.id, null::bigint, {Way.REFERENCE.value} from families_family f
            where f.reference = known_by and f.scope_id = any (seen);
    end if;
    if sought ? 'postcode' then
        {home(Way.POSTCODE, "families_home", "h.postcode = place")}
    end if;
    if sought ? 'district' then
        {home(Way.DISTRICT, "families_home", f"h.postcode >= place and h.postcode < (place || {LAST_SIGN})")}
    end if;
    if from_end is not null then
        {home(Way.TELEPHONE, "families_phone", begins("slf.telephone_from_end(h.number)", "from_end"))}
    end if;
end
$$;
alter function slf.search_part(jsonb, date, boolean, bigint[], bigint[], bigint[], bigint[]) owner to slf_definer;
revoke all on function slf.search_part(jsonb, date, boolean, bigint[], bigint[], bigint[], bigint[])
    from public, slf_app, slf_owner, slf_maintenance;
"""

IN_FULL = ", ".join(
    quoted(role)
    for role in Role
    if RecordClass.RECORD in OPENS[role].read - OPENS[role].held
)  # fmt: skip
BY_NAME_ONLY = ", ".join(quoted(role) for role in Role if RecordClass.RECORD in OPENS[role].named)
"""Roles whose posts open the whole record of every family of theirs; those that do so only where they are named."""

# The last part is asked first, as the rarest: a day or number, else the surname. The others are then looked for in its
# families alone, unless the search is asked to go widely.
SEARCH = f"""
create or replace function slf.search(asked jsonb, on_day date, loosely boolean, widely boolean)
returns table (family_id bigint, part integer, person_id bigint, way integer, place bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    seen bigint[] := slf.scopes('read_card');
    opened bigint[] := '{{}}';
    held bigint[] := '{{}}';
begin
    if jsonb_path_exists(asked, '$[*] ? (exists (@.postcode) || exists (@.district) || exists (@.telephone))') then
        opened := array(select r.scope_id from slf.reaches(slf.acting_user()) r
                        where r.role in ({IN_FULL}) and (r.by_name or r.role not in ({BY_NAME_ONLY})));
        held := array(select slf.families_held(slf.acting_user()));
    end if;
    return query
    with parts as materialized (
        select a.sought, a.number::integer number, jsonb_array_length(asked) last
        from jsonb_array_elements(asked) with ordinality a (sought, number)
    ), of_the_last as materialized (
        select p.number, h.* from parts p,
               lateral slf.search_part(p.sought, on_day, loosely, null, seen, opened, held) h
        where p.number = p.last
    ), within as materialized (
        select case when not widely then array(select distinct l.family_id from of_the_last l) end families
    ), all_hits as (
        select * from of_the_last
        union all
        select p.number, h.* from within w, parts p,
               lateral slf.search_part(p.sought, on_day, loosely, w.families, seen, opened, held) h
        where p.number < p.last
    ), hits as materialized (
        select h.family_id, h.number, h.person_id, min(h.way) way from all_hits h group by 1, 2, 3
    ), people as (
        select hits.*, case when hits.person_id is null then 1
                       else count(*) over (partition by hits.family_id, hits.person_id) end parts from hits
    ), best as (
        select distinct on (p.family_id, p.number) p.* from people p
        order by p.family_id, p.number, p.parts desc, p.way, p.person_id
    ), families as (
        select b.family_id, count(*) parts, max(b.parts) in_one, sum(b.way) ways from best b group by 1
    ), closest as (
        select f.*, max(f.parts) over () most from families f
    ), ranked as (
        select c.family_id, row_number() over (order by c.in_one desc, c.ways, x.name, x.id) place
        from closest c join lateral (select y.id, y.name from families_family y where y.id = c.family_id) x on true
        where c.parts = c.most order by 2 limit {MOST}
    )
    select b.family_id, b.number, b.person_id, b.way, r.place
    from ranked r join best b on b.family_id = r.family_id order by r.place, b.number;
end
$$;
""" + definer("slf.search(jsonb, date, boolean, boolean)")

TELEPHONES = (
    "create index families_phone_from_end on families_phone (slf.telephone_from_end(number) text_pattern_ops) "
    "where not protected and not in_error"
)

FORWARD = [WORDS, *KEPT, KEEPING, KEPT_BY, TELEPHONES, ANSWERS, SEARCH]
REVERSE = """
    drop function if exists slf.search(jsonb, date, boolean, boolean);
    drop function if exists slf.search_part(jsonb, date, boolean, bigint[], bigint[], bigint[], bigint[]);
    drop index if exists families_phone_from_end;
    drop trigger if exists keep_words on families_personname;
    drop trigger if exists keep_words on families_person;
    drop trigger if exists keep_words on families_membership;
    drop trigger if exists keep_words on families_family;
    drop function if exists slf.keep_person_words();
    drop function if exists slf.keep_name_words();
    drop function if exists slf.keep_member_words();
    drop function if exists slf.keep_family_words();
    drop function if exists slf.search_words(text);
    drop function if exists slf.telephone_from_end(text);
    drop function if exists slf.open_letters(text);
    drop function if exists slf.sound(text);
    drop function if exists slf.fold(text);
"""
