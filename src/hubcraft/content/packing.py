"""Writes a pack as the files it is read from, and as a zip of them: what is read again is the same pack."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from hubcraft.content.pack import Pack

Plain = dict[str, Any]

# A zip of the same pack is the same bytes, whenever it is made.
_MADE: Final = (2020, 1, 1, 0, 0, 0)
# Lists of tables; any other list of dicts is one of texts, each in its languages.
_TABLES: Final = frozenset(
    {
        "scales", "levels", "frameworks", "practices", "look_fors", "evidence", "movements", "steps", "parts", "sources",
        "from", "changes",
    }
)  # fmt: skip


def packed(pack: Pack) -> bytes:
    """The pack as a zip that can be brought in elsewhere."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, words in files_of(pack).items():
            entry = zipfile.ZipInfo(f"{pack.id}/{name}", _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, words)
    return written.getvalue()


def files_of(pack: Pack) -> dict[str, str]:
    """The words of each file by its name within the pack."""
    plain = pack.to_json()
    scripts, frameworks = plain.pop("scripts", []), plain["frameworks"]
    first, *further = plain["languages"]
    files = {"credit.md": f"{plain['credit'][first]}\n"}
    files |= {f"credit.{it}.md": f"{plain['credit'][it]}\n" for it in further}
    if "sources" in plain:
        files["sources.toml"] = _toml({"sources": plain.pop("sources")})
    if "crosswalk" in plain:
        files["crosswalk.toml"] = _toml({"from": [_crosswalk(it) for it in plain.pop("crosswalk")]})
    for framework in frameworks:
        for domain in framework["domains"]:
            files[f"{_short(domain['key'])}.toml"] = _toml(_domain(domain, plain["credit"]))
        framework["domains"] = [_short(it["key"]) for it in framework["domains"]]
    for scale in plain["scales"]:
        # How full a level's circle is goes by its place.
        scale["levels"] = [{key: it for key, it in one.items() if key != "fill"} for one in scale["levels"]]
    pages: dict[str, Plain] = {}
    for script in scripts:
        files[f"scripts/{script['key']}.toml"] = _toml(_script(script, pages))
    files |= {f"pages/{key}.toml": _toml(_page(page)) for key, page in pages.items()}
    head = {key: it for key, it in plain.items() if key not in ("digest", "credit")}
    if scripts:
        head["scripts"] = [it["key"] for it in scripts]
    return {"pack.toml": _toml(head), **files}


def _domain(domain: Plain, credit: Plain) -> Plain:
    practices = [
        {
            **practice,
            "key": _short(practice["key"]),
            "evidence": [{**it, "key": _short(it["key"])} for it in practice.get("evidence", ())],
            "look_fors": [{**it, "key": _short(it["key"])} for it in practice["look_fors"]],
        }
        for practice in domain["practices"]
    ]
    left = ("key", "credit") if domain["credit"] == credit else ("key",)
    return {key: it for key, it in domain.items() if key not in left} | {"practices": practices}


def _script(script: Plain, pages: dict[str, Plain]) -> Plain:
    """The script with its pages named; they are put with those of the other scripts."""
    movements = []
    for movement in script["movements"]:
        steps = []
        for step in movement["steps"]:
            pages |= {it["key"]: it for it in step["pages"]}
            left = {f"{of}_status" for of in ("question", "advice") if step[of] is None}
            left |= {of for of in ("shows_domain",) if not step[of]}
            steps.append(
                {key: it for key, it in step.items() if key not in left}
                | {"pages": [it["key"] for it in step["pages"]]}
            )
        movements.append({**movement, "steps": steps})
    return {key: it for key, it in script.items() if key != "key"} | {"movements": movements}


def _page(page: Plain) -> Plain:
    return {key: it for key, it in page.items() if key != "key"}


def _crosswalk(crosswalk: Plain) -> Plain:
    """One key in quotes, several as a list, none at all."""
    changes = [
        {key: it[0] if isinstance(it, list) and len(it) == 1 else it for key, it in change.items()}
        for change in crosswalk["changes"]
    ]
    return {**crosswalk, "changes": changes}


def _short(key: str) -> str:
    return key.rpartition("/")[2]


def _toml(table: Mapping[str, Any]) -> str:
    return "\n".join(_lines(table, "")).strip("\n") + "\n"


def _lines(table: Mapping[str, Any], at: str) -> Iterator[str]:
    """What a table says itself, then the tables in it; what is empty is not written."""
    within = []
    for key, it in table.items():
        if it is None or it == [] or it == {}:
            continue
        if isinstance(it, list) and isinstance(it[0], dict) and (key in _TABLES or _is_tables(it)):
            within.append((key, it))
        elif isinstance(it, dict):
            yield from (f"{key}.{name} = {_value(words)}" for name, words in it.items())
        elif isinstance(it, list):
            yield f"{key} = ["
            yield from (f"    {_value(one)}," for one in it)
            yield "]"
        else:
            yield f"{key} = {_value(it)}"
    for key, tables in within:
        place = f"{at}.{key}" if at else key
        for one in tables:
            yield ""
            yield f"[[{place}]]"
            yield from _lines(one, place)


def _is_tables(listed: list[Any]) -> bool:
    """Prompts of a step are tables with a text in them, those of a domain texts."""
    return any(isinstance(it, dict) and any(isinstance(one, dict) for one in it.values()) for it in listed)


def _value(it: Any) -> str:
    if isinstance(it, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in it.items()) + " }"
    # A TOML string is written as a JSON one, a number and true or false likewise.
    return json.dumps(it, ensure_ascii=False)
