import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from slf.embedded.places import lives
from slf.embedded.processes import Child, Output, Tree, with_parent

ROOT = Path(__file__).resolve().parents[3]
SLEEP = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('here', flush=True); time.sleep(600)",
]


def sleeper(name: str, command: list[str] = SLEEP, **more) -> Child:
    return Child(name, lambda: command, **more)


def text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def wait_for(condition, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def tree(tmp_path):
    tree = Tree([], Output(tmp_path))
    yield tree
    tree.end()
    for child in tree.started:
        child.stop()


class TestATree:
    def test_stops_in_the_order_asked_and_leaves_nobody(self, tree, capsys):
        tree.start(sleeper("postgres"), sleeper("worker"), sleeper("web"))
        pids = [child.process.pid for child in tree.started]
        tree.stop(lambda child: ["web", "worker", "postgres"].index(child.name))
        said = [line.split("|")[0].strip() for line in capsys.readouterr().out.splitlines() if "stopping" in line]
        assert said == ["web", "worker", "postgres"]
        assert [pid for pid in pids if lives(pid)] == []

    def test_kills_one_that_does_not_listen(self, tree, tmp_path):
        child = sleeper("worker", STUBBORN, patience=0.3)
        tree.start(child)
        wait_for(lambda: "here" in text_of(tmp_path / "logs" / "worker.log"))
        child.stop()
        assert child.process.returncode == -signal.SIGKILL

    def test_reports_a_dead_child_and_starts_it_again(self, tree, capsys):
        child = sleeper("worker", pause=0.1)
        tree.start(child)
        first = child.process.pid
        watching = threading.Thread(target=tree.watch)
        watching.start()
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: child.process.pid != first)
        tree.end()
        watching.join()
        assert child.died() is None
        assert "ended by itself (killed by signal 9)" in capsys.readouterr().out

    def test_waits_longer_each_time_a_child_dies_at_once(self):
        child = sleeper("worker", pause=1)
        child.started = time.monotonic()
        assert [child.next_pause() for _ in range(6)] == [2, 4, 8, 16, 30, 30]

    def test_keeps_what_a_child_says_under_its_name(self, tree, tmp_path, capsys):
        tree.start(sleeper("web"))
        wait_for(lambda: text_of(tmp_path / "logs" / "web.log") == "here\n")
        wait_for(lambda: "web | here" in capsys.readouterr().out)

    def test_tells_whether_a_preparation_went_well(self, tree):
        fails, works = ([sys.executable, "-c", f"raise SystemExit({code})"] for code in (3, 0))
        assert tree.run("prepare", (works, {}))
        assert not tree.run("prepare", (fails, {}), (works, {}))


@pytest.mark.faults
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
class TestATreeThatIsKilled:
    def test_takes_its_children_with_it(self, tmp_path):
        script = textwrap.dedent("""
            import sys, time
            from pathlib import Path
            from slf.embedded.processes import Child, Output, Tree, with_parent
            sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
            tree = Tree([], Output(Path(sys.argv[1])))
            tree.start(*(Child(name, lambda: with_parent(sleep)) for name in ("web", "worker")))
            print(*(child.process.pid for child in tree.started), flush=True)
            time.sleep(600)
        """)
        command = [sys.executable, "-c", script, str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
            pids = [int(pid) for pid in parent.stdout.readline().split()]
            parent.kill()
        assert len(pids) == 2
        wait_for(lambda: not any(lives(pid) for pid in pids))

    def test_a_command_that_ends_with_its_parent_is_still_the_command(self):
        done = subprocess.run(with_parent(["echo", "hello"]), capture_output=True, text=True, check=True)
        assert done.stdout == "hello\n"
