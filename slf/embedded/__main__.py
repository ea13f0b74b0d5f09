"""`python -m slf.embedded start|stop|status|psql`: the embedded servers by hand."""

import os
import sys

from slf.embedded import local_dir, servers
from slf.embedded.addresses import DATABASE, OWNER_ROLE
from slf.embedded.places import POSTGRES_PORT
from slf.embedded.postgres import Postgres, ServerError, find_binaries

USAGE = "usage: python -m slf.embedded start | stop | status | psql [psql's own arguments]"


def start() -> int:
    with servers.one_at_a_time(local_dir()):
        servers.start(servers.needed(local_dir(), os.environ))
    return status()


def stop() -> int:
    if servers.stop(local_dir(), os.environ):
        return status()
    print("Left running: another process uses the servers.")
    return 1


def status() -> int:
    for server in servers.needed(local_dir(), os.environ):
        state = f"runs (process {server.pid()})" if server.answers() else "does not run"
        print(f"{server.name:9} {state}")
    return 0


def psql(*arguments: str) -> int:
    """Open psql as the owner of the tables; say `-U slf_app` to be the service."""
    binary = find_binaries() / "psql"
    where = ("-h", str(Postgres(local_dir()).sockets), "-p", str(POSTGRES_PORT), "-d", DATABASE)
    role = () if "-U" in arguments else ("-U", OWNER_ROLE)
    os.execv(binary, [str(binary), *where, *role, *arguments])


COMMANDS = {"start": start, "stop": stop, "status": status, "psql": psql}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return COMMANDS[arguments[0]](*arguments[1:])
    except ServerError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
