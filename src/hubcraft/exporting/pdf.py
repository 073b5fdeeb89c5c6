"""PDFs to print, set by Typst from the sheets in this folder.

What a sheet says reaches Typst as JSON, never as part of its source, so nothing anybody typed is markup there.
The files are tagged for screen readers and declare PDF/UA-1.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from hubcraft.charts.drawing import svg_of

from .report import Block, Drawing, Report

SHEETS: Final = Path(__file__).parent / "sheets"
TYPESETTER: Final = Path(__file__).parent / "typesetter.py"
# A sheet takes a tenth of a second.
PATIENCE: Final = 30
_TURN: Final = threading.Lock()


def write_pdf(sheet: str, told: Mapping[str, Any]) -> bytes:
    """This sheet with what is told: at least `title`, `language` and `paper`. The same always gives the same file."""
    return _kept(sheet, json.dumps(told, sort_keys=True))


def write_report(report: Report) -> bytes:
    """A report as PDF, its board as on the wall."""
    told = {
        "title": report.title,
        "about": report.about,
        "language": report.language,
        "paper": report.paper,
        "blocks": [told_of(it) for it in report.blocks],
        "legend": report.legend,
        "notes": report.notes,
        "foot": report.title,
        "words": {"code": "", "qr": "", "page": report.page_words},
        "room": None,
    }
    # Not kept: what people wrote does not stay here once it is sent.
    return _written("report", json.dumps(told))


def told_of(block: Block) -> dict[str, Any]:
    """A block as the sheet is told it; a chart is told as its picture."""
    if isinstance(block, Drawing):
        return {"kind": "drawing", "svg": svg_of(block.chart, is_alone=False), "said": block.said}
    return {"kind": type(block).__name__.lower(), **asdict(block)}


@lru_cache(maxsize=64)
def _kept(sheet: str, told: str) -> bytes:
    """A sheet of the pack's words, asked for again and again."""
    return _written(sheet, told)


def _written(sheet: str, told: str) -> bytes:
    """Set in a process of its own, one at a time: Typst would keep two hundred megabytes of ours for good."""
    with _TURN:
        done = subprocess.run(  # noqa: S603  (our own program; what anybody typed goes to its standard input)
            [sys.executable, "-I", str(TYPESETTER), str(SHEETS / f"{sheet}.typ")],
            input=told.encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"The sheet {sheet} can't be set: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout
