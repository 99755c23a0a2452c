"""What a load hashes: the version of the record that it would write.

It follows from everything that shapes what is written, so that `serve` knows without
loading whether the record in the database is that of the fixtures: the fixtures, the code
that a load runs and the libraries that it calls, the migrations and installed apps behind
the tables, the addresses that entries of the search keep, and the catalogues whose words
they hold. Nothing of this is listed by hand but where it begins; a test watches a load and
asks for the files of whatever ran.
"""

from __future__ import annotations

import ast
import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from capitals.models.whole import LISTS, PAGES
from capitals.record.files import files_in
from capitals.record.ledger import LEDGER
from capitals.words.languages import ENGLISH

ROOT = Path(__file__).parent.parent.parent
"""The folder that the site runs from."""
BEGINS_WITH = "capitals.record.loading"
"""The module that loads; what it imports, directly or through others, is the code of a load."""


def record_version(folder: Path) -> str:
    """The version of the record that a load of `folder` would write: sixteen hexadecimal digits."""
    digest = hashlib.sha256()
    for name, content in sorted(_what_shapes_a_load(folder)):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def _what_shapes_a_load(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each thing that shapes what a load writes, by a name that is the same wherever it lies."""
    for file in (*files_in(folder).read, *folder.glob(LEDGER)):
        yield f"fixtures/{file.relative_to(folder).as_posix()}", file.read_bytes()
    code, libraries = code_behind(BEGINS_WITH)
    for name, source in code.items():
        yield f"code/{name}", source
    for file in (ROOT / "capitals" / "migrations").glob("*.py"):
        yield f"migrations/{file.name}", file.read_bytes()
    for place in settings.LOCALE_PATHS:
        for file in Path(place).rglob("*.mo"):
            yield f"catalogues/{file.relative_to(place).as_posix()}", file.read_bytes()
    yield "addresses", _addresses().encode()
    yield "apps", "\n".join(settings.INSTALLED_APPS).encode()
    yield "libraries", "\n".join(libraries).encode()


def code_behind(start: str) -> tuple[dict[str, bytes], list[str]]:
    """What `start` imports, directly or through others: the site's modules, and libraries.

    Modules, `start` among them, by name, each with its source; libraries with their
    versions, among them that of Python's own table of letters.
    """
    code: dict[str, bytes] = {}
    others: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in code:
            continue
        file = _file_of(name)
        if file is None:
            others.add(name.partition(".")[0])
            continue
        code[name] = file.read_bytes()
        # Before a module runs, the packages that it lies in do.
        waiting += [name.rpartition(".")[0], *_imported(ast.parse(code[name]))]
    packages = packages_distributions()
    names = {package for other in others - sys.stdlib_module_names for package in packages.get(other, ())}
    libraries = [f"{name} {version(name)}" for name in sorted(names)]
    return code, [*libraries, f"Unicode {unicodedata.unidata_version}"]


def _file_of(name: str) -> Path | None:
    """The file of a module of the site; none for what is another's, or no module but a name in one."""
    place = ROOT.joinpath(*name.split("."))
    return next((file for file in (place / "__init__.py", place.with_suffix(".py")) if file.is_file()), None)


def _imported(node: ast.AST) -> Iterator[str]:
    """The names that the statements in `node` import: modules, and names that may be modules."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield child.module
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        elif isinstance(child, (ast.stmt, ast.excepthandler, ast.match_case)):
            yield from _imported(child)


def _addresses() -> str:
    """An address of each kind that a load writes, as the routes have them now."""
    with override(ENGLISH):
        standing = [reverse(name) for name in LISTS]
        keyed = [reverse(name, args=["key"]) for name in PAGES]
        return "\n".join([*standing, *keyed, reverse("year", args=[2000])])
