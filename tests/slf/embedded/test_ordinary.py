"""PostgreSQL refuses to be root: each way round that is tried as far as this machine allows."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from slf.embedded import ordinary, servers
from slf.embedded.places import private_dir, socket_dir
from slf.embedded.postgres import Postgres, find_binaries

ROOT = Path(__file__).resolve().parents[3]
NO_ADDRESSES: dict[str, str] = {}
as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root has to become somebody else")

# Imported as root, who may be the only one to read the packages; then root is given up.
AS_AN_ORDINARY_USER = """
import os, sys
from pathlib import Path
import psycopg2
from slf.embedded import ordinary, postgres, servers
folder, binaries, uid, gid = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
sys.executable = sys.argv[5]
os.setgroups([]); os.setgid(gid); os.setuid(uid)
postgres.find_binaries = lambda: binaries
server = postgres.Postgres(folder)
server.start()
print(server.who.name, server.query("select current_user")[0][0])
server.stop()
print(server.pid())
"""


def python_for_all() -> str:
    """Return a Python that an ordinary user of this machine can run."""
    nobody = pwd.getpwnam(ordinary.NOBODY)
    become = ordinary.Runner("nobody", ("--user", f"{nobody.pw_uid}:{nobody.pw_gid}"))
    for python in (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"):
        if Path(python).exists() and ordinary.works(become, python, "-c", "pass"):
            return python
    pytest.skip("this machine has no Python that an ordinary user may run")


def owner_of(pid: int) -> str:
    return pwd.getpwuid(Path(f"/proc/{pid}").stat().st_uid).pw_name


class TestAsRoot:
    @as_root
    def test_files_stay_roots_own_inside_a_namespace(self, running):
        if ordinary.runner().owner:
            pytest.skip("this machine allows no user namespace")
        server = Postgres(running)
        assert server.data.stat().st_uid == 0
        assert owner_of(server.pid()) == "root"

    @as_root
    def test_without_namespaces_nobody_runs_a_copy(self, monkeypatch, tmp_path):
        monkeypatch.setenv(ordinary.FORCED, ordinary.NOBODY)
        server = Postgres(tmp_path)
        try:
            server.start()
            assert owner_of(server.pid()) == "nobody"
            assert server.query("select count(*) from pg_database where datname = 'slf'") == [(1,)]
            assert server.sockets.resolve().stat().st_mode & 0o077 == 0
        finally:
            server.stop()
            shutil.rmtree(server.who.home(tmp_path.resolve()))


class TestAsAnOrdinaryUser:
    @as_root
    def test_the_server_just_runs(self):
        nobody = pwd.getpwnam(ordinary.NOBODY)
        owner = (nobody.pw_uid, nobody.pw_gid)
        with tempfile.TemporaryDirectory(prefix="slf") as parent:
            Path(parent).chmod(0o755)
            binaries = find_binaries()
            copy = Path(parent) / "copy"
            ordinary.copy_binaries(binaries, copy, owner=owner)
            home = ordinary.Runner("nobody", owner=owner).own(Path(parent) / "home")
            command = [sys.executable, "-c", AS_AN_ORDINARY_USER, str(home)]
            command += [str(copy / binaries.relative_to(binaries.parents[2])), *map(str, owner), python_for_all()]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
        assert done.stdout.splitlines() == ["this user postgres", "None"], done.stderr


class TestPlaces:
    def test_sockets_lie_inside_the_folder_when_the_path_is_short(self):
        assert socket_dir(Path("/srv/slf/.local")) == Path("/srv/slf/.local/run")

    def test_sockets_lie_in_the_temporary_folder_when_the_path_is_long(self):
        long = Path("/srv") / ("a-folder-with-a-long-name/" * 5)
        assert socket_dir(long).parent == Path(tempfile.gettempdir())
        assert socket_dir(long) != socket_dir(long / "other")

    def test_a_folder_that_is_a_link_of_somebody_else_is_refused(self, tmp_path):
        (tmp_path / "theirs").mkdir()
        (tmp_path / "run").symlink_to(tmp_path / "theirs")
        with pytest.raises(PermissionError):
            private_dir(tmp_path / "run")

    def test_servers_start_under_a_long_path(self, tmp_path):
        long = tmp_path / ("a-folder-with-a-long-name-" * 4)
        wanted = servers.needed(long, NO_ADDRESSES)
        try:
            servers.start(wanted)
            assert all(server.answers() for server in wanted)
        finally:
            servers.stop(long, NO_ADDRESSES)
            shutil.rmtree(socket_dir(long))
