"""The search page as a reader sees it, in either edition."""

from __future__ import annotations

import re

from django.test import Client
from markup import Element, Page

ENGLISH, RUSSIAN = "/search/", "/ru/search/"


def search(client: Client, query: str, *, at: str = ENGLISH, **parameters: str) -> Page:
    """The page of results for `query` in the edition `at`; it must answer 200."""
    response = client.get(at, {"q": query, **parameters})
    assert response.status_code == 200, query
    return Page(response.content.decode())


def cards(page: Page) -> list[Element]:
    return [card for group in page.main.all("div", class_="results") for card in group.all("article")]


def link(card: Element) -> str:
    """Where a result leads; its heading holds its one link."""
    (href,) = card.one("h3").hrefs
    assert card.hrefs == [href] or "answer" in card.attributes["class"].split()
    return href


def card_of(page: Page, address: str) -> Element:
    (card,) = (card for card in cards(page) if link(card) == address)
    return card


def count(page: Page) -> int:
    """How many results the heading says there are."""
    number = re.match(r"(\d+) (?:results? for “|результат(?:а|ов)? по запросу «)", counted(page))
    assert number
    return int(number[1])


def counted(page: Page) -> str:
    """The heading that says so."""
    return page.main.one("h2", class_="count").text


def found(page: Page) -> list[str]:
    """Where the results lead, without names that are only near."""
    return [link(card) for card in cards(page)] if count(page) else []


def first(client: Client, query: str, *, at: str = ENGLISH) -> str:
    """Where the first result leads; nothing where there is none."""
    return next(iter(found(search(client, query, at=at))), "")


def marked(element: Element) -> list[str]:
    return [mark.text for mark in element.all("mark")]


def kinds(page: Page) -> dict[str, int]:
    """The kinds that can be chosen, each with the number that stands at it."""
    numbers = {}
    for option in page.one("select", name="kind").all("option"):
        if option.attributes["value"]:
            number = re.search(r" \((\d+)\)\Z", option.text)
            assert number
            numbers[option.attributes["value"]] = int(number[1])
    return numbers
