"""Reading fixtures: plain Django fixtures in YAML, every value with its file and line.

`loaddata` skips validators, merges two records with one key and never deletes; hence this
reader. It works on YAML nodes, so that a problem can be shown where it stands and that
YAML 1.1's guesses (12:30 is 750, no is False) are refused instead of taken over.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import F, Q

from capitals.fields import DerivedField

NEVER_IN_FIXTURES = {"recordstate", "searchentry"}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

AnyModel = TypeVar("AnyModel", bound=models.Model)


@dataclass(frozen=True)
class Problem:
    """Something wrong in a fixture, told to the person who can mend it."""

    file: str
    line: int
    record: str
    field: str
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        subject = " ".join(part for part in (self.record, self.field and f"field “{self.field}”") if part)
        return ": ".join(part for part in (place, subject, self.what) if part) + f" {self.mend}"


class BadFixtures(Exception):
    """The fixtures cannot be loaded; `problems` says why, all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line, problem.what))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Entry:
    """One record of a fixture: an unsaved instance, what it refers to, where it stands."""

    model: type[models.Model]
    key: str | None
    file: str
    line: int
    instance: models.Model = field(init=False)
    lines: dict[str, int] = field(default_factory=dict)
    many: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How a message calls it: its model and key."""
        return f"{self.model._meta.model_name} {self.key or 'without a key'}"

    def problem(self, field_name: str, what: str, mend: str, line: int | None = None) -> Problem:
        """A problem of this record, at the line of the field where there is one."""
        place = line or self.lines.get(field_name, self.line)
        return Problem(self.file, place, self.name, field_name, what, mend)


@dataclass
class Fixtures:
    """Everything read: records by model, in the order of the files."""

    entries: dict[type[models.Model], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[type[models.Model], dict[str, Entry]] = field(default_factory=lambda: defaultdict(dict))

    def __iter__(self) -> Iterator[Entry]:
        for entries in self.entries.values():
            yield from entries

    def of(self, model: type[AnyModel]) -> list[tuple[Entry, AnyModel]]:
        """The records of one model: where each stands, and what it holds."""
        return [(entry, cast("AnyModel", entry.instance)) for entry in self.entries.get(model, ())]

    def get(self, model: type[AnyModel], key: str) -> AnyModel:
        """The record of that key; only for keys that are known to be there."""
        return cast("AnyModel", self.by_key[model][key].instance)


@cache
def fixture_models() -> dict[str, type[models.Model]]:
    """The models that fixtures may fill, by label, each after those that it refers to."""
    found = apps.get_app_config("capitals").get_models()
    return {
        model._meta.label_lower: model for model in found if model._meta.model_name not in NEVER_IN_FIXTURES
    }


def read_fixtures(folder: Path) -> Fixtures:
    """Every record below `folder`, checked field by field and reference by reference.

    Raises BadFixtures with all the problems found. It asks no database.
    """
    fixtures = Fixtures()
    problems: list[Problem] = []
    files = sorted(folder.rglob("*.yaml"))
    for misnamed in sorted(folder.rglob("*.yml")):
        problems.append(Problem(str(misnamed), 1, "", "", "This ending is not read.", "Call it .yaml."))
    if not files:
        raise BadFixtures([Problem(str(folder), 1, "", "", "No fixture is here.", "Put *.yaml files there.")])
    for file in files:
        shown = f"{folder.name}/{file.relative_to(folder).as_posix()}"
        problems += _read_file(file, shown, fixtures)
    problems += _check_references(fixtures)
    problems += _check_constraints(fixtures)
    if problems:
        raise BadFixtures(problems)
    return fixtures


def _read_file(file: Path, shown: str, fixtures: Fixtures) -> Iterator[Problem]:
    """Add the records of one file to `fixtures`; give what is wrong with them."""
    try:
        text = file.read_bytes().decode("utf-8")
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        yield Problem(shown, line, "", "", "This is not UTF-8.", "Save the file as UTF-8.")
        return
    except yaml.YAMLError as error:
        yield _broken_yaml(shown, text, error)
        return
    if not isinstance(root, yaml.SequenceNode):
        mend = "Begin each record with “- model:”."
        yield Problem(shown, 1, "", "", "A fixture is a list of records.", mend)
        return
    for node in root.value:
        yield from _read_record(node, shown, fixtures)


def _broken_yaml(shown: str, text: str, error: yaml.YAMLError) -> Problem:
    """What YAML's reader or parser says, at the line where it stopped."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        what = f"The YAML is broken: it holds the control character {chr(error.character)!a}."
        return Problem(shown, line, "", "", what, "Remove it.")
    mark = getattr(error, "problem_mark", None)
    what = f"The YAML is broken: {getattr(error, 'problem', None) or error}."
    return Problem(shown, mark.line + 1 if mark else 1, "", "", what, "Mind indentation, colons, quotes.")


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def _pairs(node: yaml.Node) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Keys as text, with their nodes and their values' nodes."""
    for key, value in node.value:
        yield str(key.value), key, value


def _closest(word: str, words: Iterable[str]) -> str:
    known = sorted(words)
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(known)}."


def _read_record(node: yaml.Node, shown: str, fixtures: Fixtures) -> Iterator[Problem]:
    """Add one record to `fixtures`, or give what is wrong with it."""

    def problem(at: yaml.Node, what: str, mend: str) -> Problem:
        return Problem(shown, _line(at), "", "", what, mend)

    if not isinstance(node, yaml.MappingNode):
        yield problem(node, "A record is a mapping.", "Give it model, pk and fields.")
        return
    parts: dict[str, yaml.Node] = {}
    for name, key, value in _pairs(node):
        if name not in {"model", "pk", "fields"}:
            yield problem(key, f"“{name}” is no part of a record.", "Only model, pk and fields are.")
        elif name in parts:
            yield problem(key, f"“{name}” stands here twice.", "Remove one.")
        parts[name] = value
    known = fixture_models()
    label = parts["model"].value if "model" in parts else ""
    if not isinstance(label, str) or label not in known:
        mend = _closest(str(label), known)
        yield problem(parts.get("model", node), f"There is no model “{label}”.", mend)
        return
    if not isinstance(parts.get("fields"), yaml.MappingNode):
        yield problem(parts.get("fields", node), "The record has no fields.", "Add “fields:” with a mapping.")
        return
    model = known[label]
    entry = Entry(model, None, shown, _line(node))
    before = list(_read_key(entry, parts.get("pk")))
    yield from before
    yield from _read_fields(entry, parts["fields"])
    if before:
        return
    if entry.key is not None:
        first = fixtures.by_key[model].get(entry.key)
        if first is not None:
            what = f"This key stands already at {first.file}:{first.line}."
            yield entry.problem("", what, "Keep one record, or give the other its own key.")
            return
        fixtures.by_key[model][entry.key] = entry
    fixtures.entries[model].append(entry)


def _key_name(model: type[models.Model]) -> str:
    """The name of the primary key, which every model has."""
    return next(one.name for one in model._meta.fields if one.primary_key)


def _read_key(entry: Entry, node: yaml.Node | None) -> Iterator[Problem]:
    """Set the entry's key: needed where the record has an address, refused elsewhere."""
    key_field: Any = entry.model._meta.get_field(_key_name(entry.model))
    if isinstance(key_field, models.AutoField):
        if node is not None:
            yield entry.problem("pk", "This kind of record has no key.", "Remove pk.", _line(node))
        return
    if node is None:
        yield entry.problem("pk", "The key is missing.", f"Add “pk:” with its {key_field.name}.")
        return
    entry.lines["pk"] = _line(node)
    try:
        entry.key = key_field.clean(_scalar(node, str), None)
    except ValidationError as error:
        entry.key = str(node.value)
        yield entry.problem("pk", " ".join(error.messages), "Mend the key.")


_EXPECTED = {
    str: ("tag:yaml.org,2002:str", "Put it in quotes."),
    int: ("tag:yaml.org,2002:int", "Write a plain whole number, without quotes."),
    bool: ("tag:yaml.org,2002:bool", "Write true or false."),
}


def _scalar(node: yaml.Node, kind: type) -> Any:
    """The node's value, if YAML reads it as `kind`; ValidationError says how to mend it."""
    tag, mend = _EXPECTED[kind]
    if not isinstance(node, yaml.ScalarNode):
        raise ValidationError(f"A single value belongs here. {mend}")
    if node.tag == "tag:yaml.org,2002:null":
        raise ValidationError("There is no value. Leave the field out if it is not recorded.")
    if node.tag != tag:
        read_as = node.tag.rpartition(":")[2]
        raise ValidationError(f"YAML reads “{node.value}” as {read_as}. {mend}")
    if kind is str:
        return _text(node.value)
    if kind is int:
        if not re.fullmatch(r"0|[1-9][0-9]{0,9}", node.value):
            raise ValidationError(f"“{node.value}” is no plain number. {mend}")
        return int(node.value)
    if node.value not in {"true", "false"}:
        raise ValidationError(f"“{node.value}” is not plain. {mend}")
    return node.value == "true"


def _text(value: str) -> str:
    """The text without white space around it; empty text and control characters are refused."""
    if not value.strip():
        raise ValidationError("There is no value. Leave the field out if it is not recorded.")
    control = _CONTROL.search(value)
    if control:
        raise ValidationError(f"It holds the control character {control[0]!a}. Remove it.")
    return value.strip()


@cache
def _settable(model: type[models.Model]) -> dict[str, Any]:
    """The fields that a fixture may set, by name: all but keys and folded texts."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return {one.name: one for one in fields if not one.primary_key and not isinstance(one, DerivedField)}


def _read_fields(entry: Entry, node: yaml.Node) -> Iterator[Problem]:
    """Fill the entry's instance and references from the mapping `node`, field by field."""
    values: dict[str, Any] = {}
    bad: set[str] = set()
    for name, key, value in _pairs(node):
        if name in entry.lines and name != "pk":
            yield entry.problem(name, "This field stands here twice.", "Remove one.", _line(key))
            continue
        entry.lines[name] = _line(key)
        one = _settable(entry.model).get(name)
        if one is None:
            yield entry.problem(name, "There is no such field.", _closest(name, _settable(entry.model)))
            continue
        try:
            if isinstance(one, models.ManyToManyField):
                entry.many[name] = _references(value)
            elif isinstance(one, models.ForeignKey):
                values[one.attname] = _scalar(value, str)
            elif isinstance(one, models.BooleanField):
                values[name] = _scalar(value, bool)
            elif isinstance(one, models.IntegerField):
                values[name] = _number(value, one)
            else:
                values[name] = _scalar(value, str)
        except ValidationError as error:
            bad.add(name)
            yield entry.problem(name, " ".join(error.messages), "")
    entry.instance = entry.model(**({"pk": entry.key} if entry.key else {}), **_cleaned(entry, values))
    yield from _check_fields(entry, bad)


def _number(node: yaml.Node, one: models.IntegerField) -> int:
    """The number in `node`, no larger than every database holds."""
    number = _scalar(node, int)
    largest = BaseDatabaseOperations.integer_field_ranges[one.get_internal_type()][1]
    MaxValueValidator(largest)(number)
    return number


def _cleaned(entry: Entry, values: dict[str, Any]) -> dict[str, Any]:
    """The values; dates and numbers that cannot be read stay text for `clean_fields` to refuse."""
    cleaned = {}
    for name, value in values.items():
        try:
            cleaned[name] = entry.model._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
        except (ValidationError, FieldDoesNotExist):
            cleaned[name] = value
    return cleaned


def _references(node: yaml.Node) -> list[tuple[str, int]]:
    """The keys in a list, each with its line."""
    if not isinstance(node, yaml.SequenceNode):
        raise ValidationError("A list of keys belongs here. Write it like [one-key, another-key].")
    found = [(_scalar(item, str), _line(item)) for item in node.value]
    twice = {key for key, _ in found if [other for other, _ in found].count(key) > 1}
    if twice:
        raise ValidationError(f"“{min(twice)}” stands here twice. Remove one.")
    return found


def _check_fields(entry: Entry, already_bad: set[str]) -> Iterator[Problem]:
    """What the fields' own validators say; foreign keys are checked without a query later."""
    foreign_keys = {one.name for one in entry.model._meta.fields if isinstance(one, models.ForeignKey)}
    folded = {one.name for one in entry.model._meta.fields if isinstance(one, DerivedField)}
    try:
        entry.instance.clean_fields(exclude=foreign_keys | folded | already_bad | {_key_name(entry.model)})
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield entry.problem(name if name != NON_FIELD_ERRORS else "", " ".join(messages), "Mend it.")
    for name in foreign_keys - already_bad:
        one: Any = entry.model._meta.get_field(name)
        if not one.null and not getattr(entry.instance, one.attname):
            yield entry.problem(name, "This field is missing.", "Add it.")


def _check_references(fixtures: Fixtures) -> Iterator[Problem]:
    """References to nothing, found in memory: a query for each would cost minutes."""
    for entry in fixtures:
        for one in entry.model._meta.fields:
            if isinstance(one, models.ForeignKey):
                key = getattr(entry.instance, one.attname)
                if key:
                    yield from _check_reference(fixtures, entry, one, key, entry.lines.get(one.name))
        for name, keys in entry.many.items():
            for key, line in keys:
                many = entry.model._meta.get_field(name)
                yield from _check_reference(fixtures, entry, many, key, line)


def _check_reference(
    fixtures: Fixtures, entry: Entry, one: Any, key: str, line: int | None
) -> Iterator[Problem]:
    known = fixtures.by_key[one.related_model]
    if key not in known:
        what = f"There is no {one.related_model._meta.model_name} “{key}”."
        near = difflib.get_close_matches(key, known, n=1)
        mend = f"Did you mean “{near[0]}”?" if near else "Add that record, or mend the key."
        yield entry.problem(one.name, what, mend, line)


def _check_constraints(fixtures: Fixtures) -> Iterator[Problem]:
    """The models' named constraints, held against each record without a database."""
    for model, entries in fixtures.entries.items():
        for constraint in model._meta.constraints:
            message = str(constraint.violation_error_message)
            if isinstance(constraint, models.CheckConstraint):
                for entry in entries:
                    if holds(constraint.condition, entry.instance) is False:
                        yield entry.problem("", message, f"(Constraint {constraint.name}.)")
            elif isinstance(constraint, models.UniqueConstraint):
                yield from _check_unique(entries, constraint.fields, constraint.condition, message)
        for one in model._meta.fields:
            if one.unique and not one.primary_key:
                yield from _check_unique(entries, (one.name,), None, f"Another record has this {one.name}.")


def _check_unique(
    entries: list[Entry], names: Iterable[str], condition: Any, message: str
) -> Iterator[Problem]:
    names = tuple(names)
    seen: dict[tuple[Any, ...], Entry] = {}
    for entry in entries:
        if condition is not None and not holds(condition, entry.instance):
            continue
        values = tuple(_value(entry.instance, name) for name in names)
        if values in seen:
            first = seen[values]
            yield entry.problem(names[-1], message, f"The first stands at {first.file}:{first.line}.")
        elif None not in values:
            seen[values] = entry


def _value(instance: models.Model, name: str) -> Any:
    """The value of a field as the database would compare it; None where the field refuses it."""
    one: Any = instance._meta.get_field(name)
    try:
        return one.get_prep_value(getattr(instance, one.attname))
    except (TypeError, ValueError, ValidationError):
        return None


_COMPARISONS = {
    "exact": lambda left, right: left == right,
    "in": lambda left, right: left in right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
}


def holds(condition: Any, instance: models.Model) -> bool | None:
    """Whether `instance` meets a constraint's condition; None is SQL's unknown.

    Django itself can only ask the database, a query for each record. Knows the lookups
    exact, isnull, in, gt, gte, lt, lte, and F of a field of the same record.
    """
    if isinstance(condition, Q):
        results = [holds(child, instance) for child in condition.children]
        decisive = condition.connector == Q.OR
        if condition.connector not in {Q.AND, Q.OR}:
            raise TypeError(f"{condition.connector} is not understood: write it with AND and OR")
        combined = decisive if decisive in results else None if None in results else not decisive
        return combined if not condition.negated or combined is None else not combined
    path, expected = condition
    name, _, lookup = path.partition("__")
    value = _value(instance, name)
    if lookup == "isnull":
        return (value is None) == expected
    if isinstance(expected, F):
        expected = _value(instance, expected.name)  # type: ignore[attr-defined]
    if value is None or expected is None:
        return None
    return _COMPARISONS[lookup or "exact"](value, expected)
