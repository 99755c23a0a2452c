"""The benchmark's table says what was measured; nothing is measured here."""

from __future__ import annotations

import pytest
from benchmark.asks import Ask, Line, asks_of, cold_lines, hundredfold_lines, warm_lines
from benchmark.subjects import altered
from benchmark.table import as_markdown, as_text, row_of
from benchmark.wrk import Figures, NotMeasured, medians, parse

pytestmark = pytest.mark.once

REPORT = """Running 3s test @ http://127.0.0.1:38421/
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.39s   633.40ms   2.02s    75.00%
    Req/Sec     8.42      2.19    10.00     68.42%
  Latency Distribution
     50%  820.55us
     75%    1.95ms
     90%   19.90ms
     99%    2.02s_
  24 requests in 3.01s, 1.41MB read
Requests/sec:  16492.97
Transfer/sec:    479.51KB
""".replace("_", " ")  # wrk writes a space behind a unit of one letter

SITE, NGINX = Ask("site", "/"), Ask("nginx", "/")


def test_the_report_of_wrk_is_read_in_its_units() -> None:
    assert parse(REPORT) == Figures(rate=16492.97, half=820.55 / 1000, almost_all=2020, answers=24)


@pytest.mark.parametrize(
    "line", ["Non-2xx or 3xx responses: 149", "Socket errors: connect 0, read 3, write 0, timeout 1"]
)
def test_answers_that_are_errors_are_no_measurement(line: str) -> None:
    with pytest.raises(NotMeasured, match=line):
        parse(REPORT.replace("Requests/sec", f"  {line}\nRequests/sec"))


def test_the_median_round_counts_for_each_figure() -> None:
    assert medians([Figures(1, 9, 5, 3), Figures(3, 8, 70, 3), Figures(2, 1, 6, 1)]) == Figures(2, 8, 6, 3)


def test_a_line_tells_the_ratio_and_whether_it_is_what_was_wanted() -> None:
    figures = {SITE: Figures(12_345.6, 1.234, 12.34), NGINX: Figures(20_000, 0.5, 0.9)}
    lines = [
        Line("warm", SITE, NGINX, least=0.5),
        Line("bound", SITE, NGINX, least=0.5, within=1.2),
        Line("alone", SITE),
    ]
    rows = [row_of(line, figures) for line in lines]
    held, missed, alone = (row.cells() for row in rows)

    numbers = ("12,346/s", "1.23 ms", "12.3 ms", "nginx", "20,000/s", "0.62")
    assert held == ("warm", *numbers, "0.5 or more", "holds")
    assert missed == ("bound", *numbers, "0.5 or more, p50 1.2 ms or less", "MISSED")
    assert alone == ("alone", "12,346/s", "1.23 ms", "12.3 ms", "", "", "", "", "")
    assert as_markdown(rows).splitlines()[1:3] == [
        "| --- | ---: | ---: | ---: | --- | ---: | ---: | --- | --- |",
        "| warm | 12,346/s | 1.23 ms | 12.3 ms | nginx | 20,000/s | 0.62 | 0.5 or more | holds |",
    ]
    assert len({line.index("nginx") for line in as_text(rows).splitlines()[1:3]}) == 1


def test_on_a_busy_machine_the_time_of_the_processor_is_held_against_that_of_the_other() -> None:
    figures = {SITE: Figures(90, 1, 2, cost=0.05), NGINX: Figures(10, 1, 2, cost=0.02)}
    cells = row_of(Line("warm", SITE, NGINX, least=0.5), figures, by_processor=True).cells()

    measured = ("0.05 ms", "1.00 ms", "2.00 ms", "nginx", "0.02 ms", "0.40")
    assert cells == ("warm", *measured, "0.5 or more", "MISSED")


def test_each_is_asked_once_a_round_beside_what_it_is_held_against() -> None:
    lines = (
        warm_lines(["identity", "gzip", "br"], "/static/a.css")
        + cold_lines(base=True)
        + hundredfold_lines("/cities/a-name/", "/countries/one/")
    )
    asks = asks_of(lines)

    assert len(asks) == len(set(asks))
    assert asks[:2] == [SITE, NGINX]
    assert {ask.subject for ask in asks} == {
        *("site", "nginx", "empty view", "datasette", "granian's files", "cold", "base", "hundredfold")
    }
    assert {ask.path for ask in asks if ask.subject == "hundredfold" and "search" in ask.path} == {
        *("/search/?q=a+name", "/search/?q=an+ame")
    }


def test_another_server_keeps_the_options_that_the_site_has() -> None:
    command = ["python", "-m", "granian", "--port=8000", "--blocking-threads=2", "--no-ws", "site:it"]

    assert altered(command, "other:it", port="9", blocking_threads=None) == [
        *("python", "-m", "granian", "--no-ws", "--port=9", "other:it")
    ]
