import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))


class TestWhatIsInstalled:
    @pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
    def test_every_package_is_pinned_by_hash(self, path):
        text = path.read_text().replace("\\\n", " ")
        packages = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
        assert packages
        assert [line for line in packages if "==" not in line or "--hash=sha256:" not in line] == []

    @pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
    def test_no_file_says_where_packages_come_from(self, path):
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links| @ ", path.read_text())

    def test_the_lock_of_the_pages_names_no_host(self):
        lock = json.loads((ROOT / "package-lock.json").read_text())
        assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
        assert all("integrity" in entry for name, entry in lock["packages"].items() if name)

    def test_nothing_of_npm_runs_while_it_is_installed(self):
        assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text()
