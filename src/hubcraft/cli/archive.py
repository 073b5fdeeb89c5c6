"""The backup file: one zip of plain lines, the same for SQLite and PostgreSQL.

`manifest.json` says what is inside; `tables/<app>.<model>.jsonl` holds one row a line, ordered by key. Nothing
in it depends on the engine it came from, so it can be restored onto either. The secret key is never in it.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import models

FORMAT = 1
MANIFEST = "manifest.json"
# A manifest longer than this was not written by us.
LONGEST_MANIFEST = 4 * 1024 * 1024
ROWS_AT_ONCE = 500


class Unusable(Exception):
    """The file can't be restored; the message is a sentence for people."""


@dataclass(frozen=True)
class Table:
    """What the manifest says about one table."""

    label: str
    rows: int
    sha256: str  # of the lines as they stand in the file
    content: str  # of the rows, whatever their order: what the database must hold afterwards


@dataclass(frozen=True)
class Manifest:
    """What is inside, and which version of the product wrote it."""

    format: int
    made_at: str
    engine: str
    versions: dict[str, str]
    migrations: dict[str, list[str]]
    tables: tuple[Table, ...]


class Sum:
    """A hash of many rows that does not depend on their order: engines sort text differently."""

    def __init__(self) -> None:
        self.rows = 0
        self.total = 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest(), "big")) % 2**256

    @property
    def text(self) -> str:
        return f"{self.total:064x}"


def columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def write_row(row: models.Model) -> bytes:
    """One row as one line; the same bytes whichever engine it was read from."""
    values = {field.attname: plain(field, row) for field in columns(type(row))}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def plain(field: models.Field, row: models.Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | str) or isinstance(field, models.JSONField):
        return value
    if isinstance(value, float):
        return value
    return field.value_to_string(row)


def read_row(model: type[models.Model], line: bytes) -> models.Model:
    """The row that a line tells of, ready to be stored as it was."""
    values = json.loads(line)
    fields = columns(model)
    if set(values) != {field.attname for field in fields}:
        raise Unusable(f"The rows of {model._meta.label} have other columns than this version knows.")
    return model(**{field.attname: whole(field, values[field.attname]) for field in fields})


def whole(field: models.Field, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)


def write_table(archive: zipfile.ZipFile, model: type[models.Model], rows: Iterable[models.Model]) -> Table:
    """Stream the rows into the zip."""
    label, sha256, content = model._meta.label_lower, hashlib.sha256(), Sum()
    with archive.open(name_of(label), "w", force_zip64=True) as file:
        for row in rows:
            line = write_row(row)
            file.write(line)
            sha256.update(line)
            content.add(line)
    return Table(label=label, rows=content.rows, sha256=sha256.hexdigest(), content=content.text)


def name_of(label: str) -> str:
    return f"tables/{label}.jsonl"


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2, sort_keys=True) + "\n")


def open_archive(path: Path) -> zipfile.ZipFile:
    """The zip, if it is one."""
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Unusable(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise Unusable(f"{path} is a folder; name the backup file in it.") from None
    except (zipfile.BadZipFile, OSError):
        raise Unusable(f"{path} is damaged or is not a Hubcraft backup. Nothing was changed.") from None


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """What the file says about itself."""
    try:
        if archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
            raise ValueError
        told = json.loads(archive.read(MANIFEST))
        if told["format"] == FORMAT:
            return Manifest(**{**told, "tables": tuple(Table(**each) for each in told["tables"])})
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, OSError):
        raise Unusable("The file is damaged or is not a Hubcraft backup. Nothing was changed.") from None
    raise Unusable(
        f"This backup is written in format {told['format']}, which this version can't read. Use a newer Hubcraft."
    )


def verify(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every table once and compare it with the manifest, before anything is changed."""
    for table in manifest.tables:
        sha256, rows = hashlib.sha256(), 0
        for line in lines(archive, table):
            sha256.update(line)
            rows += 1
        if (rows, sha256.hexdigest()) != (table.rows, table.sha256):
            raise Unusable(
                f"The backup is damaged: {table.label} is not as it was written. Nothing was changed."
            )


def lines(archive: zipfile.ZipFile, table: Table) -> Iterator[bytes]:
    """The lines of one table, a damaged zip told in a sentence."""
    try:
        with archive.open(name_of(table.label)) as file:
            yield from file
    except (KeyError, zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError):
        raise Unusable(f"The backup is damaged: {table.label} can't be read. Nothing was changed.") from None
    except Exception as fault:
        if type(fault).__module__ != "zlib":
            raise
        raise Unusable(f"The backup is damaged: {table.label} can't be read. Nothing was changed.") from None


def batches(
    archive: zipfile.ZipFile, table: Table, model: type[models.Model]
) -> Iterator[list[models.Model]]:
    """The rows of one table, a handful at a time."""
    batch = []
    for line in lines(archive, table):
        batch.append(read_row(model, line))
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
