"""`hubcraft administrator [address]`: a link that signs an administrator in once, when mail can't."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db.utils import DatabaseError
from django.utils import timezone

from hubcraft.apps.people import actions, queries
from hubcraft.cli.management.commands.serve import welcome

HERE = "http://localhost:8000"


class Command(BaseCommand):
    help = "Print a link that signs an administrator in once, within 24 hours; the first one, while there is none."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("address", nargs="?", default="", help="whose mail address")
        parser.add_argument("--make", action="store_true", help="make this person an administrator")
        parser.add_argument(
            "--forget-second-step",
            action="store_true",
            help="take their lost passkeys, app and recovery codes away",
        )

    def handle(self, *, address: str, make: bool, forget_second_step: bool, **options):
        # This process has one thread and serves nobody: it needs no writer beside it.
        settings.HUBCRAFT_WRITES_INLINE = True
        try:
            person = self.find(address, make)
        except DatabaseError as fault:
            raise CommandError(f"There is nobody in {settings.DATA} yet ({fault}).") from None
        if forget_second_step and person is not None:
            actions.forget_second_step(by=None, person=person, at=timezone.now())
            self.stdout.write(
                f"The second step of {person.email} is taken away; they are signed out everywhere."
            )
        key = actions.make_key(person=person, at=timezone.now())
        self.stdout.write(welcome(key, HERE))
        whom = f"signs {person.email} in" if person else "makes whoever opens it the administrator"
        self.stdout.write(f"It {whom}, once, within 24 hours.")

    def find(self, address: str, make: bool):
        """Whom the link is for; nobody while there is no administrator and none is named."""
        administrators = list(queries.list_administrators())
        if make and "@" in address:
            return actions.make_administrator(by=None, email=address, at=timezone.now())
        if not administrators and not address:
            return None
        person = queries.find_person(address)
        if person in administrators:
            return person
        listed = ", ".join(it.email for it in administrators) or "nobody yet"
        raise CommandError(
            f"Say whose link: bin/hubcraft administrator <mail address>. Administrators are: {listed}."
            " With --make somebody becomes one."
        )
