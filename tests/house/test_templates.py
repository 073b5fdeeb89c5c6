"""Every template compiles and obeys the content security policy."""

import re

import pytest
from django.template import engines

from tests.house.tree import SOURCE, name

TEMPLATES = sorted(path for path in SOURCE.rglob("*.html") if "templates" in path.parts)

REFUSED = {
    "a CSRF token: forms are the same for every viewer": re.compile(r"csrf_token"),
    "a style attribute: the policy forbids it": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline style: the policy forbids it": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script: the policy forbids it": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an on… attribute: the policy forbids it": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "something from elsewhere": re.compile(r"(src|<link[^>]*href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_compiles(path):
    inside = path.parts[len(path.parts) - 1 - path.parts[::-1].index("templates") + 1 :]
    assert engines["django"].get_template("/".join(inside))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_holds_nothing_that_is_refused(path):
    text = path.read_text()
    # A mail is no page: no stylesheet reaches it, so it brings its styles along. Nothing else is let through.
    allowed = ("a style attribute", "an inline style") if "mail" in path.parts else ()
    refused = {why: pattern for why, pattern in REFUSED.items() if not (allowed and why.startswith(allowed))}
    assert [why for why, pattern in refused.items() if pattern.search(text)] == []
