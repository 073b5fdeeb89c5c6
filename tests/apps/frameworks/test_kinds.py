"""A life cycle and network health are frameworks to read and to use elsewhere: nobody can rate them."""

from datetime import timedelta

import pytest

from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.frameworks.queries import (
    known_pack,
    list_domains,
    list_packs,
    list_rubrics,
    newest_pack,
    rubric_of,
)
from hubcraft.content import Pack, read_pack
from hubcraft.domain.verdict import NotThere
from tests.content.test_kinds import PACK, write
from tests.make import NOW

pytestmark = pytest.mark.django_db


def install(pack: Pack, at=NOW) -> InstalledPack:
    return InstalledPack.objects.create(
        pack=pack.id, version=pack.version, digest=pack.digest, content=pack.to_json(), installed_at=at
    )


def test_a_stage_and_a_domain_of_health_are_not_offered_for_a_session(tmp_path):
    mixed = install(read_pack(write(tmp_path)))
    assert [it.key for it in list_domains("en", "small")] == ["small/first"]
    assert [it.key for it in list_rubrics(mixed.id, "en")] == ["small/first"]
    assert len(rubric_of(mixed.id, "small/first/*", "en").look_fors) == 2
    for key in ("small/initiate", "small/connections"):
        with pytest.raises(NotThere):
            rubric_of(mixed.id, key, "en")


def test_a_pack_without_a_rubric_is_not_offered(tmp_path):
    install_shipped_packs(at=NOW)
    offered = [it.key for it in list_packs("en")]
    health = PACK[: PACK.index("[[frameworks]]")] + PACK[PACK.rindex("[[frameworks]]") :]
    only = read_pack(write(tmp_path, pack=health, first=None, initiate=None))
    assert [it.kind for it in only.frameworks] == ["health"]
    install(only)
    assert [it.key for it in list_packs("en")] == offered
    assert known_pack("small") == "hub-leadership"


def test_of_versions_that_came_at_one_time_the_higher_one_is_the_newest(tmp_path):
    for version in ("1.9.0", "1.10.0", "1.2.0"):
        install(read_pack(write(tmp_path, pack=PACK.replace("1.0.0", version))))
    assert newest_pack("small").version == "1.10.0"
    install(read_pack(write(tmp_path, pack=PACK.replace("1.0.0", "1.3.0"))), at=NOW + timedelta(days=1))
    assert newest_pack("small").version == "1.3.0"
