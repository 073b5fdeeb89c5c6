"""What programs can ask for: as OpenAPI, and as a page to read made of the same."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from hubcraft.api.operations import OPERATIONS, Operation, api
from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import page, show

EXAMPLES = Path(__file__).parent / "examples"
ROOT = "/api/v1"


@dataclass(frozen=True)
class Example:
    """One call as a test makes it, and what it is answered."""

    path: str
    body: str
    answer: str


def example_of(name: str) -> dict:
    """As a test has written it down: the address, what is sent, what comes back."""
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def described() -> dict:
    """The OpenAPI description, in the reader's language, with an example for each operation."""
    told = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT), default=str))
    told["info"]["description"] = _(
        "Reads what hubs, networks and initiatives show to you, and makes sessions and next steps."
    )
    for name, it in OPERATIONS.items():
        written, example = told["paths"][f"{ROOT}{it.path}"][it.method.lower()], example_of(name)
        written["description"] = str(it.words)
        answer = written["responses"]["201" if it.writes else "200"]["content"]["application/json"]
        answer["example"] = example["answer"]
        if it.writes:
            written["requestBody"]["content"]["application/json"]["example"] = example["body"]
    return told


@page(policy=None)
def openapi(request):
    """For tools that write a program's part of it themselves."""
    return HttpResponse(json.dumps(described(), indent=1), content_type="application/json")


@dataclass(frozen=True)
class Chapter:
    """One operation on the page."""

    operation: Operation
    path: str
    call: str
    answer: str


@page(policy=None)
def reference(request):
    """Every operation with the line that calls it and what comes back."""
    address = settings.HUBCRAFT_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    told = [chapter(it, example_of(it.name), address) for it in sorted(OPERATIONS.values(), key=in_order)]
    first, description = line(f"{address}{ROOT}/me"), f"{ROOT}/openapi.json"
    return show(request, "api/reference.html", chapters=told, first=first, description=description)


# Whose token it is first; then from above to below, then what is made.
ORDER = ("me", "networks", "initiatives", "hubs", "domains", "sessions")


def in_order(it: Operation) -> tuple:
    root = it.path.split("/")[1]
    return ORDER.index(root), it.path.count("/"), it.path, it.writes


def chapter(it: Operation, example: dict, address: str) -> Chapter:
    answer = json.dumps(example["answer"], indent=2, ensure_ascii=False)
    return Chapter(it, f"{ROOT}{it.path}", line(f"{address}{example['path']}", example["body"]), answer)


def line(address: str, body: dict | None = None) -> str:
    """The line that calls it from a terminal."""
    parts = ['curl -H "Authorization: Bearer $HUBCRAFT_KEY"']
    if body is not None:
        parts += ['-H "Content-Type: application/json"', f"-d '{json.dumps(body, ensure_ascii=False)}'"]
    return " \\\n  ".join([*parts, address])


@page(policy=None, methods=("GET", "POST"))
def nothing(request, rest: str):
    """An address that is none is answered as everything here is."""
    from hubcraft.api.refusals import not_there

    return not_there(request, NotThere())
