"""`@reads` and `@makes`: how a function becomes an operation, with its rule, its words and its refusals."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from ninja import NinjaAPI, Status

from hubcraft.api.callers import Bearer
from hubcraft.api.refusals import REFUSALS, answer_refusals

api = NinjaAPI(title="Hubcraft", version="1", docs_url=None, openapi_url=None, auth=Bearer())
answer_refusals(api)


@dataclass(frozen=True)
class Operation:
    """What the reference and the tests know of an operation; `policy` is the rule that its door asks."""

    name: str
    method: str
    path: str
    policy: Callable | None
    summary: str
    words: str
    writes: bool


OPERATIONS: dict[str, Operation] = {}


def reads(path: str, *, policy: Callable | None, summary: str, words: str = "", answer: object):
    """A program asks for something; None as a policy says that every token may."""
    return operation("GET", path, policy, summary, words, {200: answer, **REFUSALS})


def makes(path: str, *, policy: Callable | None, summary: str, words: str = "", answer: object):
    """A program makes something, with a token that may write."""
    return operation("POST", path, policy, summary, words, {201: answer, **REFUSALS})


def operation(method: str, path: str, policy, summary: str, words: str, responses: dict):
    def declare(view: Callable):
        name = view.__name__.replace("_", "-")
        OPERATIONS[name] = Operation(name, method, path, policy, summary, words, method == "POST")

        @functools.wraps(view)
        def asked(request, *args, **kwargs):
            if method == "POST":
                request.auth.insist_may_write()
                return Status(201, view(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        return api.api_operation(
            [method], path, response=responses, operation_id=name, summary=summary, url_name=f"api-{name}"
        )(asked)

    return declare
