"""A pack that was stored comes back as it was, or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from hubcraft.content import Pack, PackError, Text, shipped_pack

PACK = shipped_pack("hub-leadership")
FIRST_INSTALLED = Path(__file__).parent / "known" / "hub-leadership-1.0.0.json"


def shuffled(value: Any) -> Any:
    """The same content with every table's keys the other way round, as a database may return it."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(value)}
    return [shuffled(one) for one in value] if isinstance(value, list) else value


def test_a_pack_survives_a_database_that_reorders_keys() -> None:
    stored = json.loads(json.dumps(shuffled(PACK.to_json())))
    assert Pack.from_json(stored) == PACK
    assert Pack.from_json(stored).digest == PACK.digest == stored["digest"]


def test_a_changed_word_is_another_digest_and_is_not_read() -> None:
    stored = PACK.to_json()
    stored["frameworks"][0]["domains"][0]["goal"]["en"] = "Something else."
    with pytest.raises(PackError, match="not what was installed"):
        Pack.from_json(stored)


def test_a_pack_that_was_installed_before_there_were_scripts_still_loads() -> None:
    stored = json.loads(FIRST_INSTALLED.read_text(encoding="utf-8"))
    pack = Pack.from_json(stored)
    assert (pack.version, pack.scripts, pack.domains[0].how_to) == ("1.0.0", (), ())
    assert pack.digest == stored["digest"]
    assert pack.to_json() == stored


def test_a_text_falls_back_to_the_base_language_then_to_the_default() -> None:
    text = Text({"es": "hola", "en": "hello"}, default="en")
    assert [text.in_(language) for language in ("en", "es", "es-MX", "fr")] == [
        "hello",
        "hola",
        "hola",
        "hello",
    ]


def test_a_text_is_a_mapping_of_its_languages() -> None:
    assert dict(Text({"en": "hello", "es": "hola"}, default="en")) == {"en": "hello", "es": "hola"}


def test_an_unknown_domain_is_no_domain() -> None:
    with pytest.raises(KeyError):
        PACK.domain("hub-leadership/domain-9")
