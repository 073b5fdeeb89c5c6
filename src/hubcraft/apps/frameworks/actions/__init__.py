"""Installing packs."""

from datetime import datetime

from hubcraft import content
from hubcraft.apps.audit import actions as audit
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.frameworks.queries import installed_versions
from hubcraft.content import Mistake, Pack, PackError
from hubcraft.web.writer import writes


@writes
def install_shipped_packs(*, at: datetime) -> list[InstalledPack]:
    """Install every pack that comes with the product; a wording that is there already is left as it is."""
    installed = []
    for pack in content.shipped_packs():
        row, _is_new = _install(pack, at)
        installed.append(row)
    return installed


@writes
def install_pack(*, pack: Pack, at: datetime) -> tuple[InstalledPack, bool]:
    """Install a pack that somebody brought, and say whether it is new here. Raises PackError, and nothing is kept.

    Another wording of a pack that is here already is a later version, by one of the same authors.
    """
    if any(pack.id == it.id and pack.digest != it.digest for it in content.shipped_packs()):
        raise refused(f'"{pack.id}" comes with the program.', "Give your pack an id of its own.")
    there = [it for it in installed_versions(pack.id) if it.digest != pack.digest]
    is_here = InstalledPack.objects.filter(pack=pack.id, digest=pack.digest).exists()
    if there and not is_here:
        newest = max(there, key=lambda it: it.numbers)
        if not set(newest.authors) & set(pack.authors):
            raise refused(
                f'The id "{pack.id}" is taken: the pack of that name that is installed is by'
                f" {', '.join(newest.authors)}.",
                "Give your pack an id of its own.",
            )
        if newest.numbers >= pack.numbers:
            raise refused(
                f"Version {newest.version} is installed, and this is another wording with version {pack.version}.",
                "Raise the version.",
            )
    return _install(pack, at)


def _install(pack: Pack, at: datetime) -> tuple[InstalledPack, bool]:
    """The row of this wording, and whether it is new; a wording that is there already is left as it is."""
    row, is_new = InstalledPack.objects.get_or_create(
        pack=pack.id,
        digest=pack.digest,
        defaults={"version": pack.version, "content": pack.to_json(), "installed_at": at},
    )
    if is_new:
        audit.record(who="the house", did="installed a pack", thing=f"pack {pack.id} {pack.version}", at=at)
    return row, is_new


def refused(what: str, remedy: str) -> PackError:
    """Why a pack that can be read is not installed here."""
    return PackError([Mistake("pack.toml", None, what, remedy)])
