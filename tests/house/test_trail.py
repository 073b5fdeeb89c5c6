"""Whatever is written into the trail has a sentence, so that everybody reads it in their own language."""

import ast

import pytest
from django.utils import translation

from hubcraft.apps.audit.sentences import patterns, said
from hubcraft.apps.networks.models import Role
from hubcraft.apps.roles.actions.roles import worded
from tests.house.tree import SOURCE, name

# Calls that write the trail, also by way of an app's own short form.
WRITES = {"record", "note", "tell"}


def text_of(node: ast.expr) -> str | None:
    """A text as written, with a letter where something is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(it) if isinstance(it, ast.Constant) else "x" for it in node.values)
    return None


def texts_of(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*texts_of(node.body), *texts_of(node.orelse)]
    text = text_of(node)
    return [text] if text is not None else []


def acts(tree: ast.AST):
    """What a module says that somebody did: `did=…`, `did = …`, `told.append(…)`, and the words given to a short form."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and [getattr(it, "id", "") for it in node.targets] == ["did"]:
            yield from texts_of(node.value)
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield from (it for one in node.keywords if one.arg == "did" for it in texts_of(one.value))
            if called in WRITES:
                found = [it for one in node.args for it in texts_of(one) if " " in it]
                yield from (
                    it
                    for it in found
                    if it != "the house" and not it.startswith(("step x", "room x", "session x"))
                )


@pytest.mark.parametrize(
    "path",
    sorted((SOURCE / "apps").rglob("actions*/**/*.py")) + sorted((SOURCE / "apps").rglob("actions.py")),
    ids=name,
)
def test_every_act_has_its_sentence(path):
    known = [pattern for pattern, _sentence in patterns("did")]
    assert [
        it for it in acts(ast.parse(path.read_text())) if not any(one.fullmatch(it) for one in known)
    ] == []


def test_no_sentence_is_the_same_in_spanish():
    for kind in ("did", "who"):
        with translation.override("es"):
            same = [
                pattern.pattern for pattern, sentence in patterns(kind) if pattern.fullmatch(str(sentence))
            ]
        assert same == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("role", Role)
def test_every_role_is_called_in_the_trail_as_it_is_everywhere(role, language):
    with translation.override(language):
        assert f" {role.label} " in said(f"gave Ada the role of {worded(role)} in Riverbend")
