"""Sixty and more packs, each broken in one way: each is refused whole, with the sentence that tells what to mend."""

from pathlib import Path

import pytest

from hubcraft.content import PackError, read_brought_pack
from tests.content.broken import BROKEN, GOOD, Edit
from tests.content.zips import zip_of

LINES = (
    Path(__file__).with_name("known").joinpath("broken-packs.txt").read_text(encoding="utf-8").splitlines()
)
SENTENCES = {name: sentence.strip() for name, sentence in zip(LINES[::2], LINES[1::2], strict=True)}


def broken_zip(edit: Edit) -> bytes:
    changed = edit(dict(GOOD))
    return changed if isinstance(changed, bytes) else zip_of(changed)


def test_the_good_one_is_good_and_the_others_are_many() -> None:
    assert read_brought_pack(zip_of(GOOD)).version == "1.1.0"
    assert [name for name, _edit in BROKEN] == list(SENTENCES)
    assert len(SENTENCES) >= 60


@pytest.mark.parametrize(("name", "edit"), BROKEN, ids=[it[0] for it in BROKEN])
def test_it_is_refused_with_its_sentence(name: str, edit: Edit) -> None:
    with pytest.raises(PackError) as told:
        read_brought_pack(broken_zip(edit))
    assert SENTENCES[name] in [str(it) for it in told.value.mistakes]
