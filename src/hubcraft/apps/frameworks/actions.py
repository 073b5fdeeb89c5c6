"""Installing packs."""

from datetime import datetime

from hubcraft import content
from hubcraft.apps.audit import actions as audit
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.web.writer import writes


@writes
def install_shipped_packs(*, at: datetime) -> list[InstalledPack]:
    """Install every pack that comes with the product; a wording that is there already is left as it is."""
    installed = []
    for pack in content.shipped_packs():
        row, is_new = InstalledPack.objects.get_or_create(
            pack=pack.id,
            digest=pack.digest,
            defaults={"version": pack.version, "content": pack.to_json(), "installed_at": at},
        )
        if is_new:
            audit.record(
                who="the house", did="installed a pack", thing=f"pack {pack.id} {pack.version}", at=at
            )
        installed.append(row)
    return installed
