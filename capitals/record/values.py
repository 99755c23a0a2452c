"""Single values of a fixture: taken as they were meant, or refused with what to write instead.

It works on YAML nodes, so that YAML 1.1's guesses (12:30 is 750, no is False) are refused
instead of taken over.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_JOINERS = {"\u200c", "\u200d"}
"""Between letters of Persian, and of scripts of India, they say how these are joined."""
_BLANK = {"\u2800", "\u3164", "\u115f", "\u1160", "\uffa0"}
"""A pattern of Braille without dots, and letters of Korean that stand for none."""

_EXPECTED = {
    str: ("tag:yaml.org,2002:str", "Put it in quotes."),
    int: ("tag:yaml.org,2002:int", "Write a plain whole number, without quotes."),
    bool: ("tag:yaml.org,2002:bool", "Write true or false."),
}


class NoValue(ValidationError):
    """A field stands there and is empty; what to do depends on whether its record must have it."""

    def __init__(self) -> None:
        super().__init__("There is no value.")


def scalar(node: yaml.Node, kind: type) -> Any:
    """The node's value, if YAML reads it as `kind`; ValidationError says how to mend it."""
    tag, mend = _EXPECTED[kind]
    if not isinstance(node, yaml.ScalarNode):
        raise ValidationError(f"A single value belongs here. {mend}")
    if node.tag == "tag:yaml.org,2002:null":
        raise NoValue
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
    """The text without white space around it; what no reader sees is refused, but for joiners in words."""
    text = value.strip(" \t\r\n")
    if not any(_is_seen(letter) for letter in text):
        raise NoValue
    control = _CONTROL.search(text)
    if control:
        raise ValidationError(f"It holds the control character {control[0]!a}. Remove it.")
    for letter in {*text} - _JOINERS if not text.isascii() else ():
        if unicodedata.category(letter) in {"Cf", "Co", "Cs", "Cn"}:
            name = unicodedata.name(letter, "no letter")
            raise ValidationError(f"It holds U+{ord(letter):04X} ({name}), which nobody sees. Remove it.")
    if text != text.strip():
        raise ValidationError("It begins or ends with a space that is none of the keyboard's. Remove it.")
    return text


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter)[0] not in "ZC" and letter not in _BLANK


def value_for(one: models.Field[Any, Any], node: yaml.Node) -> Any:
    """The value in `node` as the field `one` wants it: text, a number or yes and no; else ValidationError."""
    if isinstance(one, models.BooleanField):
        return scalar(node, bool)
    if isinstance(one, models.IntegerField):
        number = scalar(node, int)
        # No larger than every database holds.
        largest = BaseDatabaseOperations.integer_field_ranges[one.get_internal_type()][1]
        MaxValueValidator(largest)(number)
        return number
    if isinstance(one, models.JSONField):
        return ties(node)
    text = scalar(node, str)
    if isinstance(one, models.CharField) and "\n" in text:
        raise ValidationError("It goes over several lines. Write it in one, or begin it with “>-”.")
    return text


def ties(node: yaml.Node) -> dict[str, list[str]]:
    """The fields that each source states, by the source's key: `geonames: [latitude, longitude]`."""
    if not isinstance(node, yaml.MappingNode):
        raise ValidationError("Sources with their fields belong here, like {one-key: [date, place]}.")
    found: dict[str, list[str]] = {}
    for key, fields in node.value:
        source = scalar(key, str)
        if source in found:
            raise ValidationError(f"“{source}” stands here twice. Remove one.")
        found[source] = [name for name, _line in references(fields)]
    return found


def references(node: yaml.Node) -> list[tuple[str, int]]:
    """The keys in a list, each with its line."""
    if not isinstance(node, yaml.SequenceNode):
        raise ValidationError("A list of keys belongs here. Write it like [one-key, another-key].")
    found = [(scalar(item, str), line_of(item)) for item in node.value]
    twice = {key for key, _ in found if [other for other, _ in found].count(key) > 1}
    if twice:
        raise ValidationError(f"“{min(twice)}” stands here twice. Remove one.")
    return found


def as_written(node: yaml.Node) -> Any:
    """The texts in the node, however they are quoted or laid out."""
    if isinstance(node, yaml.SequenceNode):
        return [as_written(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): as_written(value) for key, value in node.value}
    return str(node.value).strip()


def line_of(node: yaml.Node) -> int:
    """The line of the file in which the node begins, from 1."""
    return node.start_mark.line + 1


def first_alias(root: yaml.Node) -> yaml.Node | None:
    """The first node that stands in two places, for YAML can refer to one; None where there is none."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            return node
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [one for pair in node.value for one in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return None


def is_prose(one: models.Field[Any, Any]) -> bool:
    """Whether the field holds words of any kind: a comment behind them may be part of what was meant."""
    plain = type(one) in {models.CharField, models.TextField}
    return plain and not one.choices


def is_cut_short(node: yaml.Node, text: list[str]) -> bool:
    """Whether a comment stands behind a text without quotes, in the lines `text` of its file."""
    if not isinstance(node, yaml.ScalarNode) or node.style or not node.value:
        return False
    end = node.end_mark
    behind = text[end.line][end.column :] if end.line < len(text) else ""
    return behind.lstrip().startswith("#")
