"""How people may be related, and how a family is drawn: no table, no clock, no markup."""
