"""`hubcraft packs`: a broken pack is told line by line, a sound one is installed, two are compared."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.frameworks.queries import list_packs
from hubcraft.content import SHIPPED
from tests.content.test_crosswalk import LATER, OURS, REWORDED, SAYS
from tests.content.test_kinds import FILES, PACK, write
from tests.content.zips import zip_of
from tests.make import NOW

pytestmark = pytest.mark.django_db


def run(*words: object) -> str:
    said = io.StringIO()
    call_command("packs", *map(str, words), stdout=said)
    return said.getvalue()


def refusal(*words: object) -> str:
    with pytest.raises(CommandError) as told:
        run(*words)
    return str(told.value)


def made(folder: Path, **changes: str | None) -> Path:
    folder.mkdir()
    return write(folder, **changes)


def test_every_shipped_pack_is_sound():
    folders = sorted(it.parent for it in SHIPPED.glob("*/pack.toml"))
    said = run("check", *folders).splitlines()
    assert [line.split()[0] for line in said] == [folder.name for folder in folders]
    assert all(": sound. " in line for line in said)


def test_every_mistake_of_every_pack_is_told(tmp_path):
    broken = made(tmp_path / "a", first=FILES["first.toml"].replace('status = "draft"', 'status = "ours"'))
    zipped = tmp_path / "b.zip"
    zipped.write_bytes(zip_of({**FILES, "notes.txt": "?"}))
    assert refusal("check", broken, made(tmp_path / "c"), zipped) == (
        f"{broken}\n"
        'first.toml, line 1: status can\'t be "ours". Write one of: published, draft.\n'
        "1 mistake.\n\n"
        f"{zipped}\n"
        "notes.txt: This is no file of a pack. Take it out; docs/build/packs.md names what there is.\n"
        "1 mistake."
    )


def test_a_sound_zip_is_installed_once(tmp_path):
    zipped = tmp_path / "small.zip"
    zipped.write_bytes(zip_of(FILES))
    assert run("install", zipped) == "small 1.0.0 installed. New sessions can be about it.\n"
    assert [it.key for it in list_packs("en")] == ["small"]
    assert TrailEntry.objects.filter(thing="pack small 1.0.0").count() == 1
    assert run("install", zipped) == "small 1.0.0 is installed already.\n"
    assert InstalledPack.objects.count() == TrailEntry.objects.count() == 1


def test_a_refused_pack_leaves_nothing(tmp_path):
    assert "1 mistake." in refusal("install", made(tmp_path / "a", first=FILES["first.toml"] + "x = 1\n"))
    ours = made(tmp_path / "b", pack=PACK.replace('id = "small"', 'id = "hub-leadership"'))
    assert 'The id "hub-leadership" is taken' in refusal("install", ours)
    assert (InstalledPack.objects.count(), TrailEntry.objects.count()) == (0, 0)


def test_another_wording_needs_a_higher_version_and_one_of_the_same_authors(tmp_path):
    run("install", made(tmp_path / "a"))
    renamed = PACK.replace('name.en = "Small"', 'name.en = "Smaller"')
    assert "There is a version 1.0.0 with other words. Raise the version." in refusal(
        "install", made(tmp_path / "b", pack=renamed)
    )
    assert "Version 1.0.0 is installed, and this is another wording with version 0.9.0." in refusal(
        "install", made(tmp_path / "c", pack=renamed.replace("1.0.0", "0.9.0"))
    )
    stolen = renamed.replace("1.0.0", "1.1.0").replace('["Somebody"]', '["Somebody else"]')
    assert 'The id "small" is taken: the pack of that name that is installed is by Somebody.' in refusal(
        "install", made(tmp_path / "d", pack=stolen)
    )
    assert "small 1.1.0 installed." in run(
        "install",
        made(tmp_path / "e", pack=stolen.replace('["Somebody else"]', '["Somebody else", "Somebody"]')),
    )
    assert sorted(InstalledPack.objects.values_list("version", flat=True)) == ["1.0.0", "1.1.0"]


def test_other_words_than_an_installed_version_has_need_a_word_on_them(tmp_path):
    run("install", made(tmp_path / "a"))
    later = made(tmp_path / "b", pack=LATER, first=REWORDED)
    assert f'"{OURS}" has other words than in version 1.0.0.' in refusal("check", later)
    assert f'"{OURS}" has other words than in version 1.0.0.' in refusal("install", later)
    assert InstalledPack.objects.count() == 1
    assert "small 1.1.0: sound." in run(
        "check", made(tmp_path / "c", pack=LATER, first=REWORDED, crosswalk=SAYS)
    )


def test_a_pack_is_compared_with_one_that_is_not_installed(tmp_path):
    earlier, later = made(tmp_path / "a"), made(tmp_path / "b", pack=LATER, first=REWORDED)
    assert "small 1.1.0: sound." in run("check", later)
    assert "has other words than in version 1.0.0." in refusal("check", later, "--since", earlier)


def test_what_differs_between_two_packs_is_said(tmp_path):
    first = REWORDED.replace('key = "theirs"', 'key = "moved"').replace(
        'goal.en = "A goal"', 'goal.en = "The goal"'
    )
    run("install", made(tmp_path / "a"))
    later = made(tmp_path / "b", pack=LATER, first=first, crosswalk=SAYS)
    assert run("diff", "small@1.0.0", later) == (
        f"""\
small 1.0.0 → small 1.1.0

What can be rated, and whether it can be compared:
  reworded: {OURS}: can be compared (the crosswalk says so)
  new: small/first/work/moved
  gone: small/first/work/theirs

Moved:
  small/first/work/theirs → small/first/work/moved

New (1):
  small/first/work/moved text: Have little of it

Gone (1):
  small/first/work/theirs text: Have little of it

Reworded (2):
  small/first goal (en)
    - A goal
    + The goal
  {OURS} text (en)
    - Have *much* of it
    + Have plenty of it
"""
    )
    assert "Not one word differs." in run("diff", later, later)


def test_a_pack_that_is_not_here_is_said_to_be_none(tmp_path):
    install_shipped_packs(at=NOW)
    version = InstalledPack.objects.get(pack="hub-leadership").version
    assert "Not one word differs." in run("diff", f"hub-leadership@{version}", f"hub-leadership@{version}")
    assert refusal("diff", "hub-leadership@0.0.1", f"hub-leadership@{version}") == (
        "There is no folder, no zip and no pack “hub-leadership@0.0.1”."
        f" Versions of hub-leadership that are here: {version}."
    )
    assert "There is no such folder or zip." in refusal("install", tmp_path / "none")
