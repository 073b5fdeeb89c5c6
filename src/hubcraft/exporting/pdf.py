"""PDFs to print, set by Typst from the sheets in this folder.

What a sheet says reaches Typst as JSON, never as part of its source, so nothing anybody typed is markup there.
The files are tagged for screen readers and declare PDF/UA-1.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

SHEETS: Final = Path(__file__).parent / "sheets"
# The two families that the pages use, from the same locked wheels; Typst brings others for letters these lack.
FAMILIES: Final = ("font_source_sans_pro", "font_source_serif_pro")


def write_pdf(sheet: str, told: Mapping[str, Any]) -> bytes:
    """This sheet with what is told: at least `title`, `language` and `paper`. The same always gives the same file."""
    return _written(sheet, json.dumps(told, sort_keys=True))


@lru_cache(maxsize=64)
def _written(sheet: str, told: str) -> bytes:
    try:
        return _compiled(sheet, told, ["ua-1"])
    except typst.TypstError as error:
        # A letter that no typeface here has is no PDF/UA; a page with an empty box in it still helps.
        if "could not be displayed" not in error.message:
            raise
        return _compiled(sheet, told, [])


def _compiled(sheet: str, told: str, standards: list[str]) -> bytes:
    return typst.compile(
        str(SHEETS / f"{sheet}.typ"),
        root=str(SHEETS),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"told": told},
        pdf_standards=standards,
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Only what is locked; what this machine happens to have would make other pages elsewhere."""
    folders = [str(files(package) / "files") for package in FAMILIES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
