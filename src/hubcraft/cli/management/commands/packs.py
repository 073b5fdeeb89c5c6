"""`hubcraft packs check | install | diff`: content packs from a folder or a zip."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db.utils import DatabaseError
from django.utils import timezone

from hubcraft.apps.frameworks import actions
from hubcraft.cli import packs
from hubcraft.content import PackError


class Command(BaseCommand):
    help = "Check content packs, install one, or say what differs between two."
    requires_system_checks = []

    def add_arguments(self, parser):
        what = parser.add_subparsers(dest="what", required=True, metavar="check | install | diff")
        check = what.add_parser("check", help="every mistake, with file, line and what to do")
        check.add_argument("paths", nargs="+", type=Path, metavar="folder|zip")
        check.add_argument(
            "--since", default="", metavar="pack", help="an earlier version: a folder, a zip, or id@version"
        )
        install = what.add_parser("install", help="install a pack that is sound")
        install.add_argument("path", type=Path, metavar="folder|zip")
        diff = what.add_parser("diff", help="what is new, gone, moved, reworded")
        for name in ("earlier", "later"):
            diff.add_argument(name, metavar="pack", help="a folder, a zip, or id@version")

    def handle(self, *, what: str, **options):
        # This process has one thread and serves nobody: it needs no writer beside it.
        settings.HUBCRAFT_WRITES_INLINE = True
        try:
            getattr(self, what)(**options)
        except PackError as error:
            raise CommandError(packs.told_mistakes(error)) from None
        except packs.Unknown as fault:
            raise CommandError(str(fault)) from None
        except DatabaseError as fault:
            raise CommandError(f"There is nothing in {settings.DATA} yet ({fault}).") from None

    def check(self, *, paths: list[Path], since: str, **options):
        earlier = [packs.find_pack(since)] if since else []
        broken = []
        for path in paths:
            try:
                self.stdout.write(packs.told_pack(packs.read_checked(path, earlier)))
            except PackError as error:
                broken.append(f"{path}\n{packs.told_mistakes(error)}")
        if broken:
            raise CommandError("\n\n".join(broken))

    def install(self, *, path: Path, **options):
        pack = packs.read_checked(path)
        installed, is_new = actions.install_pack(pack=pack, at=timezone.now())
        done = "installed. New sessions can be about it." if is_new else "is installed already."
        self.stdout.write(f"{installed.pack} {installed.version} {done}")

    def diff(self, *, earlier: str, later: str, **options):
        for line in packs.told_comparison(packs.compared((earlier, later))):
            self.stdout.write(line)
