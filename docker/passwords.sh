#!/bin/sh
# Runs once, when the database is made, after roles.sql: gives the roles that log in their passwords.
set -eu
psql --set=ON_ERROR_STOP=1 --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set=app="$SLF_APP_PASSWORD" --set=owner="$SLF_OWNER_PASSWORD" --set=maintenance="$SLF_MAINTENANCE_PASSWORD" <<'SQL'
alter role slf_app password :'app';
alter role slf_owner password :'owner';
alter role slf_maintenance password :'maintenance';
SQL
