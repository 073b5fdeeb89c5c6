"""The second turn that bin/test gives up to three failed tests: what is skipped then has not held (docs/decide/0033)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[2] / "bin/test"
# It fails where nobody has been, and does something else where it was before.
TWICE = """
from pathlib import Path
import pytest

def test_it():
    been = Path("been")
    if not been.exists():
        been.touch()
        raise AssertionError
    {then}
"""


def second_turn(folder: Path, then: str) -> tuple[int, int]:
    """How the part ends, and how many tests are told to be shaky."""
    (folder / "test_twice.py").write_text(TWICE.format(then=then), encoding="utf-8")
    function = re.search(r"^tests\(\) \{.*?^\}$", RUN.read_text(encoding="utf-8"), re.M | re.S)[0]
    told = 'status=0; tests mine -p no:randomly || status=$?; printf "%s %s" "$status" "${#shaky[@]}"'
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", f"set -euo pipefail\nshaky=()\n{function}\n{told}"],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    status, shaky = ran.stdout.splitlines()[-1].split()
    return int(status), int(shaky)


@pytest.mark.parametrize(
    ("then", "ends"),
    [("pass", (0, 1)), ("pytest.skip('not here')", (1, 0)), ("raise AssertionError", (1, 0))],
)
def test_only_what_passes_at_the_second_turn_has_held(tmp_path, then, ends):
    assert second_turn(tmp_path, then) == ends
