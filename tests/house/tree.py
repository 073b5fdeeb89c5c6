"""The files of this checkout, as the inspector walks them."""

import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "hubcraft"
TEXT = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".in", ".svg", ".csv", ".json", ".sh", ""}


def list_files() -> list[Path]:
    """What is or would be committed; without git, everything that does not look made."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=CHECKOUT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        paths = [CHECKOUT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [
            path for path in CHECKOUT.rglob("*") if not set(path.parts) & {".venv", ".git", ".cache", ".data"}
        ]
    return sorted(path for path in paths if path.is_file())


def list_texts(*suffixes: str) -> list[Path]:
    return [path for path in list_files() if path.suffix in (set(suffixes) or TEXT)]


def name(path: Path) -> str:
    """How a message names it."""
    return path.relative_to(CHECKOUT).as_posix()
