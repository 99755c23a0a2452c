"""Model fields of the record: permanent keys, languages, partial dates, folded text."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from capitals.words.dates import PartialDate
from capitals.words.folding import fold, russian_order

KEY_VALIDATOR = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    "A key is made of small ASCII letters, digits and single hyphens.",
)


if TYPE_CHECKING:
    _CharField = models.CharField[Any, Any]
else:  # which takes no types when it runs
    _CharField = models.CharField

LANGUAGE_VALIDATOR = RegexValidator(
    r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z", "A language is a BCP 47 code such as az or be-tarask."
)


class AsciiField(_CharField):
    """ASCII text that sorts by its bytes on every database.

    PostgreSQL's usual collations skip hyphens and spaces, SQLite's do not; the
    order of a page must not depend on the database behind it.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class PermanentKeyField(AsciiField):
    """The slug that is a record's address and primary key, and never changes."""

    default_validators = [KEY_VALIDATOR]  # noqa: RUF012 - declared as Django declares it

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 100, "primary_key": True, **options})


class LanguageField(AsciiField):
    """A BCP 47 code, for the `lang` of what stands beside it."""

    default_validators = [LANGUAGE_VALIDATOR]  # noqa: RUF012 - declared as Django declares it

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, **options})


class DerivedField(AsciiField):
    """A text that is made of other fields' texts when the record is written; never in a fixture."""

    def __init__(self, *texts: str, **options: Any) -> None:
        self.texts = texts
        super().__init__(**{"editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        return name, path, [*self.texts, *arguments], options

    @abstractmethod
    def derive(self, texts: list[str]) -> str:
        """What is stored for these texts."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.derive([getattr(model_instance, text) for text in self.texts])
        setattr(model_instance, self.attname, key)
        return key


class FoldedField(DerivedField):
    """Other fields' texts, folded: for order and search.

    The first of `texts` leads, so that an order by this field is an order by that text.
    The length leaves room for letters that become four, such as щ.
    """

    def __init__(self, *texts: str, **options: Any) -> None:
        super().__init__(*texts, **{"max_length": 4000, **options})

    def derive(self, texts: list[str]) -> str:
        return " ".join(map(fold, texts)).strip()


class TogetherField(DerivedField):
    """A text folded and without spaces, as a reader may write a name: “Nur Sultan”, “nursultan”."""

    def __init__(self, *texts: str, **options: Any) -> None:
        super().__init__(*texts, **{"max_length": 400, **options})

    def derive(self, texts: list[str]) -> str:
        return fold("".join(texts)).replace(" ", "")


class RussianOrderField(DerivedField):
    """The key that sorts by a Russian text, or by the next of `texts` where there is none."""

    def __init__(self, *texts: str, **options: Any) -> None:
        super().__init__(*texts, **{"max_length": 2000, **options})

    def derive(self, texts: list[str]) -> str:
        return russian_order(next(filter(None, texts), ""))


class PartialDateField(AsciiField):
    """A `PartialDate`, kept as ISO text, whose order is that of the earliest day."""

    if TYPE_CHECKING:  # what an instance holds, for mypy
        _pyi_private_set_type: PartialDate | None  # type: ignore[assignment]
        _pyi_private_get_type: PartialDate | None  # type: ignore[assignment]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 10, "null": True, "blank": True, **options})

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        # Django leaves out what is its own default, which is not ours.
        return name, path, arguments, {**options, "null": self.null, "blank": self.blank}

    def from_db_value(self, value: str | None, *arguments: Any) -> PartialDate | None:
        return None if value is None else PartialDate.parse(value)

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def value_to_string(self, obj: models.Model) -> Any:
        return self.get_prep_value(self.value_from_object(obj))

    def run_validators(self, value: Any) -> None:
        super().run_validators(None if value is None else str(value))
