"""What the reference shows is what a program gets: each example is called, and is answered as it is written down."""

import json
import os

import pytest
from django.urls import resolve

from hubcraft.api.operations import OPERATIONS
from hubcraft.api.reference import EXAMPLES, ROOT
from tests.api.examples import BODIES, WHO, Examples
from tests.api.programs import masked

pytestmark = pytest.mark.django_db


def test_every_operation_has_a_rule_and_words():
    assert len(OPERATIONS) > 10
    assert [it.name for it in OPERATIONS.values() if not str(it.summary)] == []
    # What every token may: whose it is, and words that everybody may read.
    assert {it.name for it in OPERATIONS.values() if it.policy is None} <= {"me", "domains", "make-session"}
    assert [
        it.name for it in OPERATIONS.values() if not hasattr(resolve(f"{ROOT}{it.path}").func, "policy")
    ] == []


def test_every_operation_has_its_example_and_every_example_an_operation():
    assert WHO.keys() == OPERATIONS.keys()
    assert BODIES.keys() == {it.name for it in OPERATIONS.values() if it.writes}
    assert {it.stem for it in EXAMPLES.glob("*.json")} == OPERATIONS.keys()


def test_examples_are_true():
    examples, differs = Examples(), {}
    for name, it in OPERATIONS.items():
        path, body = examples.path(name), BODIES.get(name)
        response = examples.program(WHO[name]).ask(it.method, path, body)
        assert response.status_code == (201 if it.writes else 200), (name, response.content)
        told = {"path": f"{ROOT}{path}", "body": body, "answer": response.json()}
        text = masked(json.dumps(told, indent=1, ensure_ascii=False)) + "\n"
        file = EXAMPLES / f"{name}.json"
        if "WRITE_EXAMPLES" in os.environ:
            file.write_text(text, encoding="utf-8")
        if file.read_text(encoding="utf-8") != text:
            differs[name] = text
    assert differs == {}
