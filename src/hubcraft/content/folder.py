"""The files of one pack, wherever they came from: opens them, and notes what can't be opened or is no part of a pack."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hubcraft.content import limits
from hubcraft.content.mistakes import Mistake, Mistakes
from hubcraft.content.table import Table
from hubcraft.content.toml_lines import lines_of

_BYTE_ORDER: Final = "\ufeff"


@dataclass(frozen=True)
class Folder:
    """The files by their names within the pack, the mistakes found so far, and which files somebody asked for."""

    name: str
    files: Mapping[str, bytes]
    mistakes: Mistakes
    asked: set[str] = field(default_factory=set)

    def table(
        self, file: str, languages: Sequence[str] = ("en",), longest: int = limits.FILE
    ) -> Table | None:
        """The whole of a TOML file; None if it is missing or is not TOML."""
        source = self.words(file, longest)
        if source is None:
            return None
        # Python's own reader knows no other line breaks.
        lines = source.split("\n")
        if not self._can_be_read(file, lines):
            return None
        try:
            content = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            what = f"This is not TOML: {str(error).partition(' (at ')[0]}."
            number = int(line[1]) if line else None
            is_curly = number is not None and number <= len(lines) and "= “" in lines[number - 1]
            remedy = (
                'Write straight quotes around it: "…".'
                if is_curly
                else "Mend the line, or the one before it."
            )
            self.wrong(file, number, what, remedy)
        except RecursionError:
            self.wrong(file, None, "Brackets stand in brackets, very many deep.", "Take them apart.")
        except ValueError:
            self.wrong(file, None, "A number is far too long.", "Write a number that somebody can read.")
        else:
            return Table(file, content, lines_of(source), self.mistakes, languages)
        return None

    def words(self, file: str, longest: int = limits.FILE) -> str | None:
        """What stands in a file; None if it is missing, is too long or is not UTF-8."""
        self.asked.add(file)
        if file not in self.files:
            self.wrong(file, None, "The file is missing.", f"Add it to the folder {self.name}.")
            return None
        content = self.files[file]
        if len(content) > longest:
            self.wrong(file, None, "The file is too large.", f"Such a file has at most {longest} bytes.")
            return None
        try:
            return content.decode().removeprefix(_BYTE_ORDER)
        except UnicodeDecodeError:
            self.wrong(file, None, "The file is not UTF-8.", "Save it as UTF-8.")
        return None

    def has(self, file: str) -> bool:
        """Whether there is such a file; for those that a pack may do without."""
        return file in self.files

    def unlisted(self, within: str, listed: set[str], what: str, remedy: str) -> None:
        """Note each TOML file in this part of the folder that nothing lists; `{}` in the remedy is its name."""
        for file in sorted(self.files):
            place, _, name = file.rpartition("/")
            stem, dot, ending = name.rpartition(".")
            if place == within and dot and ending == "toml" and stem not in listed:
                self.asked.add(file)
                self.wrong(file, None, what, remedy.format(stem))

    def strange(self) -> None:
        """Note each file that nobody asked for."""
        for file in sorted(self.files.keys() - self.asked):
            self.wrong(
                file,
                None,
                "This is no file of a pack.",
                "Take it out; docs/build/packs.md names what there is.",
            )

    def wrong(self, file: str, line: int | None, what: str, remedy: str) -> None:
        """Note a mistake that no table knows of."""
        self.mistakes.append(Mistake(file, line, what, remedy))

    def _can_be_read(self, file: str, lines: Sequence[str]) -> bool:
        for number, line in enumerate(lines, start=1):
            if len(line) > limits.LINE:
                self.wrong(
                    file,
                    number,
                    "The line is too long.",
                    f"A line has at most {limits.LINE} signs; break it.",
                )
                return False
            if line.count(".") > limits.DOTS:
                self.wrong(file, number, "The line has very many dots.", "Break it, or write fewer.")
                return False
        return True
