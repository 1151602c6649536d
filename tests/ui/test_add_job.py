"""Work beside the page: ended, given up, or done."""

from __future__ import annotations

import threading
import time
from typing import Any

from geo.errors import TableError
from geo.ingest.imports import Progress
from geo.ingest.reading import Watch
from geo.ui.add_job import Job


def waited(job: Job) -> None:
    assert job.wait(10)


def test_work_that_nobody_wants_any_more_ends() -> None:
    ended = threading.Event()

    def work(watch: Watch) -> Any:
        try:
            while True:
                watch(Progress(rows=1))
                time.sleep(0.01)
        finally:
            ended.set()

    job = Job(work, 60)
    job.cancel()
    assert ended.wait(10)
    waited(job)
    assert (job.result, job.fault) == (None, None)


def test_work_that_takes_too_long_is_given_up_and_says_so() -> None:
    def work(watch: Watch) -> Any:
        time.sleep(0.6)  # a library that cannot be asked to stop
        watch(Progress())

    job = Job(work, 0.2)
    time.sleep(0.4)
    assert job.is_done
    assert str(job.fault) == (
        "reading took longer than 0 seconds, and was ended; part the file, or use eventmap import"
    )


def test_a_fault_of_the_file_is_kept_and_one_of_ours_is_told_without_its_trace() -> None:
    def bad(watch: Watch) -> Any:
        raise TableError("it is damaged", where="a.csv")

    def worse(watch: Watch) -> Any:
        raise ZeroDivisionError

    first, second = Job(bad, 9), Job(worse, 9)
    waited(first)
    waited(second)
    assert str(first.fault) == "a.csv: it is damaged"
    assert "fault of ours" in str(second.fault)
