"""Whatever a hub does with a framework, what it took over and every version it made stay what they were."""

import copy
import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from hubcraft.content import SHIPPED, Text, adapting, read_pack
from hubcraft.content.crosswalk import passages_between
from hubcraft.content.packing import packed

PACK = read_pack(SHIPPED / "hub-leadership")
DIGEST = PACK.digest
OWN = "own-abc"
BASE = adapting.taken_over(PACK, OWN, lambda text: text.words)
# One domain and no scripts: enough to change, and little to read again and again.
SMALL = copy.deepcopy(BASE)
SMALL.pop("scripts")
SMALL["frameworks"][0]["domains"] = SMALL["frameworks"][0]["domains"][:1]
SMALL["frameworks"] = SMALL["frameworks"][:1]
KEYS = sorted(line.key for line in adapting.lines_in(BASE) if line.key.startswith(f"{OWN}/domain-1"))

WORDS = st.fixed_dictionaries(
    {}, optional={"en": st.sampled_from(["One.", "Two."]), "es": st.just("Tres.")}
).filter(bool)
LINE = st.sampled_from(KEYS)
CHANGE = st.one_of(
    st.builds(lambda key, words: {"kind": "reword", "key": key, "words": words}, LINE, WORDS),
    st.builds(
        lambda key, kind: {"kind": kind, "key": key},
        LINE,
        st.sampled_from(["up", "down", "hide", "show", "put-back"]),
    ),
    st.builds(
        lambda key, name, words: {"kind": "add", "key": key, "name": f"own-{name}", "words": words},
        LINE.filter(lambda key: key.count("/") < 3),
        st.integers(1, 3),
        WORDS,
    ),
    st.builds(lambda words: {"kind": "rename", "key": "", "words": words}, WORDS),
)
ACT = st.one_of(CHANGE, st.just("undo"), st.just("version"))


def test_what_was_taken_over_unchanged_reads_the_same_and_joins_throughout():
    own = adapting.as_pack(BASE, "1.0.0")
    assert [it.text for it in own.domains[0].look_fors] == [it.text for it in PACK.domains[0].look_fors]
    passages = passages_between(PACK, own)
    assert passages
    assert all(it.joins for it in passages)


def test_a_reworded_line_joins_nothing_of_the_original():
    key = next(it for it in KEYS if it.count("/") == 3)
    told = adapting.changed(BASE, [{"kind": "reword", "key": key, "words": {"en": "Other words."}}])
    seams = [it for it in passages_between(PACK, adapting.as_pack(told, "1.0.0")) if not it.joins]
    assert [it.before for it in seams] == [(key.replace(OWN, PACK.id, 1),)]


@settings(max_examples=40, deadline=None)
@given(st.lists(ACT, max_size=12))
def test_no_sequence_of_changes_undone_and_made_versions_of_touches_what_was_there(acts):
    base, changes, done = copy.deepcopy(SMALL), [], 0
    versions, kept = [], []
    for act in acts:
        if act == "undo":
            changes = changes[: max(done, len(changes) - 1)]
        elif act == "version":
            pack = adapting.as_pack(adapting.changed(base, changes), f"1.{len(versions)}.0")
            if versions:
                earlier = versions[-1]
                pack = replace(pack, crosswalks=adapting.crosswalk(earlier, pack, ()))
                read_pack(packed(pack), earlier=[earlier])
            versions.append(pack)
            kept.append(json.dumps(pack.to_json(), sort_keys=True))
            done = len(changes)
        else:
            try:
                adapting.changed(base, [*changes, act])
            except KeyError:
                continue
            changes = [*changes, act]
    assert base == SMALL
    assert PACK.digest == DIGEST
    assert [json.dumps(it.to_json(), sort_keys=True) for it in versions] == kept


def test_words_in_one_language_only_are_read_by_everybody():
    assert Text({"es": "Hola."}, "en").in_("en") == "Hola."
    assert Text({"es": "Hola.", "en": "Hello."}, "en").in_("fr") == "Hello."


def test_words_that_were_written_in_another_language_only_are_other_words():
    key = next(it for it in KEYS if it.count("/") == 3)

    def version(number, words):
        told = adapting.changed(BASE, [{"kind": "reword", "key": key, "words": words}])
        return adapting.as_pack(told, number)

    first, second = version("1.0.0", {"en": "One."}), version("1.1.0", {"es": "Uno."})
    assert [it.after for it in passages_between(first, second) if not it.joins] == [(key,)]
    second = replace(second, crosswalks=adapting.crosswalk(first, second, [key]))
    assert all(it.joins for it in passages_between(first, read_pack(packed(second), earlier=[first])))
