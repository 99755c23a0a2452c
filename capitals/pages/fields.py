"""Fields of the filters: they take what was meant, and offer something near for what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

import django_filters.fields
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from capitals.pages.choices import NEAR_ENOUGH, NEAREST, Spellings, Typed
from capitals.words.dates import FIRST_YEAR, LAST_YEAR
from capitals.words.folding import fold

NOT_A_CHOICE = {"invalid_choice": _("“%(value)s” is not in the list. Please choose one that is.")}
LONGEST = 60
"""What has more letters was not meant for any choice."""

SpanOfYears = tuple[int | None, int | None]
"""The first and the last year; either may be left open."""


class Guessing:
    """A field that can say what may have been meant by a value that it refuses."""

    guesses: tuple[tuple[str, Any], ...] = ()
    """Each with its label, as values that the field would take; set as the field refuses one."""
    suggestions: tuple[Any, ...] = ()
    """The same as links, made by the filters that know the others in force."""


class SpeltChoiceField(Guessing, django_filters.fields.ChoiceField):
    """A closed choice whose values may be written as readers write: `az`, `azerbaijan` and `AZ` are one.

    Choices that are `typed` have no list: the name of one is written into a line.
    """

    def __init__(
        self, *arguments: Any, spellings: Spellings | None = None, typed: Typed | None = None, **options: Any
    ) -> None:
        self.spellings = spellings
        self.typed = typed
        if typed:
            options["widget"] = forms.TextInput
        super().__init__(*arguments, **options)

    def to_python(self, value: Any) -> str:
        return self.understood(super().to_python(value))

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shows: the choice that was meant, also while another field is in error."""
        return self.understood(data) if data else data

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field: the value, or the name that is typed for it."""
        label = self.typed.label(value) if self.typed and value else None
        return label if label and self.typed and self.typed.spelt(label) == value else value

    def valid_value(self, value: Any) -> bool:
        return self.typed.label(value) is not None if self.typed else bool(super().valid_value(value))

    def validate(self, value: str) -> None:
        try:
            super().validate(value)
        except ValidationError:
            self.guesses = self._near(value)
            raise

    def understood(self, written: str) -> str:
        """The choice that `written` stands for; itself where there is none, or no telling which."""
        folded = fold(written) if len(written) <= LONGEST else ""
        if not folded:
            return written
        if self.typed:
            return written if self.typed.label(written) else self.typed.spelt(written) or written
        choices = self._labels()
        if written in choices:
            return written
        for spelt in (choices.keys(), choices.values()):
            meant = [value for value, name in zip(choices, spelt, strict=True) if fold(name) == folded]
            if meant:
                return meant[0] if len(meant) == 1 else written
        return (self.spellings and self.spellings(written)) or written

    def _labels(self) -> dict[str, str]:
        choices: Any = self.choices
        return {value: str(label) for value, label in choices if value}

    def _near(self, written: str) -> tuple[tuple[str, str], ...]:
        if len(written) > LONGEST:
            return ()
        if self.typed:
            return tuple((label, value) for value, label in self.typed.near(written))
        labels = self._labels()
        names = {fold(name): value for value, label in labels.items() for name in (label, value)}
        near = get_close_matches(fold(written), names, n=NEAREST, cutoff=NEAR_ENOUGH)
        values = dict.fromkeys(names[name] for name in near)
        return tuple((labels[value], value) for value in values)


class YearField(forms.IntegerField):
    """A calendar year that the site accepts."""

    # Not a number field: browsers drop what is no number, and the reader's slip with it.
    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4})

    def to_python(self, value: Any) -> int | None:
        try:
            year = super().to_python(value)
        except ValidationError:
            message = _("“%(value)s” is not a year. Please type four digits, such as 2013.")
            raise ValidationError(message, "invalid", {"value": value}) from None
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            message = _("%(year)s is out of range. Please type a year from %(first)s to %(last)s.")
            raise ValidationError(message, "outside", {"year": value, "first": FIRST_YEAR, "last": LAST_YEAR})
        return year


def read_year(written: str | None) -> int | None:
    """The year that is written there; a ValidationError where it is none."""
    year: int | None = YearField(required=False).clean(written)
    return year


def is_year(written: str | None) -> bool:
    """Whether a year is written there, or nothing."""
    try:
        read_year(written)
    except ValidationError:
        return False
    return True


def strictest(choose: Callable[..., str], *written: str | None) -> str:
    """Of what is written for one bound, what is no year; else the year that `choose` (max or min) gives."""
    given = [text for text in written if text and text.strip()]
    refused = [text for text in given if not is_year(text)]
    return refused[0] if refused else choose(given, key=read_year, default="")


class YearsWidget(forms.MultiWidget):
    """From and to: for a filter named `year` the parameters `year_min` and `year_max`, or `year` for both."""

    template_name = "capitals/components/years.html"
    use_fieldset = False  # as Django understands it: then the hint and the message belong to both inputs too

    def __init__(self) -> None:
        super().__init__({"min": YearField.widget, "max": YearField.widget})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        first, last = super().value_from_datadict(data, files, name)
        year = data.get(name)
        return [strictest(max, first, year), strictest(min, last, year)]

    def decompress(self, value: SpanOfYears | None) -> list[int | None]:
        return list(value or (None, None))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        inputs = context["widget"]["subwidgets"]
        right = [one for one in inputs if is_year(one["value"])]
        # Two years in the wrong order are wrong together.
        for one in right if len(right) < len(inputs) else ():
            one["attrs"].pop("aria-invalid", None)
        return context


class YearsField(Guessing, forms.MultiValueField):
    """A span of years, open at either end; None where nothing is written."""

    def __init__(self, **options: Any) -> None:
        fields = YearField(required=False), YearField(required=False)
        super().__init__(fields, require_all_fields=False, widget=YearsWidget(), **options)

    def compress(self, data_list: list[int | None]) -> SpanOfYears | None:
        first, last = data_list or (None, None)
        return (first, last) if first or last else None

    def validate(self, value: SpanOfYears | None) -> None:
        first, last = value or (None, None)
        if first and last and first > last:
            self.guesses = ((f"{last}–{first}", (last, first)),)
            message = _("The years run backwards: from %(first)s to %(last)s.")
            raise ValidationError(message, "backwards", {"first": first, "last": last})
