"""Real browsers: launch, phones, and what axe says of a page."""

import functools
import os
import shutil
from pathlib import Path

from playwright.sync_api import Error

LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
PROJECTOR = {"width": 1920, "height": 1080}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_chromium() -> str:
    """Where the system keeps Chromium; "" when it has none."""
    named = os.environ.get("CHROMIUM", "")
    return named or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
    )


@functools.cache
def axe_source() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def axe(page, *, rules: list[str] | None = None) -> list[str]:
    """What axe finds wrong with the page as it stands, one sentence each; [] is what we want.

    The source is evaluated rather than linked, so it also runs under our content security policy.
    """
    for is_last in (False, True):
        # A form just sent may still turn the page: what was asked of the one that goes has no answer.
        page.wait_for_load_state()
        try:
            page.evaluate(axe_source() + "\n;undefined")
            found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules or RULES)
            break
        except Error:
            if is_last:
                raise
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:160]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
