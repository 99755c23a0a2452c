"""A made-up record of any size, in fixtures for `load`: `python tests/synthetic.py --factor 100 FOLDER`.

Factor 1 has about as many records of each kind as the real one, and they hang together as
there: so many sources to an event, so many events to a title, a few of either with very
many. What is one however much is recorded (the statements about the programme, the sister
titles, the data sets) does not grow, and the earth has no more than so many countries.
The same factor and seed give the same record.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any, TextIO

from synthetic_record import Synthesis
from synthetic_sources import Cluster

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from capitals.record.progress import Silence, progress_on

SEED = 16
RECORDS_IN_A_FILE = 2000
FIRST_EDITION, SECOND_EDITION = datetime.date(2026, 11, 22), datetime.date(2026, 11, 30)
MENDED, LATE = 0.03, 0.01
"""How many records of a hundred the second edition mended, and how many it added."""


def write_synthetic_record(
    folder: Path, factor: float, seed: int = SEED, progress: Silence | None = None
) -> int:
    """Write the record of that factor and seed into `folder`, a ledger of two editions with it.

    Gives the number of its records. Django must be set up: the ledger's digests are the site's.
    """
    # Here, for the command sets Django up after it has read its arguments.
    from capitals.models.whole import RECORD
    from capitals.record.changes import digests
    from capitals.record.ledger import LEDGER, Line, write_ledger

    models = {str(model._meta.model_name): model for model in RECORD}
    progress = progress or Silence()
    progress.stage("Making up", int(2700 * factor))
    random = Random(seed)
    lines = []
    with _Files(folder) as files:
        for cluster in Synthesis(factor, seed).clusters():
            files.write(cluster)
            progress.step(len(cluster.records))
            written = [(models[one.model], one.key, _as_written(one.fields)) for one in cluster.records]
            for (table, key), digest in digests(written).items():
                chance = random.random()
                late = chance < LATE
                if late or chance < LATE + MENDED:
                    lines.append(Line(SECOND_EDITION, table, key, "added" if late else "mended", digest))
                if not late:
                    digest = digest if chance >= LATE + MENDED else digest[::-1]
                    lines.append(Line(FIRST_EDITION, table, key, "added", digest))
    write_ledger(folder / LEDGER, lines)
    return files.number


class _Files:
    """Files of fixtures in a folder, none of them endless."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, TextIO] = {}
        self._written: Counter[str] = Counter()

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *error: object) -> None:
        for file in self._open.values():
            file.close()

    @property
    def number(self) -> int:
        """How many records were written."""
        return sum(self._written.values())

    def write(self, cluster: Cluster) -> None:
        name = f"{cluster.file}_{self._written[cluster.file] // RECORDS_IN_A_FILE + 1}.yaml"
        if name not in self._open:
            self._close_those_of(cluster.file)
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            self._open[name] = path.open("w", encoding="utf-8")
        for model, key, fields in cluster.records:
            self._open[name].write(f"- model: capitals.{model}\n")
            if key is not None:
                self._open[name].write(f"  pk: {_yaml(key)}\n")
            # A mapping that holds nothing is not read as none.
            self._open[name].write("  fields:\n" if fields else "  fields: {}\n")
            self._open[name].writelines(f"    {name}: {_yaml(value)}\n" for name, value in fields.items())
        self._written[cluster.file] += len(cluster.records)

    def _close_those_of(self, file: str) -> None:
        for name in [name for name in self._open if name.rpartition("_")[0] == file]:
            self._open.pop(name).close()


def _yaml(value: Any) -> str:
    """The value in YAML: texts in quotes, so that none is taken for a number or a day."""
    return json.dumps(value, ensure_ascii=False)


def _as_written(value: Any) -> Any:
    """The value as the loader sees it in the file, before it takes it for what it is."""
    if isinstance(value, dict):
        return {name: _as_written(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_written(part) for part in value]
    return value if isinstance(value, str) else _yaml(value)


def main() -> None:
    """Read the arguments, write the record, say what was written."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("folder", type=Path, help="an empty folder, or none yet")
    parser.add_argument("--factor", type=float, default=1.0, help="how many times the real record")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")
    import django

    django.setup()
    progress = progress_on(sys.stderr)
    try:
        number = write_synthetic_record(options.folder, options.factor, options.seed, progress)
    finally:
        progress.close()
    print(f"{number} records of factor {options.factor:g} and seed {options.seed} in {options.folder}.")


if __name__ == "__main__":
    main()
