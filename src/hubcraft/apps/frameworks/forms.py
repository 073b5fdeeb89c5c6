"""What a hub writes into its own framework; held to what the reader of packs allows."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hubcraft.content import limits
from hubcraft.content.text import has_markup, has_stray_emphasis, has_unseen

ONCE = r"^[0-9a-f]{32}$"


class OnceForm(forms.Form):
    """A form of which only the number counts."""

    once = forms.RegexField(ONCE)


class WordsForm(OnceForm):
    """Words in each language of the pack; one language is enough."""

    def __init__(self, *args, languages: Iterable[str], now: Mapping[str, str], may_emphasise=False, **more):
        super().__init__(*args, **more)
        self.languages, self.may_emphasise = tuple(languages), may_emphasise
        for it in self.languages:
            self.fields[f"words-{it}"] = forms.CharField(
                required=False,
                max_length=limits.TEXT,
                initial=now.get(it, ""),
                error_messages={"max_length": gettext_lazy("This is longer than a line can be.")},
            )

    def clean(self) -> dict:
        """One language at least, in plain words."""
        cleaned = super().clean() or self.cleaned_data
        told = {}
        for language in self.languages:
            name = f"words-{language}"
            words = " ".join(cleaned.get(name, "").split())
            if words and (complaint := self.complaint(words)):
                self.add_error(name, complaint)
            elif words:
                told[language] = words
        if not told and not self.errors:
            self.add_error(f"words-{self.languages[0]}", _("Write it in one language at least."))
        return cleaned | {"words": told}

    def complaint(self, words: str) -> str:
        """What a pack may not hold; "" where all is well."""
        if has_unseen(words):
            return _("There is a sign in it that would not be seen. Write it again, letter by letter.")
        if has_markup(words):
            return _("Plain words only, without signs of a web page such as <b>.")
        if self.may_emphasise and has_stray_emphasis(words):
            return _("A star stands alone. Put one on each side of what matters: *like this*.")
        if not self.may_emphasise and "*" in words:
            return _("Plain words only, without stars.")
        return ""

    @property
    def boxes(self) -> list[tuple[str, forms.BoundField]]:
        """Each language with the place to write in it."""
        return [(it, self[f"words-{it}"]) for it in self.languages]


class BringForm(OnceForm):
    """A file somebody brings in."""

    file = forms.FileField(
        max_length=200,
        allow_empty_file=False,
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "invalid": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
            "max_length": gettext_lazy("The file’s name is too long."),
        },
    )

    def clean_file(self):
        """As large as a framework can be, and no larger."""
        file = self.cleaned_data["file"]
        if file.size > limits.UPLOAD:
            raise forms.ValidationError(_("The file is too large: a framework has at most 200 kB, packed."))
        return file
