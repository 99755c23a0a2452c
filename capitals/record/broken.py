"""YAML that cannot be read, called what it most likely is, at the line where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from capitals.record.problems import Problem

_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?: |$)", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_NESTING = re.compile(r"[\[\]{}]|\n- |(?:[-?] ){20,}| {200,}")
DEEPEST = 20
"""Levels; the library that reads YAML is without a limit, and so ends the whole process at some depth."""

_CALLED = {
    "mapping values are not allowed in this context": (
        "A colon stands in a text without quotes, or a line is indented too far.",
        "Put the text in quotes, or mend the indentation.",
    ),
    "found character that cannot start any token": (
        "A text without quotes begins with a letter that means something in YAML.",
        "Put the text in quotes.",
    ),
    "block sequence entries are not allowed in this context": (
        "A hyphen begins a list where a text belongs.",
        "Put the text in quotes.",
    ),
    "found undefined alias": (
        "A text without quotes begins with a star, which refers to another in YAML.",
        "Put the text in quotes.",
    ),
    "but found another document": (
        "Three hyphens begin another document: what follows would not be read.",
        "Remove that line.",
    ),
    "could not find expected ':'": (
        "A line is neither a field nor part of the text before it.",
        "Write “field: value”, or indent it like the text.",
    ),
    "did not find expected <document start>": (
        "A record begins without its hyphen, or a line stands too far left.",
        "Begin each record with “- model:”.",
    ),
    "did not find expected key": (
        "A line is indented otherwise than those around it.",
        "Indent all fields of a record alike.",
    ),
    "did not find expected '-' indicator": (
        "A line stands among records, or items of a list, without a hyphen.",
        "Begin each with a hyphen, or indent the line.",
    ),
    "did not find expected ',' or ']'": ("A list is not closed.", "End it with ]."),
    "did not find expected ',' or '}'": ("A mapping in braces is not closed.", "End it with }."),
}


def broken_at_sight(shown: str, text: str) -> Problem | None:
    """What makes the whole file worthless, whatever YAML takes it for; None where there is no such."""
    conflict = _CONFLICT.search(text)
    if conflict and re.search(r"^<{7} ", text, re.MULTILINE):
        what = "The marks of a merge conflict stand here: Git left both versions of the lines."
        return _at(shown, text, conflict.start(), what, "Keep the lines that are right, remove the marks.")
    depth = 0
    for bracket in _NESTING.finditer(text):
        # Each record begins anew, whatever brackets its texts hold.
        depth = 0 if bracket[0] == "\n- " else depth + (1 if bracket[0] in "[{" else -1)
        if depth > DEEPEST or len(bracket[0]) > DEEPEST:
            what = "Lists stand in lists without end."
            return _at(
                shown, text, bracket.start(), what, "A record has model, pk and fields, a field one list."
            )
    control = _CONTROL.search(text)
    if control:
        what = f"The YAML is broken: it holds the control character {control[0]!a}."
        return _at(shown, text, control.start(), what, "Remove it.")
    return None


def _at(shown: str, text: str, position: int, what: str, mend: str) -> Problem:
    return Problem(shown, text.count("\n", 0, position) + 1, "", "", what, mend)


def broken_yaml(shown: str, text: str, error: yaml.YAMLError) -> Problem:
    """What YAML's reader or parser says, in words of ours where it is known what they mean."""
    if isinstance(error, yaml.reader.ReaderError):
        # The position is one of bytes.
        before = text.encode()[: error.position].count(b"\n")
        what = f"The YAML is broken: it holds the character {chr(error.character)!a}."
        return Problem(shown, before + 1, "", "", what, "Remove it.")
    said = str(getattr(error, "problem", None) or error)
    opened = _quote_left_open(text, error)
    if opened is not None:
        what = "A quote opens here and is not closed where its text ends."
        return Problem(shown, opened, "", "", what, "Close it; a quote within one is written twice.")
    mark = getattr(error, "problem_mark", None)
    if mark and text.split("\n")[mark.line][mark.column :].startswith("\t"):
        return Problem(shown, mark.line + 1, "", "", "A tab stands here.", "Indent with spaces.")
    what, mend = _CALLED.get(said, (f"{said}.", "Mind indentation, colons, quotes."))
    return Problem(shown, mark.line + 1 if mark else 1, "", "", f"The YAML is broken: {what}", mend)


def _quote_left_open(text: str, error: yaml.YAMLError) -> int | None:
    """The line of a quote that another quote, or the end of the file, closed; None where there is none.

    What follows such a text is what YAML trips over, often in another line than the quote.
    """
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context", None)
    if context == "while scanning a quoted scalar":
        return int(error.context_mark.line) + 1  # type: ignore[attr-defined]
    if mark is None:
        return None
    last = None
    for token in _tokens(text):
        if token.start_mark.line > mark.line:
            break
        if isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}:
            last = token
    if last is None or last.end_mark.line != mark.line or last.end_mark.index > mark.index:
        return None
    return int(last.start_mark.line) + 1


def _tokens(text: str) -> Iterator[yaml.Token]:
    """The tokens of the text, as far as they can be told apart."""
    try:
        yield from yaml.scan(text)
    except yaml.YAMLError:
        return
