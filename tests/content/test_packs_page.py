"""The example in docs/build/packs.md is read as it stands there; every kind of step is told there and in words.md."""

import re
from pathlib import Path

from hubcraft.content import KINDS, Script, read_pack
from tests.house.tree import CHECKOUT

PAGE = (CHECKOUT / "docs" / "build" / "packs.md").read_text(encoding="utf-8")
WORDS = (CHECKOUT / "docs" / "build" / "words.md").read_text(encoding="utf-8")

PACK = """\
id = "example"
version = "1.0.0"
languages = ["en"]
authors = ["Somebody"]
licence = "Ask them."
name.en = "Example"
scripts = ["meeting"]
"""


def read_example(folder: Path) -> Script:
    files = dict(re.findall(r"```toml\n# (\S+\.toml)\n(.*?)```", PAGE, re.DOTALL))
    assert list(files) == ["scripts/meeting.toml", "pages/why-we-meet.toml"]
    for file, words in {"pack.toml": PACK, "credit.md": "By somebody.\n", **files}.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(words, encoding="utf-8")
    return read_pack(folder).script("meeting")


def test_the_example_is_a_sound_script(tmp_path: Path) -> None:
    script = read_example(tmp_path)
    assert [(step.key, step.kind, step.minutes, step.is_protected) for step in script.steps] == [
        ("hello", "turn-and-talk", 5, False),
        ("why", "read", 2, False),
        ("next", "plan", 8, True),
    ]
    assert [prompt.status for prompt in script.steps[0].prompts] == ["published", "draft"]
    assert script.steps[1].pages[0].body.in_("en") == (
        "<p>Nobody sees all of a network alone.</p>"
        "<h3>Two reasons</h3><ul><li>to see it together</li><li>to decide together</li></ul>"
    )


def test_every_kind_of_step_is_told() -> None:
    told = [
        kind
        for row in re.findall(r"^\| (`.*?) \|", PAGE.partition("| kind | what happens |")[2], re.MULTILINE)
        for kind in re.findall(r"`([a-z-]+)`", row)
    ]
    named = re.search(r"^\| kind \| what a step is: (.*?) \|", WORDS, re.MULTILINE)
    assert named is not None
    for page, kinds in (("packs.md", told), ("words.md", named[1].split(" · "))):
        assert set(KINDS) - set(kinds) == set(), f"not told in {page}: {', '.join(set(KINDS) - set(kinds))}"
        assert sorted(kinds) == sorted(KINDS), f"told in {page}, and no script may have it, or told twice"
