"""What people write about their strategies."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hubcraft.domain.writing import NothingWritten, TooLong, read_words

# Enough for a paragraph that a colleague can use; the page says so where somebody writes more.
MOST_WORDS = 1500


class WordsField(forms.CharField):
    """Text in somebody's own words. Nothing cuts it: where it is too long, it comes back whole with a sentence."""

    def __init__(self, *, most: int, missing: str = "", **kwargs):
        # The browser must not cut what is pasted, so no length is handed to it.
        super().__init__(required=False, strip=False, **kwargs)
        self.most, self.missing = most, missing

    def clean(self, value) -> str:
        text = super().clean(value)
        try:
            return read_words(text, most=self.most, may_be_missing=not self.missing)
        except NothingWritten:
            raise forms.ValidationError(self.missing) from None
        except TooLong as too_long:
            words = ngettext(
                "This is {over} character too long; there is room for {most}. Nothing is lost: shorten it, then send it.",
                "This is {over} characters too long; there is room for {most}. Nothing is lost: shorten it, then send it.",
                too_long.over,
            )
            raise forms.ValidationError(words.format(over=too_long.over, most=self.most)) from None


class OnceField(forms.CharField):
    """The form's own number; only what looks like one is taken."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False, max_length=64)

    def clean(self, value) -> str:
        text = super().clean(value)
        is_number = len(text) == 32 and set(text) <= set("0123456789abcdef")
        if not is_number:
            raise forms.ValidationError(
                _("This form is too old. Send it once more; what you wrote is still here.")
            )
        return text


class StrategyForm(forms.Form):
    """What we do, and how we know."""

    words = WordsField(most=MOST_WORDS, missing=_("Write what you do, in a sentence or two."))
    how_we_know = WordsField(most=MOST_WORDS)


class NewStrategyForm(StrategyForm):
    """The same for a strategy that is new."""

    once = OnceField()
    look_for = forms.CharField(max_length=160, widget=forms.HiddenInput)
