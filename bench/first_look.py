"""How long it takes from the QR code's address to the first look-for, on a slow phone and a slow network.

python -m bench.first_look [runs]: starts the product, prints each run and the median. Typing and pressing are
done at the speed of a machine; what is measured is what the person waits for.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browsers
from tests.journeys.people import Person, start_room
from tests.served import Served

# A phone of four years ago on a crowded network: 1.6 Mbit/s and 150 ms there and back.
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}


def run(browser, product: Served, number: int) -> tuple[float, float]:
    """One newcomer with an empty cache; seconds, and kilobytes that came over the network."""
    lead = Person(browser, product.address)
    room = start_room(lead, product, teams=["Riverbend hub", "North Shore hub"])
    room.begin()
    one = Person(browser, product.address)
    watch = one.context.new_cdp_session(one.page)
    watch.send("Network.enable")
    watch.send("Network.emulateNetworkConditions", NETWORK)
    watch.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    weights: list[int] = []
    watch.on("Network.loadingFinished", lambda it: weights.append(it["encodedDataLength"]))
    begun = time.perf_counter()
    page = one.visit(room.join_path)
    page.locator("#initials").fill("KM")
    page.get_by_text("Riverbend hub").click()
    page.get_by_role("button", name="Come in").click()
    page.locator(".look-for:not([hidden]) .level").first.wait_for()
    taken = time.perf_counter() - begun
    page.wait_for_load_state("load")
    weight = sum(weights) / 1024
    print(f"run {number}: {taken:.2f} s, {weight:.1f} KB")
    one.close()
    lead.close()
    return taken, weight


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    product = Served(data=Path(tempfile.mkdtemp())).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browsers.find_chromium(), args=browsers.LAUNCH
            )
            seen = [run(browser, product, number) for number in range(1, runs + 1)]
            browser.close()
    finally:
        product.stop()
    print(f"median of {runs}: {statistics.median(it[0] for it in seen):.2f} s")


if __name__ == "__main__":
    main()
