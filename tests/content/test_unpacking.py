"""A pack comes as a folder or as a zip; what a zip says about itself is not believed."""

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from hubcraft.content import SHIPPED, Mistake, PackError, limits, read_brought_pack, read_pack
from tests.content.test_kinds import FILES, write
from tests.content.zips import files_in, flagged, saying, with_mode, zip_of

LINK = stat.S_IFLNK | 0o777
BOMB = b"# " + b"0" * (limits.ALL_FILES + 1)


def told(source: Path | bytes) -> tuple[Mistake, ...]:
    with pytest.raises(PackError) as error:
        read_pack(source)
    return error.value.mistakes


def said(source: Path | bytes) -> set[tuple[str, str]]:
    return {(it.file, it.what) for it in told(source)}


def test_a_folder_and_a_zip_of_it_are_the_same_pack(tmp_path: Path) -> None:
    folder = write(tmp_path / "small") if (tmp_path / "small").mkdir() is None else tmp_path
    by_folder = read_pack(folder)
    assert read_pack(zip_of(FILES)) == by_folder
    assert read_pack(zip_of({f"small/{name}": words for name, words in FILES.items()})) == by_folder
    (tmp_path / "small.zip").write_bytes(zip_of(FILES))
    assert read_pack(tmp_path / "small.zip") == by_folder


@pytest.mark.parametrize("shipped", [it.name for it in SHIPPED.iterdir() if (it / "pack.toml").exists()])
def test_every_shipped_pack_is_the_same_from_a_zip(shipped: str) -> None:
    assert read_pack(zip_of(files_in(SHIPPED / shipped))).digest == read_pack(SHIPPED / shipped).digest


def test_a_windows_file_with_a_mark_of_its_byte_order_is_read() -> None:
    marked = {name: f"\ufeff{words}".replace("\n", "\r\n") for name, words in FILES.items()}
    assert read_pack(zip_of(marked)) == read_pack(zip_of(FILES))


def test_what_a_system_puts_beside_files_is_left_behind() -> None:
    beside = {"__MACOSX/._pack.toml": b"\0\1", ".DS_Store": b"\0", "Thumbs.db": b"\0"}
    assert read_pack(zip_of({**FILES, **beside})) == read_pack(zip_of(FILES))


def test_a_folder_of_a_zip_is_no_file() -> None:
    assert read_pack(zip_of({**FILES, "scripts/": ""})) == read_pack(zip_of(FILES))


@pytest.mark.parametrize(
    "name", ["../up.toml", "/etc/up.toml", "a/../../up.toml", "c:\\up.toml", "C:/up.toml", "..", "a\\up.toml"]
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    assert (name, "The name leads out of the pack.") in said(zip_of([*FILES.items(), (name, "x = 1")]))


@pytest.mark.parametrize("name", ["a//b.toml", "./a.toml", "a\x1b[2J.toml", "n" * 300 + ".toml", "/"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    assert any(
        what in ("This is no name for a file.", "The name leads out of the pack.")
        for _, what in said(zip_of([*FILES.items(), (name, "x = 1")]))
    )


def test_a_link_is_refused_in_a_zip_and_in_a_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text(FILES["first.toml"], encoding="utf-8")
    folder = tmp_path / "small"
    folder.mkdir()
    write(folder, first=None)
    assert ("first.toml", "The file is missing.") in said(folder)
    (folder / "first.toml").symlink_to(secret)
    (folder / "scripts").symlink_to(tmp_path)
    assert {("first.toml", "This is a link."), ("scripts", "This is a link.")} <= said(folder)
    packed = [*FILES.items(), (with_mode("pages/a.toml", LINK), "../secret.toml")]
    assert said(zip_of(packed)) == {("pages/a.toml", "This is a link.")}


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path)
    os.mkfifo(tmp_path / "third.toml")
    assert said(tmp_path) == {("third.toml", "This is no ordinary file.")}
    device = with_mode("third.toml", stat.S_IFCHR | 0o600)
    assert said(zip_of([*FILES.items(), (device, "")])) == {("third.toml", "This is no ordinary file.")}


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zip_of([*FILES.items(), ("first.toml", "x = 1")])
    assert said(twice) == {("first.toml", "The zip has two files of this name.")}
    assert said(zip_of([*FILES.items(), ("First.TOML", "x = 1")])) == {
        ("First.TOML", "The zip has two files of this name.")
    }


def test_a_locked_file_is_refused() -> None:
    assert ("pack.toml", "The file is locked with a password.") in said(flagged(zip_of(FILES), 1))


def test_an_unusual_way_of_packing_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "small.zip", "w", zipfile.ZIP_LZMA) as made:
        for name, words in FILES.items():
            made.writestr(name, words)
    assert ("pack.toml", "The file is packed in an unusual way.") in said(tmp_path / "small.zip")


def test_a_file_that_no_pack_has_is_refused(tmp_path: Path) -> None:
    for name in ("notes.txt", "run.py", "pages/deep/a.toml", "credit.fr.md"):
        assert said(zip_of({**FILES, name: "x = 1"})) == {(name, "This is no file of a pack.")}
    write(tmp_path)
    (tmp_path / "run.py").write_text("import os")
    assert said(tmp_path) == {("run.py", "This is no file of a pack.")}


def test_a_bomb_is_refused_by_what_comes_out_of_it() -> None:
    one = zip_of({"pack.toml": BOMB})
    assert len(one) < 5_000
    assert said(one) == {("the zip", "Its files are more than 60 times as large as the zip.")}
    many = zip_of({f"{number}.toml": os.urandom(100_000) for number in range(9)})
    assert said(many) != set() and len(many) < limits.ZIP
    stored = {f"{number}.toml": (bytes(range(256)) * 800) for number in range(11)}
    assert {what for _, what in said(zip_of(stored))} & {
        "The files are too large.",
        "Its files are more than 60 times as large as the zip.",
    }


@pytest.mark.parametrize("size", [0, 10, 2**31])
def test_what_a_zip_says_of_a_files_size_is_not_believed(size: int) -> None:
    """A size that is too small cuts the file, and its check sum says so; one that is large brings nothing more."""
    packed = saying(zip_of({"pack.toml": BOMB}), size)
    assert zipfile.ZipFile(io.BytesIO(packed)).infolist()[0].file_size == size
    assert {what for _, what in said(packed)} <= {
        "Its files are more than 60 times as large as the zip.",
        "This is no zip, or it is damaged.",
    }


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    many = {f"f{number}.toml": "x = 1" for number in range(limits.FILES + 1)}
    assert said(zip_of(many)) == {("the zip", "There are too many files.")}
    for name in many:
        (tmp_path / name).write_text("x = 1")
    assert said(tmp_path) == {(tmp_path.name, "There are too many files.")}


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    large = FILES["first.toml"] + "# more\n" * (limits.FILE // 7)
    write(tmp_path, first=large)
    assert said(tmp_path) == {("first.toml", "The file is too large.")}
    assert read_pack(write(tmp_path, first=large[: limits.FILE - 100].rpartition("\n")[0] + "\n"))


def test_a_zip_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "huge.zip").open("wb") as huge:
        huge.truncate(50_000_000_000)
    assert said(tmp_path / "huge.zip") == {("huge.zip", "The zip is too large.")}


def test_what_is_no_zip_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "small.zip").write_bytes(b"PK\x03\x04 and then nothing")
    assert said(tmp_path / "small.zip") == {("small.zip", "This is no zip, or it is damaged.")}
    assert said(tmp_path / "gone") == {("gone", "There is no such folder or zip.")}
    cut = zip_of(FILES)
    assert said(cut[: len(cut) // 2]) == {("the zip", "This is no zip, or it is damaged.")}


def test_an_id_that_is_somebody_elses_is_refused(tmp_path: Path) -> None:
    ours = {**FILES, "pack.toml": FILES["pack.toml"].replace('id = "small"', 'id = "hub-leadership"')}
    ours["initiate.toml"] = FILES["initiate.toml"].replace("small/", "hub-leadership/")
    assert read_pack(zip_of(ours)).id == "hub-leadership"
    with pytest.raises(PackError) as error:
        read_brought_pack(zip_of(ours))
    (mistake,) = error.value.mistakes
    assert str(mistake) == (
        'pack.toml, line 1: The id "hub-leadership" is taken: a pack that comes with the program has it.'
        " Give your pack an id of its own."
    )
    assert read_brought_pack(zip_of(FILES)).id == "small"
    assert read_brought_pack(SHIPPED / "hub-leadership").id == "hub-leadership"
    own = {**FILES, "pack.toml": FILES["pack.toml"].replace('id = "small"', 'id = "own-small"')}
    own["initiate.toml"] = FILES["initiate.toml"].replace("small/", "own-small/")
    with pytest.raises(PackError, match='what begins with "own-" a hub makes for itself'):
        read_brought_pack(zip_of(own))
    with pytest.raises(PackError, match='"small" is taken: another network has it'):
        read_brought_pack(zip_of(FILES), {"small": "another network has it."})
