"""The search page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from capitals.models import SearchEntry
from capitals.pages.fields import NOT_A_CHOICE
from capitals.pages.filtering import ANY, counted
from capitals.pages.paging import paged
from capitals.pages.parameters import readable
from capitals.pages.request import RecordRequest
from capitals.search.answers import Answer, answer_in_part, answer_to
from capitals.search.finding import kinds
from capitals.search.meant import what_was_meant
from capitals.search.nearest import NEAREST, names_known
from capitals.search.questions import Question, read_question
from capitals.search.results import Result
from capitals.words.languages import page_language
from capitals.words.query import SearchQuery

RESULTS_PER_PAGE = 25
SEARCH_PAGE = "capitals/pages/search.html"

KINDS = {
    SearchEntry.Kind.CITY: _("cities"),
    SearchEntry.Kind.COUNTRY: _("countries"),
    SearchEntry.Kind.YEAR: _("years"),
    SearchEntry.Kind.DESIGNATION: _("titles"),
    SearchEntry.Kind.SERIES: _("series of events"),
    SearchEntry.Kind.EVENT: _("events"),
    SearchEntry.Kind.CENTRE: _("cultural centres"),
    SearchEntry.Kind.DECISION: _("decisions"),
    SearchEntry.Kind.BODY: _("bodies"),
    SearchEntry.Kind.STATEMENT: _("statements about the programme"),
    SearchEntry.Kind.SISTER_TITLE: _("other titles"),
    SearchEntry.Kind.DISPUTE: _("points on which sources differ"),
    SearchEntry.Kind.SOURCE: _("sources"),
}
"""What is found, in words that stand beside a number."""


class SearchForm(forms.Form):
    """What a reader looks for, and of which kind."""

    q = forms.CharField(
        label=_("Search the record"),
        min_length=2,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={
            "required": _("Type what you are looking for: a city, a year, a word."),
            "min_length": _("Type at least two letters or digits."),
            "max_length": _(
                "That is %(show_value)d characters; the limit is %(limit_value)d. Please shorten it."
            ),
        },
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", ANY), *KINDS.items()],
        required=False,
        error_messages=NOT_A_CHOICE,
    )

    def clean_q(self) -> str:
        """The words; refused where none is long enough to tell one record from another."""
        typed: str = self.cleaned_data["q"]
        if not any(len(word.text) > 1 for word in SearchQuery.read(typed).words):
            raise forms.ValidationError(_("Type at least one word of two letters or digits."))
        return typed

    def explain(self, numbers: dict[str, int]) -> None:
        """Give the kinds the numbers of what was found."""
        self.fields["kind"].widget.choices = [("", ANY), *counted(KINDS.items(), numbers)]


def search(request: RecordRequest) -> HttpResponse:
    """What answers the query, then all that holds its words in any spelling; else what was meant."""
    form = SearchForm(readable(request.GET) if "q" in request.GET else None)
    if not form.is_valid():
        return render(request, SEARCH_PAGE, {"form": form}, status=400 if form.is_bound else 200)
    typed, kind, year = form.cleaned_data["q"], form.cleaned_data["kind"], request.today.year
    question = read_question(typed)
    answer = answer_to(question, year)
    numbers = answer.found.numbers_by_kind()
    form.explain(numbers)
    count = numbers.get(kind, 0) if kind else sum(numbers.values())
    parameters = QueryDict(mutable=True)
    parameters.update({"q": typed, "kind": kind} if kind else {"q": typed})
    found = answer.found.of_kind(kind)
    context = {
        "form": form,
        "year": year,
        "elsewhere": sum(numbers.values()) - count,
        **paged(request, found, RESULTS_PER_PAGE, parameters=parameters, count=count),
    }
    if not numbers:
        context |= instead_of_results(question, typed, year)
    else:
        with_capitals = context["page"].number == 1 and not kind
        context |= shown(context["page"], answer, with_capitals=with_capitals)
    return render(request, SEARCH_PAGE, context)


def shown(entries: Iterable[SearchEntry], answer: Answer, *, with_capitals: bool = True) -> dict[str, Any]:
    """What a page shows: the places and capitals that answer, in their order, then what was found."""
    results = [
        Result(
            entry,
            answer.query.asked,
            answer.titles.get(entry.address),
            answer.years,
            inflected_name=answer.is_inflected,
        )
        for entry in entries
    ]
    capitals = answer.capitals if with_capitals else ()
    before = len(answer.titles) if capitals and answer.leading and not answer.capitals_first else 0
    return {"capitals": capitals, "before": results[:before], "results": results[before:]}


def instead_of_results(question: Question, typed: str, year: int) -> dict[str, Any]:
    """What a page shows where nothing was found: what is found for the words that were meant.

    Where that is not plain, what is recorded of the places and years among them; else the names that
    are near; where none is, how much there is of each kind.
    """
    meant, near = what_was_meant(question, typed, names_known(), year)
    if meant:
        return {"meant": meant, **first_of(answer_to(read_question(meant), year))}
    if question.names_something:
        answer = answer_in_part(question, year)
        found = first_of(answer)
        if found["meant_count"]:
            return {"in_part": True, "meant": in_words(question, found), **found}
    if near:
        return {"nearest": [Result(each.entry, each.words) for each in near]}
    held = {kind: entries.bit_count() for kind, entries in kinds().items()}
    return {"held": [(label, held[kind]) for kind, label in KINDS.items() if kind in held]}


def first_of(answer: Answer) -> dict[str, Any]:
    """The first that an answer finds, and how many there are."""
    count = len(answer.found)
    first = shown(answer.found[:NEAREST], answer)
    return {"meant_count": count, "more": count > NEAREST, **first}


def in_words(question: Question, found: dict[str, Any]) -> str:
    """The places and years of the question as the page calls them: “Lachin 2017”."""
    called = {result.entry.address: result.entry for result in [*found["before"], *found["results"]]}
    names = [
        called[place.address].called(page_language()).words if place.address in called else place.spelt
        for place in question.places
    ]
    return " ".join([", ".join(names), *map(str, question.years)]).strip()
