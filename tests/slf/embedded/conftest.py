"""Servers of their own for these tests, in a folder with a short name that everybody may pass through."""

import shutil
import tempfile
from pathlib import Path

import pytest

from slf.embedded import servers

NO_ADDRESSES: dict[str, str] = {}


@pytest.fixture(scope="module")
def local_dir():
    """Return a folder whose servers are stopped when the module is done."""
    parent = Path(tempfile.mkdtemp(prefix="slf"))
    parent.chmod(0o755)
    folder = parent / "local"
    yield folder
    servers.stop(folder, NO_ADDRESSES)
    shutil.rmtree(parent)


@pytest.fixture
def running(local_dir):
    """Return the folder with both servers running in the background."""
    with servers.one_at_a_time(local_dir):
        servers.start(servers.needed(local_dir, NO_ADDRESSES))
    return local_dir
