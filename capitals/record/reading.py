"""Reading fixtures: plain Django fixtures in YAML, every value with its file and line.

`loaddata` skips validators, merges two records with one key and never deletes; hence this
reader. It works on YAML nodes, so that a problem can be shown where it stands.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models

from capitals.fields import DerivedField
from capitals.models.whole import RECORD
from capitals.record.broken import broken_at_sight, broken_yaml
from capitals.record.checking import (
    Refused,
    check_fields,
    check_references,
    cleaned,
    for_nothing,
    pass_over_what_rests_on_mistakes,
)
from capitals.record.constraints import check_constraints
from capitals.record.dependents import NUMBERED, nested_in
from capitals.record.entries import Entry, Fixtures, Layout, key_name
from capitals.record.files import MOST_BYTES, files_in
from capitals.record.ledger import LEDGER, read_ledger
from capitals.record.problems import BadFixtures, Problem
from capitals.record.progress import Silence
from capitals.record.values import (
    NoValue,
    as_written,
    first_alias,
    is_cut_short,
    is_prose,
    line_of,
    references,
    scalar,
    value_for,
)

LABELS: dict[str, type[models.Model]] = {model._meta.label_lower: model for model in RECORD}
"""The models that fixtures may fill, as a record names its own: `capitals.city`."""


def read_fixtures(folder: Path, progress: Silence | None = None) -> Fixtures:
    """Every record below `folder`, checked by its fields, its references and the named constraints.

    What is wrong stands in its `problems`. Raises BadFixtures where there is nothing to read. It asks no
    database.
    """
    fixtures = Fixtures()
    problems: list[Problem] = []
    found = files_in(folder)
    fixtures.passed_over = [
        f"{folder.name}/{path.relative_to(folder).as_posix()}" for path in found.passed_over
    ]
    problems += found.refused
    files = found.read
    if not files:
        nothing = Problem(str(folder), 1, "", "", "No fixture is here.", "Put *.yaml files there.")
        raise BadFixtures([*problems, nothing])
    progress = progress or Silence()
    progress.stage("Reading", sum(file.stat().st_size for file in files))
    for file in files:
        shown = f"{folder.name}/{file.relative_to(folder).as_posix()}"
        problems += _read_file(file, shown, fixtures)
        progress.step(file.stat().st_size)
    # While a file cannot be read, what refers to its records is no mistake.
    fixtures.is_whole &= all(problem.record for problem in problems)
    lost = list(check_references(fixtures))
    if fixtures.is_whole:
        problems += lost
    problems += check_constraints(fixtures)
    if problems or lost:
        pass_over_what_rests_on_mistakes(fixtures)
    if (folder / LEDGER).exists():
        fixtures.ledger, amiss = read_ledger(folder / LEDGER, f"{folder.name}/{LEDGER}")
        problems += amiss
    fixtures.problems = problems
    return fixtures


@lru_cache(maxsize=4096)
def _plain(value: str) -> str:
    """What YAML takes a value without quotes for: its tag."""
    first = value[:1]
    ways = yaml.SafeLoader.yaml_implicit_resolvers
    for tag, form in (*ways.get(first, ()), *ways.get(None, ())):
        if form.match(value):
            return str(tag)
    return "tag:yaml.org,2002:str"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # where there is no C
    """YAML's own, which remembers what it took a value for: most are names of fields."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is yaml.ScalarNode:
            return _plain(value) if implicit[0] else "tag:yaml.org,2002:str"
        return super().resolve(kind, value, implicit)


def _read_file(file: Path, shown: str, fixtures: Fixtures) -> Iterator[Problem]:
    """Add the records of one file to `fixtures`; give what is wrong with them."""
    if file.stat().st_size > MOST_BYTES:
        what = f"The file has more than {MOST_BYTES // 1_000_000} megabytes."
        yield Problem(shown, 1, "", "", what, "Divide it: by title years, or by kinds of records.")
        return
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        yield Problem(shown, line, "", "", "This is not UTF-8.", "Save the file as UTF-8.")
        return
    broken = broken_at_sight(shown, text)
    if broken:
        yield broken
        return
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        yield broken_yaml(shown, text, error)
        return
    if not isinstance(root, yaml.SequenceNode):
        mend = "Begin each record with “- model:”."
        yield Problem(shown, 1, "", "", "A fixture is a list of records.", mend)
        return
    alias = first_alias(root)
    if alias is not None:
        what = "Another place refers to this by a star, as YAML can."
        yield Problem(shown, line_of(alias), "", "", what, "Write it out in both places.")
        return
    lines = text.split("\n")
    for node in root.value:
        yield from _read_record(node, shown, fixtures, lines)


Pair = tuple[str, yaml.Node, yaml.Node]


def _pairs(node: yaml.Node) -> Iterator[Pair]:
    """Keys as text, with their nodes and their values' nodes."""
    for key, value in node.value:
        yield str(key.value), key, value


def _closest(word: str, words: Iterable[str]) -> str:
    known = sorted(words)
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(known)}."


def _read_record(node: yaml.Node, shown: str, fixtures: Fixtures, lines: list[str]) -> Iterator[Problem]:
    """Add one record to `fixtures`, or give what is wrong with it."""

    def problem(at: yaml.Node, what: str, mend: str) -> Problem:
        return Problem(shown, line_of(at), "", "", what, mend)

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
    label = parts["model"].value if "model" in parts else ""
    if not isinstance(label, str) or label not in LABELS:
        mend = _closest(str(label), LABELS)
        yield problem(parts.get("model", node), f"There is no model “{label}”.", mend)
        return
    if not isinstance(parts.get("fields"), yaml.MappingNode):
        yield problem(parts.get("fields", node), "The record has no fields.", "Add “fields:” with a mapping.")
        return
    entry = Entry(LABELS[label], None, shown, line_of(node))
    without_key = list(_read_key(entry, parts.get("pk")))
    yield from without_key
    dependents = nested_in(entry.model)
    fields = list(_pairs(parts["fields"]))
    yield from _read_fields(entry, [one for one in fields if one[0] not in dependents], lines)
    if without_key:
        # Its references are read and lost.
        fixtures.is_whole = False
        return
    yield from _add(entry, fixtures)
    yield from _read_dependents(entry, [one for one in fields if one[0] in dependents], fixtures, lines)


def _read_dependents(
    whole: Entry, lists: list[Pair], fixtures: Fixtures, text: list[str]
) -> Iterator[Problem]:
    """Add what is written within the record `whole`, as if it stood by itself."""
    seen = set()
    for name, key, value in lists:
        if name in seen:
            yield whole.problem(name, "This field stands here twice.", "Join both lists.", line_of(key))
        else:
            seen.add(name)
            yield from _read_list(whole, name, value, fixtures, text)


def _read_list(
    whole: Entry, name: str, node: yaml.Node, fixtures: Fixtures, text: list[str]
) -> Iterator[Problem]:
    model, field = nested_in(whole.model)[name]
    if not isinstance(node, yaml.SequenceNode):
        whole.sound = False
        what = f"A list of records of the kind {model._meta.model_name} belongs here."
        yield whole.problem(name, what, "Begin each with a hyphen and its fields.", line_of(node))
        return
    for number, item in enumerate(node.value, start=1):
        entry = Entry(model, None, whole.file, line_of(item), within=whole.name)
        if not isinstance(item, yaml.MappingNode):
            yield entry.problem("", "It has no fields.", "Write them as “field: value”.")
            continue
        known = {field: str(whole.key)}
        if model in NUMBERED:
            known[NUMBERED[model]] = str(number)
        yield from _read_fields(entry, list(_pairs(item)), text, known)
        yield from _add(entry, fixtures)


def _add(entry: Entry, fixtures: Fixtures) -> Iterator[Problem]:
    """Add the entry to `fixtures`, unless its key stands there already."""
    if entry.key is not None:
        first = fixtures.by_key[entry.model].get(entry.key)
        if first is not None:
            what = f"This key stands already at {first.file}:{first.line}."
            yield entry.problem("", what, "Keep one record, or give the other its own key.")
            fixtures.is_whole = False
            return
        fixtures.by_key[entry.model][entry.key] = entry
    fixtures.entries[entry.model].append(entry)


def _read_key(entry: Entry, node: yaml.Node | None) -> Iterator[Problem]:
    """Set the entry's key: needed where the record has an address, refused elsewhere."""
    key_field: Any = entry.model._meta.get_field(key_name(entry.model))
    if isinstance(key_field, models.AutoField):
        if node is not None:
            yield entry.problem("pk", "This kind of record has no key.", "Remove pk.", line_of(node))
        return
    if node is None:
        yield entry.problem("pk", "The key is missing.", f"Add “pk:” with its {key_field.name}.")
        return
    entry.key_line = line_of(node)
    try:
        entry.key = key_field.clean(scalar(node, str), None)
    except ValidationError as error:
        entry.key = str(node.value)
        yield entry.problem("pk", " ".join(error.messages), "Mend the key.")


@cache
def settable(model: type[models.Model]) -> dict[str, Any]:
    """The fields that a fixture may set, by name: all but keys and what is derived."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return {one.name: one for one in fields if not one.primary_key and not isinstance(one, DerivedField)}


def _read_fields(
    entry: Entry, pairs: list[Pair], text: list[str], implied: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """Fill the entry's instance and references, field by field; one with a mistake is not sound.

    `text` holds the lines of the file, `implied` what the entry's place in another record says of it.
    """
    for problem in _fill(entry, pairs, text, implied or {}):
        entry.sound = False
        yield problem


def _fill(entry: Entry, pairs: list[Pair], text: list[str], implied: Mapping[str, str]) -> Iterator[Problem]:
    known = settable(entry.model)
    values = {known[name].attname: known[name].to_python(value) for name, value in implied.items()}
    lines = dict.fromkeys(implied, entry.line)
    written: list[Any] = [*implied.values()]
    many: dict[str, list[tuple[str, int]]] = {}
    refused: Refused = {}
    for name, key, value in pairs:
        if name in implied:
            what = f"Where this stands says it already: “{implied[name]}”."
            yield entry.problem(name, what, "Remove this line.", line_of(key))
            continue
        if name in lines:
            yield entry.problem(name, "This field stands here twice.", "Remove one.", line_of(key))
            continue
        lines[sys.intern(name)] = line_of(key)
        written.append(as_written(value))
        one = known.get(name)
        if one is None:
            yield _no_such_field(entry, name, known, line_of(key))
            continue
        if is_cut_short(value, text) and is_prose(one):
            what = "The text ends before the #: what follows is a comment to YAML."
            yield entry.problem(name, what, "Put the text in quotes, or the comment above it.", line_of(key))
        try:
            if isinstance(one, models.ManyToManyField):
                many[one.name] = references(value)
            else:
                values[one.attname] = cleaned(one, value_for(one, value), refused)
        except ValidationError as error:
            refused[name] = None
            mend = for_nothing(entry.model, name) if isinstance(error, NoValue) else ""
            yield entry.problem(name, " ".join(error.messages), mend, line_of(key))
    entry.layout = _layout(tuple(lines), tuple(line - entry.line for line in lines.values()))
    entry.values = tuple(written)
    entry.many = many or entry.many
    own_key = {"pk": entry.key} if entry.key else {}
    entry.instance = entry.model(**own_key, **values)
    yield from check_fields(entry, refused)


def _no_such_field(entry: Entry, name: str, known: Iterable[str], line: int) -> Problem:
    if name == "<<":
        what = "This merges another mapping in, as YAML can: what a record says would stand elsewhere."
        return entry.problem("", what, "Write the fields out.", line)
    return entry.problem(name, "There is no such field.", _closest(name, known), line)


@cache
def _layout(names: tuple[str, ...], below: tuple[int, ...]) -> Layout:
    """The layout of these, one and the same whenever they are the same."""
    return Layout(names, below)
