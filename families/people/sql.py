"""The sequence that family references are numbered from."""

FORWARD = [
    "create sequence if not exists families_reference",
    "grant usage on sequence families_reference to slf_app, slf_definer, slf_maintenance",
]
REVERSE = "drop sequence if exists families_reference"
