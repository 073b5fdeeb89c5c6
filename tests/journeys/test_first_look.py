"""The demo, as someone meets it who has just started it."""

import re
import time


def test_the_demo_opens_on_a_phone_and_holds_for_everybody(serve, open_phone, axe):
    product = serve(words=("demo", "--stage", "reveal"))
    # It answers a moment before it has said where.
    for _moment in range(100):
        if "Ctrl-C" in product.log:
            break
        time.sleep(0.1)
    join = re.search(r"http://\S+(/j/\w+/)", product.log).group(1)
    projector = re.search(r"http://\S+(/r/\w+/projector/\S+)", product.log).group(1)

    phone = open_phone()
    phone.goto(product.address + join)
    assert phone.locator("h1").count() == 1
    assert axe(phone) == []

    beamer = open_phone(viewport={"width": 1920, "height": 1080})
    beamer.goto(product.address + projector)
    assert "/projector/" in beamer.url
    assert axe(beamer) == []

    # The home of a hub that has met twice before.
    laptop = open_phone(viewport={"width": 1280, "height": 900})
    laptop.goto(product.address + re.search(r"http://\S+(/welcome/\S+/)", product.log).group(1))
    laptop.get_by_role("button", name="Sign in").click()
    laptop.get_by_role("link", name="Riverbend", exact=True).click()
    assert laptop.locator("section[aria-labelledby=waves] .written-one").count() == 2
    assert axe(laptop) == []
    assert (phone.faults, beamer.faults, laptop.faults) == ([], [], [])


def test_from_the_qr_code_to_the_first_look_for(start, person):
    room = start(teams=["Riverbend hub", "North Shore hub"])
    room.begin()
    one = person()
    one.context.add_init_script(
        "addEventListener('pointerdown', () =>"
        " sessionStorage.setItem('presses', 1 + Number(sessionStorage.getItem('presses'))), true)"
    )
    page = one.page
    watch = one.context.new_cdp_session(page)
    watch.send("Network.enable")
    weights: list[int] = []
    watch.on("Network.loadingFinished", lambda it: weights.append(it["encodedDataLength"]))

    page.goto(room.join_path)
    page.locator("#initials").click()
    page.keyboard.type("KM")
    page.get_by_text("Riverbend hub").click()
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/look-fors/1/")
    page.wait_for_load_state("load")
    page.locator(".look-for:not([hidden]) .level").first.wait_for()

    assert int(page.evaluate("sessionStorage.getItem('presses')")) <= 3
    print(f"From the QR code to the first look-for: {sum(weights) / 1024:.1f} KB in {len(weights)} answers.")
    assert 0 < sum(weights) <= 100 * 1024
