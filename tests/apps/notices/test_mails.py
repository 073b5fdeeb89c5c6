"""Every mail says the same twice: as text, and set for reading; whatever people are called."""

import re

import html5lib
import pytest
from django.core import mail
from django.template import engines
from django.template.base import VariableNode
from django.templatetags.i18n import BlockTranslateNode

from hubcraft.apps.notices import actions
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.notices.writing import WRITERS, Written
from tests.device import XHTML
from tests.homes import make_account
from tests.hostile import HOSTILE
from tests.house.tree import SOURCE
from tests.make import NOW

pytestmark = pytest.mark.django_db
TEMPLATES = sorted(
    "/".join(path.parts[path.parts.index("templates") + 1 :]) for path in SOURCE.rglob("*/mail/*.txt")
)
HERE = "https://hub.example.org"
OURS = {"link": f"{HERE}/invitation/k/", "address": HERE, "out": f"{HERE}/no-more-letters/k/"}
# What no stranger's mail program would be asked to do.
ACTIVE = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "img",
    "link",
    "base",
    "video",
    "audio",
    "svg",
    "input",
}
ATTRIBUTES = {
    "style", "class", "lang", "dir", "href", "role", "width", "cellpadding", "cellspacing", "border", "bgcolor",
    "align", "name", "content", "charset",
}  # fmt: skip


def blanks(template: str) -> set[str]:
    """What a template asks to be filled in."""
    nodes = engines["django"].get_template(template).template.nodelist
    told = {it.filter_expression.var.var for it in nodes.get_nodes_by_type(VariableNode)}
    for it in nodes.get_nodes_by_type(BlockTranslateNode):
        said = {
            token.contents for token in [*it.singular, *(it.plural or [])] if token.token_type.name == "VAR"
        }
        told |= said - it.extra_context.keys() | {made.var.var for made in it.extra_context.values()}
    return told


def sent(template: str, language: str = "en", **context):
    mail.outbox.clear()
    actions.promise_written(to="ada@example.org", template=template, language=language, at=NOW, **context)
    assert actions.send_due(at=NOW) == 1
    [letter] = mail.outbox
    return letter


def html_of(letter) -> str:
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    return html


def faults_of(html: str) -> list[str]:
    """What a mail's HTML must not have."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    page = parser.parse(html)
    found = [name for _place, name, _more in parser.errors]
    for it in page.iter():
        if not isinstance(it.tag, str):
            continue
        tag = it.tag.removeprefix(XHTML)
        found += [tag] if tag in ACTIVE else []
        found += [f"{tag} {name}" for name in it.attrib if name not in ATTRIBUTES]
        style = it.attrib.get("style", "") + (it.text or "" if tag == "style" else "")
        found += [style] if re.search(r"url\(|@import|expression", style) else []
    return found


def links_of(html: str) -> list[str]:
    return [it.attrib["href"] for it in html5lib.parse(html).iter(f"{XHTML}a")]


def letters(words: str) -> str:
    return "".join(re.findall(r"\w", words))


def read(html: str) -> str:
    """What stands on it, under the name above everything and without the words of buttons."""
    body = html5lib.parse(re.sub(r">(Open|Abrir)</a>", "></a>", html)).find(f".//{XHTML}body")
    return "".join(body.itertext())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_mail_says_the_same_twice(template, language):
    context = dict.fromkeys(blanks(template), "Ada") | OURS
    letter = sent(template, language, **context)
    html = html_of(letter)
    assert faults_of(html) == []
    assert f'<html lang="{language}">' in html
    assert letters(read(html)) == letters("Hubcraft" + letter.subject + letter.body)
    assert links_of(html) == re.findall(r"https?://\S+", letter.body)
    assert len(letter.message().get_payload()) == 2
    assert letter.message().get_payload()[0].get_content_type() == "text/plain"


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_that_people_are_called_breaks_a_mail(template, words):
    letter = sent(template, **dict.fromkeys(blanks(template), words) | OURS)
    html, told = html_of(letter), letter.message()
    assert faults_of(html) == []
    assert [it for it in links_of(html) if not it.startswith(HERE)] == []
    assert len(letter.subject.splitlines()) == 1
    assert set(told.keys()) == {"Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID"}
    assert told["To"] == "ada@example.org"
    assert letters(read(html)) == letters("Hubcraft" + letter.subject + letter.body)
    for blank in blanks(template) - OURS.keys():
        if blank in body_blanks(template):
            assert letters(words) in letters(letter.body), blank


def body_blanks(template: str) -> set[str]:
    """Blanks that stand on a line below the subject, outside of every condition."""
    text = engines["django"].get_template(template).template.source.partition("\n")[2]
    return set() if "{% if" in text else set(re.findall(r"{{ (\w+) }}", text))


def test_somebody_of_a_hostile_name_is_one_line():
    ada = make_account("Ada")
    ada.name = HOSTILE["paragraphs"]
    letter = sent("roles/mail/nobody_leads.txt", hub=ada)
    assert "evil.example" in letter.body
    assert links_of(html_of(letter)) == []


def test_a_mail_that_no_server_takes_keeps_none_from_being_sent():
    OutboxMail.objects.create(to="ada@example.org\nBcc: eve@example.org", subject="A", words="A", due_at=NOW)
    actions.promise_mail(to="ben@example.org", subject="B", words="B", at=NOW)
    mail.outbox.clear()
    assert actions.send_due(at=NOW) == 1
    assert [it.to for it in mail.outbox] == [["ben@example.org"]]


def test_a_mail_is_written_as_it_is_sent(monkeypatch):
    said = {"a": Written("Now", "As it is.\n", (("List-Id", "x"),))}
    monkeypatch.setitem(WRITERS, "test", lambda about, at: said.get(about))
    for about in ("a", "gone"):
        actions.promise_to_write(to="ada@example.org", kind="test", about=about, language="es", at=NOW)
    assert set(OutboxMail.objects.values_list("subject", "words")) == {("", "")}
    mail.outbox.clear()
    assert actions.send_due(at=NOW) == 1
    [letter] = mail.outbox
    assert (letter.subject, letter.body, letter.extra_headers["List-Id"]) == ("Now", "As it is.\n", "x")
    assert '<html lang="es">' in html_of(letter)
    assert not OutboxMail.objects.filter(sent_at=None).exists()
    assert actions.send_due(at=NOW) == 0
