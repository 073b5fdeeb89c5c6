"""Take the handbook's pictures anew, all or those of some stages, and put the walk-through together.

The same code gives the same pictures on the same day, to the byte, but for the few that show a clock.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests import browsers
from tests.pictures import film
from tests.pictures.demo import demo_at
from tests.pictures.taken import STAGES
from tests.served import CHECKOUT

USE = CHECKOUT / "docs" / "use"


def main() -> None:
    words = argparse.ArgumentParser(prog="bin/pictures", description=__doc__)
    words.add_argument("stages", nargs="*", metavar="|".join((*STAGES, "film")), default=[*STAGES, "film"])
    asked = words.parse_args().stages
    chromium = browsers.find_chromium()
    if not chromium:
        sys.exit("Pictures need Chromium. On Debian or Ubuntu: apt install chromium.")
    pictures = USE / "pictures"
    pictures.mkdir(exist_ok=True)
    expect.set_options(timeout=60_000)
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=chromium, args=browsers.LAUNCH)
        for stage in [it for it in asked if it in STAGES]:
            with demo_at(browser, stage, Path(folder)) as demo:
                STAGES[stage](demo, pictures)
            print(f"{stage}: taken")
        if "film" in asked:
            print(f"film: {film.make(browser, USE)} seconds")
        browser.close()
    sizes = [path.stat().st_size for path in pictures.glob("*.webp")]
    print(f"{len(sizes)} pictures, {sum(sizes) // 1024} KB")


main()
