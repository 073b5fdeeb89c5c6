"""What was backed up comes back as it was, on either engine, or nothing is changed."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.served import hubcraft

# Each test says which engine it is about; one run of them is enough.
pytestmark = pytest.mark.names_engines

WORLD = Path(__file__).with_name("world.py").read_text()


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """A data folder on SQLite in which people have placed marks."""
    place = tmp_path_factory.mktemp("filled")
    said(hubcraft("migrate", "-v0", data=place))
    said(hubcraft("shell", "-v0", "-c", WORLD, data=place))
    return place


@pytest.fixture(scope="module")
def kept(filled) -> Path:
    """Its backup."""
    return Path(said(hubcraft("backup", data=filled)).splitlines()[0])


def said(answer) -> str:
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def refused(answer) -> str:
    assert answer.returncode != 0, answer.stdout
    assert "Traceback" not in answer.stderr, answer.stderr
    return answer.stderr


def contents(path: Path) -> dict[str, tuple[int, str]]:
    """Table by table, how many rows a backup holds and the hash of what is in them."""
    with zipfile.ZipFile(path) as archive:
        told = json.loads(archive.read("manifest.json"))
    return {table["label"]: (table["rows"], table["content"]) for table in told["tables"]}


def back_up(place: Path, **more) -> dict[str, tuple[int, str]]:
    return contents(Path(said(hubcraft("backup", data=place, **more)).splitlines()[0]))


def altered(path: Path, target: Path, change) -> Path:
    """The same zip with `change(name, bytes)` applied to each part; well-formed, but not as it was written."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def with_manifest(path: Path, target: Path, **told) -> Path:
    def change(name, body):
        return json.dumps({**json.loads(body), **told}).encode() if name == "manifest.json" else body

    return altered(path, target, change)


def test_a_backup_holds_every_row_and_no_secret(filled, kept):
    held = contents(kept)
    assert held["rooms.room"][0] == 2
    assert held["rooms.seat"][0] == 6
    assert held["reflections.mark"][0] == 33
    assert kept.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(kept) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert (filled / "secret.key").read_text().strip().encode() not in everything


def test_it_comes_back_as_it_was_into_an_empty_place(kept, tmp_path):
    said(hubcraft("restore", str(kept), data=tmp_path / "new"))
    assert back_up(tmp_path / "new") == contents(kept)
    said(hubcraft("check", data=tmp_path / "new"))


def test_it_moves_to_postgresql_and_back(kept, tmp_path, new_postgres):
    there = {"HUBCRAFT_DATABASE_URL": new_postgres(), "HUBCRAFT_SYNCHRONOUS": "OFF"}
    said(hubcraft("restore", str(kept), data=tmp_path / "grown", **there))
    assert back_up(tmp_path / "grown", **there) == contents(kept)
    moved = Path(said(hubcraft("backup", str(tmp_path), data=tmp_path / "grown", **there)).splitlines()[0])
    said(hubcraft("shell", "-v0", "-c", WORLD, data=tmp_path / "grown", **there))

    said(hubcraft("restore", str(moved), data=tmp_path / "home"))
    assert back_up(tmp_path / "home") == contents(kept)
    assert "already holds" in refused(hubcraft("restore", str(kept), data=tmp_path / "grown", **there))
    said(hubcraft("restore", str(kept), "--replace", data=tmp_path / "grown", **there))
    assert back_up(tmp_path / "grown", **there) == contents(kept)


def test_a_place_that_holds_something_is_kept_unless_it_may_be_replaced(kept, tmp_path):
    place = tmp_path / "used"
    said(hubcraft("migrate", "-v0", data=place))
    said(hubcraft("shell", "-v0", "-c", WORLD, data=place))
    before = back_up(place)

    assert "--replace" in refused(hubcraft("restore", str(kept), data=place))
    assert back_up(place) == before

    answer = said(hubcraft("restore", str(kept), "--replace", data=place))
    assert back_up(place) == contents(kept)
    assert contents(Path(answer.splitlines()[0].removeprefix("What was here is kept in "))) == before


def cut_short(path: Path, target: Path) -> Path:
    target.write_bytes(path.read_bytes()[:-200])
    return target


def one_byte_off(path: Path, target: Path) -> Path:
    body = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        largest = max(archive.infolist(), key=lambda part: part.compress_size)
    body[largest.header_offset + 60 + largest.compress_size // 2] ^= 0x55
    target.write_bytes(body)
    return target


def one_answer_changed(path: Path, target: Path) -> Path:
    def change(name, body):
        return body.replace(b"KL", b"XY") if name.endswith("rooms.seat.jsonl") else body

    return altered(path, target, change)


def one_table_missing(path: Path, target: Path) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if not name.endswith("rooms.seat.jsonl"):
                new.writestr(name, old.read(name))
    return target


def not_a_backup(path: Path, target: Path) -> Path:
    target.write_text("something else")
    return target


@pytest.mark.parametrize(
    "harm", [cut_short, one_byte_off, one_answer_changed, one_table_missing, not_a_backup]
)
def test_a_damaged_file_changes_nothing(kept, tmp_path, harm):
    damaged = harm(kept, tmp_path / "damaged.backup.zip")
    assert "damaged" in refused(hubcraft("restore", str(damaged), data=tmp_path / "new"))
    assert not (tmp_path / "new" / "hubcraft.sqlite3").exists()


def test_what_a_newer_version_wrote_is_refused(kept, tmp_path):
    with zipfile.ZipFile(kept) as archive:
        migrations = json.loads(archive.read("manifest.json"))["migrations"]
    newer = {**migrations, "rooms": [*migrations["rooms"], "9999_from_the_future"]}
    newer = with_manifest(kept, tmp_path / "newer.backup.zip", migrations=newer)
    assert "9999_from_the_future" in refused(hubcraft("restore", str(newer), data=tmp_path / "new"))
    other = with_manifest(kept, tmp_path / "format.backup.zip", format=2)
    assert "format 2" in refused(hubcraft("restore", str(other), data=tmp_path / "new"))
    assert not (tmp_path / "new" / "hubcraft.sqlite3").exists()


def test_a_backup_is_one_moment_while_people_go_on_marking(serve, tmp_path):
    product = serve(engine="sqlite")
    said(hubcraft("shell", "-v0", "-c", WORLD, data=product.data))
    kept = Path(said(hubcraft("backup", str(tmp_path), data=product.data)).splitlines()[0])
    assert contents(kept)["reflections.mark"][0] == 33
    assert "Stop it before" in refused(hubcraft("restore", str(kept), "--replace", data=product.data))
