"""One claim run in its own process, as a worker does it: `python -m bench.claim_run UID` prints its figures as JSON."""

import json
import resource
import sys

import django


def measure(uid: str) -> dict[str, float]:
    from django.db import connection

    from bench.figures import timed
    from bench.lists import Counter
    from slf.work.services import run

    counter, done = Counter(), []
    with connection.execute_wrapper(counter):
        seconds = timed(lambda: done.append(run(uid)))
    (job,) = done
    if job is None or job.state != "done":
        message = f"The claim run did not finish: {job and (job.error or job.sentence)}"
        raise RuntimeError(message)
    return {"seconds": seconds, "queries": counter.count, "megabytes": peak_megabytes(), **job.result}


def peak_megabytes() -> float:
    """Return the most memory this process and the largest of its children held."""
    most = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / 1024


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(measure(sys.argv[1])))
