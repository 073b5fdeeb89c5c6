"""The handbook of docs/use as pages of Help: Markdown read once, made safe, its links and pictures leading here."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hubcraft.domain.verdict import NotThere

LANGUAGE = "en"
# As somebody who leads a hub meets the product; what is not named here comes after it.
ORDER = (
    "start",
    "walk-through",
    "prepare",
    "plan",
    "lead",
    "taking-part",
    "after",
    "take-home",
    "framework",
    "hub",
    "life-cycle",
    "playbook",
    "own-framework",
    "charts",
    "who-sees-what",
    "together",
    "over-days",
    "paper",
    "accounts",
    "letters",
    "networks",
    "coaches",
)
# The first page is what whoever opens the folder reads.
FILES = {"start": "README"}
NAMES = {file: name for name, file in FILES.items()}
KINDS = {".webp": "image/webp", ".png": "image/png"}
HEADINGS = ("h1", "h2", "h3")
ALLOWED = {
    "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "hr", "br", "a", "img",
    "table", "thead", "tbody", "tr", "th", "td", *HEADINGS,
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    **{heading: {"id"} for heading in HEADINGS},
}


@dataclass(frozen=True)
class Page:
    """One page: what it is called here, its title, what its sections are called, the whole, and its language."""

    name: str
    title: str
    sections: tuple[str, ...]
    html: SafeString
    anchors: tuple[str, ...]
    language: str

    @property
    def address(self) -> str:
        return f"/help/{self.name}/"


def list_pages(language: str) -> list[Page]:
    """Every page in the order in which one needs them; in English where nobody has translated it."""
    folder = settings.HANDBOOK
    found = {NAMES.get(path.stem, path.stem) for path in folder.glob("*.md")}
    ordered = [*(name for name in ORDER if name in found), *sorted(found - set(ORDER))]
    return [page_of(folder, name, language) for name in ordered]


def get_page(name: str, language: str) -> Page:
    """The page of this name, which is asked for among those that are there, never as a path."""
    page = next((it for it in list_pages(language) if it.name == name), None)
    if page is None:
        raise NotThere
    return page


@lru_cache(maxsize=200)
def page_of(folder: Path, name: str, language: str) -> Page:
    """One file, read. A translation has its anchors from the original, so that links lead to the same place in both."""
    file = f"{FILES.get(name, name)}.md"
    original = parse((folder / file).read_text(encoding="utf-8"))
    tokens, spoken = original, LANGUAGE
    translated = folder / language / file
    if language != LANGUAGE and translated.exists():
        tokens, spoken = parse(translated.read_text(encoding="utf-8")), language
    anchors = tuple(slugs(original))
    lead_here(tokens, folder)
    for anchor, (opening, _words) in zip(anchors, headings(tokens), strict=True):
        opening.attrSet("id", anchor)
    title, *_more = (words for _opening, words in headings(tokens))
    sections = tuple(words for opening, words in headings(tokens) if opening.tag == "h2")
    return Page(name, title, sections, rendered(tokens), anchors, spoken)


def reader() -> MarkdownIt:
    # Quotation marks become those of print.
    return MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])


def parse(text: str) -> list[Token]:
    return reader().parse(text)


def rendered(tokens: list[Token]) -> SafeString:
    """HTML of what was written, without whatever a text may not bring along."""
    written = reader()
    clean = nh3.clean(
        written.renderer.render(tokens, written.options, {}),
        tags=ALLOWED,
        attributes=ATTRIBUTES,
        url_schemes={"https", "mailto"},
        link_rel=None,
    )
    return mark_safe(clean)  # noqa: S308  (cleaned in the line above)


def plain(token: Token) -> str:
    """The words of a line, without its markup."""
    return "".join(it.content for it in token.children or () if it.type in {"text", "code_inline"})


def headings(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    """Each heading with its words."""
    for opening, line in pairwise(tokens):
        if opening.type == "heading_open":
            yield opening, plain(line)


def slugs(tokens: list[Token]) -> Iterator[str]:
    """An anchor for each heading, by the rule that code hosts use, so that links hold in both."""
    seen: dict[str, int] = {}
    for _opening, words in headings(tokens):
        slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        times = seen[slug] = seen.get(slug, -1) + 1
        yield f"{slug}-{times}" if times else slug


def lead_here(tokens: list[Token], folder: Path) -> None:
    """Links to other pages of the handbook and its pictures get addresses of ours; what lies elsewhere in the checkout
    is not served, so its words stay and the link goes."""
    for line in tokens:
        kept: list[Token] = []
        is_gone = False
        for token in line.children or []:
            if token.type == "link_open":
                to = address_of(str(token.attrGet("href")), folder)
                is_gone = to is None
                token.attrSet("href", to or "")
            elif token.type == "image":
                kept += opened_large(show_picture(token, folder))
                continue
            if is_gone and token.type in {"link_open", "link_close"}:
                is_gone = token.type == "link_open"
                continue
            kept.append(token)
        if line.children:
            line.children = kept


def address_of(written: str, folder: Path) -> str | None:
    """Where a link of the handbook leads here: on the web, on this page, on another page, or nowhere."""
    target, hash_, anchor = written.partition("#")
    if target.startswith("https://") or not target or target.startswith("/"):
        return written
    if target.startswith("pictures/"):
        return picture_address(folder, target.removeprefix("pictures/"))
    name, _dot, kind = target.removeprefix("../").rpartition(".")
    if kind != "md" or "/" in name:
        return None
    return f"/help/{NAMES.get(name, name)}/{hash_}{anchor}"


def opened_large(picture: Token) -> list[Token]:
    """A picture that opens alone when it is pressed: on a phone a whole screen is too small to read."""
    address = str(picture.attrGet("src"))
    return [Token("link_open", "a", 1, {"href": address}), picture, Token("link_close", "a", -1)]


def show_picture(token: Token, folder: Path) -> Token:
    """A picture with its size, so that nothing jumps when it arrives."""
    name = str(token.attrGet("src")).rpartition("/")[2]
    token.attrSet("src", picture_address(folder, name))
    content = (folder / "pictures" / name).read_bytes()
    width, height = size_of(content)
    token.attrSet("width", str(width))
    token.attrSet("height", str(height))
    token.attrSet("loading", "lazy")
    return token


def list_pictures(folder: Path) -> dict[str, Path]:
    """Every picture of the handbook by its name."""
    return {path.name: path for path in (folder / "pictures").glob("*") if path.suffix in KINDS}


@lru_cache(maxsize=200)
def picture_address(folder: Path, name: str) -> str:
    """A picture's address changes with the picture, so that browsers may keep what they have."""
    print_ = hashlib.sha256((folder / "pictures" / name).read_bytes()).hexdigest()[:12]
    return f"/help/pictures/{name}?{print_}"


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or WebP picture, out of its first bytes."""
    if content[1:4] == b"PNG":
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    kind = content[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return (
        int.from_bytes(content[26:28], "little") & 0x3FFF,
        int.from_bytes(content[28:30], "little") & 0x3FFF,
    )
