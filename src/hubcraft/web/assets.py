"""Gather styles, scripts and type into one folder, each named by its content, and say where they are."""

import gzip
import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from hubcraft.web import fonts

WEB = Path(__file__).parent / "static"
CSS = WEB / "css"
JS = WEB / "js"

# The order of the link is the order here; layers.css decides which layer wins.
BEGINNING = ["layers.css", "tokens.css", "reset.css", "base.css", "layout.css"]
END = ["utilities.css", "print.css"]
# What every page runs. They know nothing of each other's names: each is wrapped in a block of its own.
SCRIPTS = ["app.js", "marks.js", "live.js"]
RECORD = "assets.json"


def style_files() -> list[Path]:
    """Every stylesheet in the order of the layers."""
    apps = Path(__file__).parent.parent / "apps"
    return [
        *(CSS / name for name in BEGINNING),
        *sorted((CSS / "components").glob("*.css")),
        *sorted(apps.glob("*/static/*/*.css")),
        *(CSS / name for name in END),
    ]


def script_files() -> list[Path]:
    """Every script; the elements come last because they use what the others offer."""
    return [*(JS / name for name in SCRIPTS if (JS / name).exists()), *sorted((JS / "elements").glob("*.js"))]


def htmx() -> Path:
    """htmx as its locked wheel brings it."""
    return Path(str(files("django_htmx"))) / "static/django_htmx/htmx-2.min.js"


def passkeys() -> Path:
    """What turns a passkey’s bytes into JSON and back, as the sign-in library’s locked wheel brings it."""
    return Path(str(files("allauth"))) / "mfa/static/mfa/js/webauthn-json.js"


def build(folder: Path | str) -> dict[str, str]:
    """Fill `folder` with everything the browser loads; what is already there under its hash is left alone."""
    folder = Path(folder)
    record = {}
    faces = ""
    for face in fonts.FACES:
        name = keep_face(folder, face)
        faces += fonts.rule(face, f"../{name}")
    record["css"] = keep(folder, "css/hubcraft.css", (faces + joined_styles()).encode())
    record["js"] = keep(folder, "js/hubcraft.js", joined_scripts().encode())
    record["htmx"] = keep(folder, "js/htmx.js", htmx().read_bytes())
    record["passkeys"] = keep(folder, "js/passkeys.js", passkeys().read_bytes())
    for picture in sorted((WEB / "img").glob("*")):
        record[picture.name] = keep(folder, f"img/{picture.name}", picture.read_bytes())
    write_whole(folder / RECORD, json.dumps(record, indent=1).encode())
    forget()
    return record


def joined_styles() -> str:
    return "".join(path.read_text() for path in style_files())


def joined_scripts() -> str:
    return '"use strict";\n' + "".join(f"{{\n{path.read_text()}\n}}\n" for path in script_files())


def keep_face(folder: Path, face: fonts.Face) -> str:
    """Cutting takes a second a face, so a face is named by what goes into it and cut only once."""
    recipe = (Path(fonts.__file__).read_bytes(), face.source().read_bytes())
    name = f"fonts/{face.name}.{fingerprint(*recipe)}.woff2"
    if not (folder / name).exists():
        write_whole(folder / name, fonts.cut(face))
    return name


def keep(folder: Path, name: str, content: bytes) -> str:
    """Write `content` under a name that holds its hash, beside its compressed forms."""
    import brotli

    stem, dot, kind = name.rpartition(".")
    hashed = f"{stem}.{fingerprint(content)}{dot}{kind}"
    if not (folder / hashed).exists():
        write_whole(folder / f"{hashed}.br", brotli.compress(content))
        write_whole(folder / f"{hashed}.gz", gzip.compress(content, mtime=0))
        write_whole(folder / hashed, content)
    return hashed


def fingerprint(*contents: bytes) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:12]


def write_whole(path: Path, content: bytes) -> None:
    """Nobody ever reads half a file: two processes may build at the same time."""
    import os

    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


@lru_cache(maxsize=1)
def record() -> dict[str, str]:
    """What the last build made; before any build, the plain names."""
    path = Path(settings.STATIC_ROOT) / RECORD
    if not path.exists():
        return {
            "css": "css/hubcraft.css",
            "js": "js/hubcraft.js",
            "htmx": "js/htmx.js",
            "passkeys": "js/passkeys.js",
        }
    return json.loads(path.read_text())


def forget() -> None:
    record.cache_clear()


def address(name: str) -> str:
    """Where the browser finds this asset."""
    return f"{settings.STATIC_URL}{record().get(name, name)}"
