"""The titles as statements for Wikidata, in the CSV form of QuickStatements, for its editors to review.

The form was read off the importer itself (github.com/magnusmanske/quickstatements,
public_html/quickstatements.php, importDataFromCSV and parseValueV1, commit f5d325d2): the first
column is `qid`, a column of a property begins a statement, `qal` and a number qualify it, `S` and a
number refer to a source, `#` is the summary of the edit. Texts and addresses stand between quotation
marks of their own, a year has the precision 9, and the value that exists without an item is
`somevalue`. The importer knows a CSV file by `qid,` at its very beginning: no byte order mark.

The properties, as lists for QuickStatements in public repositories use them: P166 is “award
received”, with P585 “point in time” for its year and S854 “reference URL” for its source, in the
columns `qid, P166, qal585, S854`; P1932 is “object named as”, which stands with `somevalue` for what has
no item. No stored page or listing that we searched, in English and Russian, names an item of the title
itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from capitals.models import Designation

COLUMNS = ("qid", "P166", "qal1932", "qal585", "S854", "#")

TITLE = "CIS Cultural Capital"
"""What the title is called where its item would stand."""

NOTE = _(
    "We found no item of the title itself in Wikidata. So each row gives the city “award received” (P166)"
    " with an unknown value, named “CIS Cultural Capital” (P1932), the year (P585) and the address of a"
    " source (P854). If there is an item by now, put it in place of “somevalue” before you run the batch."
    " Titles of years to come, titles that went to another city and cities without a confirmed item are left"
    " out."
)
"""What an editor should know before using the file."""


def quickstatements(year: int) -> str:
    """The titles held until that calendar year, replaced ones left out, a row each, the older first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(year))
    return text.getvalue()


def _rows(year: int) -> Iterator[tuple[str, ...]]:
    """A row for each title of a city with an item that a source with an address states."""
    titles = Designation.objects.held().held_until(year).exclude(city__wikidata="").oldest_first()
    for title in titles.with_places().with_decisions().with_citations():
        address = _reference(title)
        if address:
            yield (
                title.city.wikidata,
                "somevalue",
                _quoted(TITLE),
                f"+{title.year}-00-00T00:00:00Z/9",
                _quoted(address),
                f"{TITLE} {title.year}: {title.city.name}",
            )


def _reference(title: Designation) -> str:
    """The address of the best source of the step that named the city, else of the title; else nothing."""
    sources = (source for record in title.naming() for source in record.sources_of())
    return next((source.address for source in sources if source.address), "")


def _quoted(text: str) -> str:
    return f'"{text}"'
