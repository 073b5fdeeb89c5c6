"""A hub that has made a small framework its own: one version of it, a change since, and one that was brought in."""

from hubcraft.apps.frameworks.models import BroughtPack, InstalledPack, OwnFramework
from hubcraft.apps.frameworks.queries import newest_pack, pack_of
from hubcraft.apps.networks.models import Team
from hubcraft.content import adapting
from tests.make import NOW

OWN = "own-abcdefghij"


def keep_own_framework(hub: Team) -> tuple[OwnFramework, InstalledPack, BroughtPack]:
    """One domain of it with one practice and two look-fors; the first was reworded."""
    first = newest_pack()
    base = adapting.taken_over(pack_of(first.id), OWN, lambda text: text.words)
    base["frameworks"] = base["frameworks"][:1]
    framework = base["frameworks"][0]
    framework["domains"] = framework["domains"][:1]
    practices = framework["domains"][0]["practices"]
    practices[:] = [it for it in practices if len(it["look_fors"]) > 1][:1]
    practices[0]["look_fors"] = practices[0]["look_fors"][:2]
    base.pop("scripts", None)
    key = practices[0]["look_fors"][0]["key"]
    change = {"id": "a" * 32, "kind": adapting.REWORD, "key": key, "words": {"en": "We keep our word."}}
    pack = adapting.as_pack(base, "1.0.0")
    row = InstalledPack.objects.create(
        pack=OWN,
        version="1.0.0",
        digest=pack.digest,
        content=pack.to_json(),
        installed_at=NOW,
        team=hub,
        parent=first,
    )
    own = OwnFramework.objects.create(
        team=hub, pack=OWN, base=base, changes=[change], done=0, last=row, once="c" * 32, made_at=NOW
    )
    brought = BroughtPack.objects.create(team=hub, content=pack.to_json(), made_at=NOW)
    return own, row, brought
