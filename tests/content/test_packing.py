"""A pack written as files is read as the same pack."""

import pytest

from hubcraft.content import SHIPPED, Pack, read_pack
from hubcraft.content.pack import sealed
from hubcraft.content.packing import files_of, packed


@pytest.mark.parametrize("name", sorted(it.parent.name for it in SHIPPED.glob("*/pack.toml")))
def test_a_pack_written_as_a_zip_is_read_as_the_same_pack(name):
    pack = read_pack(SHIPPED / name)
    assert read_pack(packed(pack)).to_json() == pack.to_json()
    # Not one file fewer than it was read from, but for what several pages share.
    assert {"pack.toml", "credit.md"} <= files_of(pack).keys()
    assert packed(pack) == packed(read_pack(packed(pack)))


def test_words_with_signs_that_toml_minds_come_back_as_they_were():
    pack = read_pack(SHIPPED / "hub-leadership")
    plain = pack.to_json()
    words = 'A “quote”, a "straight" one, a \\ back-stroke, a # and é.'
    plain["name"]["en"] = words
    told = Pack.from_json(sealed(plain))
    assert read_pack(packed(told)).name["en"] == words
