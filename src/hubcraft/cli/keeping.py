"""Back up everything in one consistent moment, and bring it back onto either engine."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps
from django.utils import timezone

from hubcraft.apps.records.actions.erasure import replay
from hubcraft.cli import archive, place
from hubcraft.cli.archive import Manifest, Unusable

READER = "reader"
# Written by Django itself from the models, with numbers that mean nothing elsewhere; and who is signed in where,
# which must not come back to life from an old file.
DERIVED = {"contenttypes", "auth", "sessions", "people.SignedIn", "people.Token", "letters.CalendarLink"}
# Filled at every start from the packs that come with the product, and the note that this was done.
INSTALLED = {"frameworks", "audit"}


def back_up(target: Path, at: datetime) -> tuple[Path, Manifest]:
    """Write the file and read it again; a folder gets a name with the moment in it."""
    if target.is_dir() or not target.suffix:
        target.mkdir(parents=True, exist_ok=True)
        target = free_name(target, at)
    if target.exists():
        raise Unusable(f"{target} exists already; a backup never replaces a file. Choose another name.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as written:
            manifest = write(written, at)
        with archive.open_archive(unfinished) as again:
            archive.verify(again, archive.read_manifest(again))
        place.sync(unfinished)
        unfinished.rename(target)
        place.sync(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target, manifest


def free_name(folder: Path, at: datetime) -> Path:
    stem = f"hubcraft-{at:%Y%m%d-%H%M%S}"
    for ending in ("", *(f"-{number}" for number in range(2, 100))):
        path = folder / f"{stem}{ending}.backup.zip"
        if not path.exists():
            return path
    raise Unusable(f"{folder} is full of backups of this very second.")


def write(written: zipfile.ZipFile, at: datetime) -> Manifest:
    """Every table as it stands at one moment, while others go on writing."""
    with snapshot():
        applied = MigrationExecutor(connections[READER]).loader.applied_migrations
        migrations: dict[str, list[str]] = {}
        for label, name in sorted(applied):
            migrations.setdefault(label, []).append(name)
        tables = []
        for model in kept_models(apps):
            # Closed before the connection it reads from, also where the disk is full in the middle of a table.
            with closing(model._base_manager.using(READER).order_by("pk").iterator()) as rows:
                tables.append(archive.write_table(written, model, rows))
    manifest = Manifest(
        format=archive.FORMAT,
        made_at=at.isoformat(),
        engine=connection.vendor,
        versions={"hubcraft": version(), "django": django.get_version()},
        migrations=migrations,
        tables=tuple(tables),
    )
    archive.write_manifest(written, manifest)
    return manifest


def version() -> str:
    import hubcraft

    return str(getattr(hubcraft, "__version__", "0.1.0"))


def kept_models(registry: StateApps | type(apps)) -> list[type[models.Model]]:
    """The models whose rows are ours to keep, always in the same order."""
    return sorted(
        (
            model
            for model in registry.get_models(include_auto_created=True)
            if model._meta.managed
            and not model._meta.proxy
            and not {model._meta.app_label, model._meta.label} & DERIVED
        ),
        key=lambda model: model._meta.label_lower,
    )


@contextmanager
def snapshot() -> Iterator[None]:
    """A connection of its own that sees one moment and keeps nobody from writing."""
    described = {**connection.settings_dict, "OPTIONS": {**connection.settings_dict.get("OPTIONS", {})}}
    if connection.vendor == "sqlite":
        # A deferred transaction reads one moment of the write-ahead log; an immediate one would lock writers out.
        described["OPTIONS"]["transaction_mode"] = "DEFERRED"
    connections.settings[READER] = described
    try:
        with transaction.atomic(using=READER):
            if connection.vendor == "postgresql":
                with connections[READER].cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        connections[READER].close()
        del connections[READER]
        del connections.settings[READER]


@dataclass(frozen=True)
class Restored:
    """What a backup held, the backup made of what was there before, and how many people were erased again."""

    manifest: Manifest
    before: Path | None
    erased: int


def restore(source: Path, *, replace: bool, at: datetime) -> Restored:
    """Bring a backup back."""
    with archive.open_archive(source) as read:
        manifest = archive.read_manifest(read)
        insist_on_known_version(manifest)
        archive.verify(read, manifest)
        before = None
        if not is_empty():
            if not replace:
                raise Unusable(
                    "This place already holds rooms or people, so nothing was changed. Restore into another folder"
                    " (--data), or say --replace: what is here is backed up first."
                )
            before, _ = back_up(settings.DATA / "backups", at)
        bring_back = restore_sqlite if connection.vendor == "sqlite" else restore_postgres
        erased = bring_back(read, manifest)
    return Restored(manifest, before, erased)


def insist_on_known_version(manifest: Manifest) -> None:
    """Refuse what a newer version wrote; an older one is brought forward after it is loaded."""
    known = MigrationExecutor(None).loader.disk_migrations
    for label, names in manifest.migrations.items():
        for name in names:
            if (label, name) not in known:
                written = manifest.versions.get("hubcraft", "?")
                raise Unusable(
                    f"This backup was made by another Hubcraft ({written}; it has {label} {name}, which this one does"
                    " not know). Restore it with that version or a newer one. Nothing was changed."
                )


def is_empty() -> bool:
    """Nothing here that people did."""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return True
    there = set(connection.introspection.table_names())
    return not any(
        model._meta.db_table in there and model._base_manager.exists()
        for model in kept_models(apps)
        if model._meta.app_label not in INSTALLED
    )


def restore_sqlite(read: zipfile.ZipFile, manifest: Manifest) -> int:
    """Build a new file beside the old one and let it take its name: all or nothing, whenever the power fails."""
    name = Path(str(connection.settings_dict["NAME"]))
    building = name.with_name(f".{name.name}.restoring")
    remove_sqlite(building)
    connection.close()
    connection.settings_dict["NAME"] = str(building)
    try:
        erased = load(read, manifest)
        with connection.cursor() as cursor:
            # Everything into the one file, so that the rename moves all of it.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA journal_mode=DELETE")
        connection.close()
        place.sync(building)
        for ending in ("-wal", "-shm"):
            name.with_name(name.name + ending).unlink(missing_ok=True)
        building.rename(name)
        place.sync(name)
        return erased
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(name)
        remove_sqlite(building)


def remove_sqlite(name: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        name.with_name(name.name + ending).unlink(missing_ok=True)


def restore_postgres(read: zipfile.ZipFile, manifest: Manifest) -> int:
    """Everything in one transaction: others see the old tables until the new ones are proven."""
    with transaction.atomic():
        ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {
            "django_migrations"
        }
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            for table in sorted(ours & set(connection.introspection.table_names(cursor))):
                cursor.execute(f"DROP TABLE {quote(table)} CASCADE")
        return load(read, manifest)


def load(read: zipfile.ZipFile, manifest: Manifest) -> int:
    """Into an empty database: the tables as the backup's version had them, its rows, and from there to today.

    Says how many people were erased again.
    """
    executor = MigrationExecutor(connection)
    targets = leaves(executor, manifest)
    state = executor.migrate(targets)
    registry = state.apps
    with transaction.atomic():
        # Also puts PostgreSQL's checks off to the end again, which migrations in this transaction called in.
        connection.check_constraints()
        loaded = {model._meta.label_lower: model for model in kept_models(registry)}
        for model in loaded.values():
            # Migrations may have filled tables; what they put there is in the backup, if it was kept.
            model._base_manager.all()._raw_delete(connection.alias)
        for table in manifest.tables:
            if table.label not in loaded:
                raise Unusable(
                    f"The backup holds {table.label}, which its version does not know. Nothing was changed."
                )
            fill(read, table, loaded[table.label])
        connection.check_constraints()
        for table in manifest.tables:
            compare(table, loaded[table.label])
        reset_numbers(list(loaded.values()))
    # PostgreSQL refuses to change a table with checks outstanding; they are done above, said here once more.
    connection.check_constraints()
    today = MigrationExecutor(connection)
    today.migrate(today.loader.graph.leaf_nodes())
    # Before anybody can read what came back: who was erased since this backup was made is erased again.
    with transaction.atomic():
        return replay(at=timezone.now())


def leaves(executor: MigrationExecutor, manifest: Manifest) -> list[tuple[str, str]]:
    """The newest migrations of the backup: those nothing else in it builds on within their app."""
    held = {(label, name) for label, names in manifest.migrations.items() for name in names}
    graph = executor.loader.graph
    held &= set(graph.nodes)
    return sorted(
        key
        for key in held
        if not any(child.key in held and child.key[0] == key[0] for child in graph.node_map[key].children)
    )


def fill(read: zipfile.ZipFile, table: archive.Table, model: type[models.Model]) -> None:
    """Store the rows exactly as they were, their moments included."""
    for field in archive.columns(model):
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            field.auto_now = field.auto_now_add = False
    for batch in archive.batches(read, table, model):
        model._base_manager.bulk_create(batch)


def compare(table: archive.Table, model: type[models.Model]) -> None:
    """What the database now holds must be what the manifest says."""
    content = archive.Sum()
    for row in model._base_manager.order_by("pk").iterator():
        content.add(archive.write_row(row))
    if (content.rows, content.text) != (table.rows, table.content):
        raise Unusable(f"{table.label} did not come back as it was, so the restore was undone.")


def reset_numbers(restored: list[type[models.Model]]) -> None:
    """New rows count on from the highest number that came back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), restored):
            cursor.execute(statement)
