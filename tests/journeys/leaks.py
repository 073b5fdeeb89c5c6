"""What a device was sent that it should not have been: anybody else's mark."""

import html
import re

FIELDSET = re.compile(r'<fieldset class="look-for".*?</fieldset>', re.S)
HEADINGS = re.compile(r'<div class="(?:poster-head|board-header)".*?</div>', re.S)
CHUNK = re.compile(r"\r\n[0-9a-fA-F]+\r\n")


def foreign_marks(answers: list[tuple[str, str]], own: dict[str, str], levels: dict[str, str]) -> list[str]:
    """Every place where these answers tell a mark that is not one of `own` (look-for → answer).

    A rubric with one's own boxes checked is fine. Outside of rubrics no level may be named at all: neither its
    words nor its key, and no box of any board.
    """
    found = []
    for path, text in answers:
        if path.startswith("/static/"):
            continue
        plain = (
            CHUNK.sub("", text)
            .replace('\\"', '"')
            .replace("\\n", "\n")
            .replace("\\u003C", "<")
            .replace("\\u003c", "<")
        )
        for rubric in FIELDSET.findall(plain):
            look_for = re.search(r'data-look-for="([^"]+)"', rubric).group(1)
            said = set(re.findall(r'value="([^"]+)"(?=[^>]* checked)', rubric))
            said |= set(re.findall(r'data-answer="([^"]+)"', rubric))
            found += [f"{path}: {look_for} {answer}" for answer in said if own.get(look_for) != answer]
        rest = html.unescape(HEADINGS.sub("", FIELDSET.sub("", plain)))
        words = [*levels, *levels.values(), "not-sure", "does-not-apply", 'class="box', "board-row"]
        found += [f"{path}: {word}" for word in words if word in rest]
    return found
