"""The thin front: lists the commands, reads `--data` before Django does, and says faults in plain words."""

import os
import sys
from pathlib import Path

COMMANDS = {
    "demo": "a running product with a room that phones can join",
    "serve": "the server and its worker",
    "work": "the worker alone (mail, clean-up), for installations that run it apart",
    "backup": "everything in one file; --prove tries one by restoring it",
    "administrator": "a link that signs an administrator in once, without mail",
    "restore": "a backup back into an empty place",
    "packs": "content packs: check one, install one, compare two",
    "retention": "what is kept no longer: counted, or deleted now",
    "check": "whether this machine and this place are fit to run on",
}
# The maintainers' commands that come with Django and stay reachable under their own names.
ALSO = {"migrate", "makemigrations", "showmigrations", "makemessages", "compilemessages", "shell", "dbshell"}


def main(arguments: list[str] | None = None) -> None:
    """Run one command; leave with 0, or with a sentence and something else."""
    words = sys.argv[1:] if arguments is None else arguments
    command = words[0] if words else "help"
    if command in {"help", "--help", "-h"} and len(words) < 2:
        print(usage())
        return
    if command in {"help", "--help", "-h"}:
        command, words = words[1], [words[1], "--help"]
    if command not in COMMANDS and command not in ALSO:
        sys.exit(f'There is no command "{command}".\n\n{usage()}')
    # What people said in candour is on this disk: only its owner may read it.
    os.umask(0o077)
    choose_folder(command, words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubcraft.config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["hubcraft", *words])
    except (PermissionError, FileNotFoundError, NotADirectoryError, FileExistsError) as fault:
        sys.exit(
            f"Hubcraft can't use {fault.filename} ({fault.strerror}). Mend that, or choose another folder with --data."
        )


def usage() -> str:
    """The commands, one a line."""
    lines = [f"  bin/hubcraft {name:<13} {words}" for name, words in COMMANDS.items()]
    return "\n".join(["Commands:", *lines, "", "bin/hubcraft help <command> tells its options."])


def choose_folder(command: str, words: list[str]) -> None:
    """Take `--data` out of the words and into the environment, where the settings look for it.

    A demo without a folder of its own gets one, so that it never mixes with what people really did.
    """
    for position, word in enumerate(words):
        if word == "--data" and position + 1 < len(words):
            os.environ["HUBCRAFT_DATA"] = words[position + 1]
            del words[position : position + 2]
            return
        if word.startswith("--data="):
            os.environ["HUBCRAFT_DATA"] = word.removeprefix("--data=")
            del words[position]
            return
    if command == "demo" and not os.environ.get("HUBCRAFT_DATA"):
        os.environ["HUBCRAFT_DATA"] = str(Path(__file__).resolve().parents[3] / ".data" / "demo")
