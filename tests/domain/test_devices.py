"""A browser's own account of itself, in words its owner knows."""

import pytest

from hubcraft.domain.devices import describe

MOZILLA = "Mozilla/5.0"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            f"{MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
            "Chrome · Windows",
        ),
        (
            f"{MOZILLA} (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge · Windows",
        ),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
            "Safari · iPhone",
        ),
        (
            f"{MOZILLA} (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
            "Chrome · ChromeOS",
        ),
        (f"{MOZILLA} (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "Firefox · Android"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_browser_and_system_are_named(said, words):
    assert describe(said) == words
