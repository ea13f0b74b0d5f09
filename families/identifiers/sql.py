"""The same rules in PostgreSQL, so that no way into the database leads past them."""

from families.identifiers.rules import MAY_BEGIN, NEVER_BEGINS, NHS_SHAPE, NI_SHAPE, UPN_LETTERS, UPN_SHAPE

FORWARD = f"""
create or replace function slf.is_upn(code text) returns boolean
language sql immutable parallel safe as $$
    select code ~ '{UPN_SHAPE}' and left(code, 1) = (
        select substr('{UPN_LETTERS}', 1 + (sum(n * case when substr(code, n, 1) ~ '[0-9]'
                                                    then substr(code, n, 1)::integer
                                                    else strpos('{UPN_LETTERS}', substr(code, n, 1)) - 1 end)
                                            % {len(UPN_LETTERS)})::integer, 1)
        from generate_series(2, case when code ~ '{UPN_SHAPE}' then 13 end) n)
$$;
create or replace function slf.is_nhs_number(code text) returns boolean
language sql immutable parallel safe as $$
    select code ~ '{NHS_SHAPE}' and code <> '0000000000' and (
        select sum((11 - n) * substr(code, n, 1)::integer) % 11 = 0
        from generate_series(1, case when code ~ '{NHS_SHAPE}' then 10 end) n)
$$;
create or replace function slf.is_ni_number(code text) returns boolean
language sql immutable parallel safe as $$
    select code ~ '{NI_SHAPE}' and code ~ '{MAY_BEGIN}' and code !~ '{NEVER_BEGINS}'
$$;
"""
REVERSE = """
drop function if exists slf.is_upn(text);
drop function if exists slf.is_nhs_number(text);
drop function if exists slf.is_ni_number(text);
"""
