"""One queue for everything this process writes: no mark is refused because another was being written.

Jobs that wait together share one transaction, a savepoint each, and so one sync to disk. Whoever handed in a job
gets its answer only after that commit: what is acknowledged is on the disk. There is no thread for this: one of
those who wait does the work of all, which spares a lonely mark two changes of thread.
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
        job = functools.partial(action, *args, **kwargs)
        job.together = getattr(queued, "together", None)  # type: ignore[attr-defined]
        # A refusal is a sentence: it is said in the language of whoever asked, not of the thread that answers.
        job.language = translation.get_language()  # type: ignore[attr-defined]
        return WRITER.run(job)

    queued.is_action = True  # type: ignore[attr-defined]
    return queued


def shared(job: Callable) -> tuple[Callable | None, str | None]:
    """What does several of these jobs at one go, if there is such a thing, and in which language."""
    return getattr(job, "together", None), getattr(job, "language", None)


class Writer:
    """The queue, and whose turn it is: that thread does what waits, its own job and everybody else's."""

    def __init__(self) -> None:
        self.waiting: queue.SimpleQueue[tuple[Callable, Future]] = queue.SimpleQueue()
        self.turn = threading.Lock()
        self.thread: int | None = None

    def is_current_thread(self) -> bool:
        return threading.get_ident() == self.thread

    def run(self, job: Callable[[], Answer]) -> Answer:
        """Hand in a job and return its committed answer. Not inside a transaction: that could still be undone."""
        if connection.in_atomic_block:
            raise RuntimeError("A job can’t be handed in from inside a transaction.")
        answer: Future = Future()
        self.waiting.put((job, answer))
        with self.turn:
            self.thread = threading.get_ident()
            try:
                while not answer.done():
                    self.work()
            finally:
                self.thread = None
        return answer.result()

    def work(self) -> None:
        """Commit what waits, as much of it as fits, and tell everybody concerned."""
        jobs: list[tuple[Callable, Future]] = []
        while len(jobs) < MOST_IN_ONE_COMMIT and not self.waiting.empty():
            jobs.append(self.waiting.get())
        try:
            outcomes = self.settle([job for job, _ in jobs])
        except BaseException:  # this thread is being ended: nobody may wait for it
            outcomes = [(None, RuntimeError("The server is stopping."))] * len(jobs)
            raise
        finally:
            for (_, answer), (result, fault) in zip(jobs, outcomes, strict=True):
                if fault is None:
                    answer.set_result(result)
                else:
                    answer.set_exception(fault)

    def settle(self, jobs: Sequence[Callable]) -> list[Outcome]:
        """What became of each job, once that is on the disk."""
        outcomes = self.commit(jobs)
        # What the database refused may be somebody else's doing (rows locked crosswise with another process, a
        # neighbour that took the whole transaction along): each has one more turn, alone.
        for place, (_, fault) in enumerate(outcomes):
            if isinstance(fault, DatabaseError | InterfaceError):
                outcomes[place] = self.commit([jobs[place]])[0]
        return outcomes

    def commit(self, jobs: Sequence[Callable]) -> list[Outcome]:
        """All jobs in one transaction; where there are several, each in a savepoint of its own."""
        outcomes: list[Outcome] = []
        connection.close_if_unusable_or_obsolete()
        try:
            with transaction.atomic():
                if len(jobs) == 1:
                    with translation.override(shared(jobs[0])[1]):
                        outcomes.append((jobs[0](), None))
                else:
                    outcomes += self.attempt_each(jobs)
        except Exception as fault:
            # The shared commit failed: nobody is told that it worked.
            outcomes = [(None, fault)] * len(jobs)
        return outcomes

    def attempt_each(self, jobs: Sequence[Callable]) -> list[Outcome]:
        """Several jobs, in their order; one that fails undoes only what it did."""
        outcomes: list[Outcome] = []
        for (together, language), some in groupby(jobs, key=shared):
            with translation.override(language):
                outcomes += self.attempt_all(together, list(some))
        if connection.needs_rollback:
            # A full disk or a lost connection undid more than the savepoint of the job that met it.
            raise next(fault for _, fault in outcomes if fault)
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
