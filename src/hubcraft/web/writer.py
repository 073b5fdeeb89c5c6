"""One queue for everything this process writes: no mark is refused because another was being written.

Jobs that wait together share one transaction, a savepoint each, and so one sync to disk. Whoever submitted a
job gets its answer only after that commit: what is acknowledged is on the disk.
"""

import functools
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from itertools import groupby
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import translation

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
Outcome = tuple[object, Exception | None]

log = logging.getLogger("hubcraft.web.writer")
# Long enough to share a sync among a herd of phones, short enough that the first of them does not wait.
MOST_IN_ONE_COMMIT = 24


def writes(action: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Run the action in the writer, inside a transaction; return or raise once it is committed.

    An action called by another action joins the transaction it is in. Where an action has a `together`, which
    takes a list of keyword arguments and gives a list of answers, jobs that wait side by side are handed to it.
    """

    @functools.wraps(action)
    def queued(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        if settings.HUBCRAFT_WRITES_INLINE or WRITER.is_current_thread():
            with transaction.atomic():
                return action(*args, **kwargs)
        job = functools.partial(queued, *args, **kwargs)
        # A refusal is a sentence: it is said in the language of whoever asked, not of the thread that answers.
        job.language = translation.get_language()  # type: ignore[attr-defined]
        return WRITER.run(job)

    queued.is_action = True  # type: ignore[attr-defined]
    return queued


def shared(job: Callable) -> tuple[Callable | None, str | None]:
    """What does several of these jobs at one go, if there is such a thing, and in which language."""
    return getattr(getattr(job, "func", None), "together", None), getattr(job, "language", None)


class Writer:
    """The queue and the one thread that empties it; the thread starts with the first job."""

    def __init__(self) -> None:
        self.waiting: queue.SimpleQueue[tuple[Callable, Future]] = queue.SimpleQueue()
        self.thread: threading.Thread | None = None
        self.starting = threading.Lock()

    def is_current_thread(self) -> bool:
        return threading.current_thread() is self.thread

    def run(self, job: Callable[[], Answer]) -> Answer:
        """Hand in a job and wait for its committed answer."""
        if self.thread is None:
            with self.starting:
                if self.thread is None:
                    self.thread = threading.Thread(target=self.work, name="writer", daemon=True)
                    self.thread.start()
        answer: Future = Future()
        self.waiting.put((job, answer))
        return answer.result()

    def work(self) -> None:
        while True:
            jobs = [self.waiting.get()]
            while len(jobs) < MOST_IN_ONE_COMMIT and not self.waiting.empty():
                jobs.append(self.waiting.get())
            outcomes = self.settle([job for job, _ in jobs])
            for (_, answer), (result, fault) in zip(jobs, outcomes, strict=True):
                if fault is None:
                    answer.set_result(result)
                else:
                    answer.set_exception(fault)

    def settle(self, jobs: Sequence[Callable]) -> list[Outcome]:
        """What became of each job, once that is on the disk."""
        outcomes = self.commit(jobs)
        if len(jobs) > 1:
            # What the database refused beside others may be their doing (rows locked crosswise with another
            # process, a neighbour that took the whole transaction along): each has one more turn, alone.
            for place, (_, fault) in enumerate(outcomes):
                if isinstance(fault, DatabaseError | InterfaceError):
                    outcomes[place] = self.commit([jobs[place]])[0]
        return outcomes

    def commit(self, jobs: Sequence[Callable]) -> list[Outcome]:
        """Every job in its own savepoint, all in one transaction."""
        outcomes: list[Outcome] = []
        connection.close_if_unusable_or_obsolete()
        try:
            with transaction.atomic():
                for (together, language), some in groupby(jobs, key=shared):
                    with translation.override(language):
                        outcomes += self.attempt_all(together, list(some))
                if connection.needs_rollback:
                    # A full disk or a lost connection undid more than the savepoint of the job that met it.
                    raise next(fault for _, fault in outcomes if fault)
        except Exception as fault:
            # The shared commit failed: nobody is told that it worked.
            outcomes = [(None, fault)] * len(jobs)
        return outcomes

    def attempt_all(self, together: Callable | None, jobs: list[Callable]) -> list[Outcome]:
        """Jobs of one kind at one go where they can be; where any of them fails, each for itself."""
        if together and len(jobs) > 1:
            try:
                with transaction.atomic():
                    return [(answer, None) for answer in together([job.keywords for job in jobs])]
            except Exception:
                log.debug("These jobs are done one by one.", exc_info=True)
        return [self.attempt(job) for job in jobs]

    def attempt(self, job: Callable) -> Outcome:
        try:
            with transaction.atomic():
                return job(), None
        except Exception as fault:
            return None, fault


WRITER = Writer()
