"""What can be rated under which key: a domain, all of it with drafts, a practice, a look-for, all at a glance."""

from dataclasses import replace

import pytest

from hubcraft.content import (
    Domain,
    LookFor,
    Pack,
    Practice,
    Text,
    domain_at,
    rubric_at,
    rubric_keys,
    shipped_pack,
)

SCALE = shipped_pack("hub-leadership").scales[0]


def text(words: str) -> Text:
    return Text({"en": words}, "en")


def look_for(key: str, status: str = "published", origin: str = "") -> LookFor:
    return LookFor(key, text(f"Words of {key}."), status, origin=origin)


def domain(number: int, *practices: Practice, kind: str = "domain") -> Domain:
    of_first = shipped_pack("hub-leadership").domain("hub-leadership/domain-1")
    return replace(
        of_first,
        key=f"small/d{number}",
        kind=kind,
        number=number,
        name=text(f"Domain {number}"),
        heading=None,
        practices=practices,
        scale=SCALE,
    )


def pack(*domains: Domain, id: str = "small") -> Pack:
    shipped = shipped_pack("hub-leadership")
    framework = replace(shipped.frameworks[0], domains=domains)
    return replace(shipped, id=id, frameworks=(framework,), scripts=())


FIRST = domain(
    1,
    Practice("small/d1/a", text("A"), (look_for("small/d1/a/x"), look_for("small/d1/a/y")), "published"),
    Practice("small/d1/b", text("B"), (look_for("small/d1/b/z", "draft"),), "published"),
    Practice("small/d1/c", text("C"), (), "published"),
)
SECOND = domain(2, Practice("small/d2/a", text("D"), (look_for("small/d2/a/x", "draft"),), "draft"))
SMALL = pack(FIRST, SECOND, domain(3))


def rows(key: str, of: Pack = SMALL) -> list[str]:
    return [row.key.removeprefix("small/") for row in rubric_at(of, key).rows]


@pytest.mark.parametrize(
    ("key", "expected", "status"),
    [
        ("small/d1", ["d1/a/x", "d1/a/y"], "published"),
        ("small/d1/*", ["d1/a/x", "d1/a/y", "d1/b/z"], "partly"),
        ("small/d2", ["d2/a/x"], "draft"),
        ("small/d2/*", ["d2/a/x"], "draft"),
        ("small/d1/a", ["d1/a/x", "d1/a/y"], "published"),
        ("small/d1/b", ["d1/b/z"], "draft"),
        ("small/d1/a/y", ["d1/a/y"], "published"),
        ("small/*", ["d1/a", "d1/b", "d1/c", "d2/a"], "partly"),
    ],
)
def test_a_key_says_what_is_rated(key: str, expected: list[str], status: str) -> None:
    assert (rows(key), rubric_at(SMALL, key).status) == (expected, status)


@pytest.mark.parametrize(
    "key",
    ["small", "*", "small/d3", "small/d1/c", "small/d1/a/none", "small/d1/a/*", "other/d1", "other/*", ""],
)
def test_what_has_no_rows_is_no_rubric(key: str) -> None:
    assert rows("small/d1/a")
    with pytest.raises(KeyError):
        rubric_at(SMALL, key)


def test_practices_without_look_fors_of_a_domain_are_named_all_the_same() -> None:
    parts = [(part.title.in_("en"), len(part.rows)) for part in rubric_at(SMALL, "small/d1").parts]
    assert parts == [("A", 2), ("B", 0), ("C", 0)]


def test_at_a_glance_each_practice_stands_beside_its_domain() -> None:
    glance = rubric_at(SMALL, "small/*")
    assert [part.title.in_("en") for part in glance.parts] == ["Domain 1", "Domain 2"]
    assert (glance.domain, glance.scale, glance.rows[0].text.in_("en")) == (None, SCALE, "A")


def test_a_title_at_a_glance_is_words_and_no_markup() -> None:
    odd = domain(4, Practice("small/d4/a", text("Ask & <listen>"), ()))
    [row] = rubric_at(pack(odd), "small/*").rows
    assert row.html.in_("en") == "Ask &amp; &lt;listen&gt;"


def test_every_key_that_is_listed_can_be_rated_and_is_listed_once() -> None:
    keys = [key for key, _reach in rubric_keys(SMALL)]
    assert keys == [
        "small/d1",
        "small/d1/*",
        "small/d1/a",
        "small/d1/a/x",
        "small/d1/a/y",
        "small/d1/b",
        "small/d1/b/z",
        "small/d2",
        "small/d2/a",
        "small/d2/a/x",
        "small/*",
    ]
    assert [rubric_at(SMALL, key).reach for key in keys] == [reach for _key, reach in rubric_keys(SMALL)]


def test_one_domain_alone_is_not_offered_at_a_glance() -> None:
    assert ("small/*", "glance") in rubric_keys(SMALL)
    assert ("small/*", "glance") not in rubric_keys(pack(FIRST))


def test_a_stage_or_a_log_is_neither_rated_nor_seen_at_a_glance() -> None:
    stage = domain(5, Practice("small/d5/a", text("E"), (look_for("small/d5/a/x"),)), kind="stage")
    assert rows("small/*", pack(FIRST, SECOND, stage)) == ["d1/a", "d1/b", "d1/c", "d2/a"]
    with pytest.raises(KeyError):
        rubric_at(pack(FIRST, stage), "small/d5")


def test_a_hubs_own_rubric_is_all_it_wrote_and_its_own_words_are_no_draft_of_ours() -> None:
    own_domain = replace(
        FIRST,
        key="own-1/d1",
        practices=(
            Practice(
                "own-1/d1/a",
                text("A"),
                (
                    look_for("own-1/d1/a/x", origin="small/d1/a/x"),
                    look_for("own-1/d1/a/y", "draft", origin="small/d1/b/z"),
                    look_for("own-1/d1/a/z", "draft"),
                ),
                "published",
            ),
        ),
    )
    own = pack(own_domain, id="own-1")
    assert [row.status for row in rubric_at(own, "own-1/d1").rows] == ["published", "draft", "own"]
    assert rubric_keys(own)[1][1] == "practice"


def test_the_domain_of_a_key() -> None:
    found = [domain_at(SMALL, key) for key in ("small/d1", "small/d1/*", "small/d1/a/x", "small/*")]
    assert found == [FIRST, FIRST, FIRST, None]
    with pytest.raises(KeyError):
        domain_at(SMALL, "small/d9")


def test_domain_1_is_rated_as_its_authors_published_it() -> None:
    told = rubric_at(shipped_pack("hub-leadership"), "hub-leadership/domain-1")
    assert (len(told.rows), told.status, len(told.parts)) == (11, "published", 5)
