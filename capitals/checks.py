"""The site's own system checks: settings that contradict each other, and lists that must be complete.

`check` and `runserver` run all of them; `load` and `serve`, which must work before anything
else does, those of the settings alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.http.request import split_domain_port, validate_host

SETTINGS = "settings"
"""The tag of the checks that look at settings and at nothing else."""

AppConfigs = Sequence[AppConfig] | None


@register(SETTINGS)
def settings_agree(app_configs: AppConfigs, **options: Any) -> list[CheckMessage]:
    """No two settings contradict each other."""
    return [*_addresses_agree(), *_databases_agree()]


def _addresses_agree() -> Iterator[CheckMessage]:
    site = urlsplit(settings.SITE_URL)
    host, _port = split_domain_port(site.netloc)
    if not validate_host(host, settings.ALLOWED_HOSTS):
        yield Error(
            f"SITE_URL is {settings.SITE_URL}, and ALLOWED_HOSTS does not hold {host}: "
            "what absolute links lead to would be refused.",
            hint="Set both: SITE_URL=https://example.org ALLOWED_HOSTS=example.org.",
            id="capitals.E001",
        )
    if settings.BEHIND_TLS and site.scheme != "https":
        yield Error(
            f"BEHIND_TLS is set, and SITE_URL is {settings.SITE_URL}: absolute links would be redirected.",
            hint="Begin SITE_URL with https://, or take BEHIND_TLS away.",
            id="capitals.E002",
        )
    if settings.BEHIND_TLS and settings.DEBUG:
        yield Error(
            "BEHIND_TLS and DEBUG are both set: readers of a public site would see its code.",
            hint="DEBUG is for development alone: take it away.",
            id="capitals.E003",
        )
    if site.scheme == "https" and not settings.BEHIND_TLS:
        yield checks.Warning(
            f"SITE_URL is {settings.SITE_URL}, and BEHIND_TLS is not set: plain requests are not redirected, "
            "and browsers are not told to stay with TLS.",
            hint="Set BEHIND_TLS=1 if a proxy ends TLS and sets X-Forwarded-Proto.",
            id="capitals.W001",
        )


def _databases_agree() -> Iterator[CheckMessage]:
    read, written = settings.DATABASES["default"], settings.DATABASES["load"]
    # What reads PostgreSQL is an engine of ours, of the same last name.
    if read["ENGINE"].rpartition(".")[2] != written["ENGINE"].rpartition(".")[2]:
        names = None
    elif read["ENGINE"].endswith("sqlite3"):
        # A load writes a new file beside the one that is read.
        names = f"{unquote(urlsplit(str(read['NAME'])).path)}.new", str(written["NAME"])
    else:
        names = read["NAME"], written["NAME"]
    if names is None or names[0] != names[1]:
        yield Error(
            "LOAD_DATABASE_URL names another database than DATABASE_URL: no page would show what is loaded.",
            hint="Hosts may differ, as a primary and its replicas do; kind and name of the database may not.",
            id="capitals.E004",
        )


@register
def a_record_is_there(app_configs: AppConfigs, **options: Any) -> list[CheckMessage]:
    """There is a SQLite file to read: `default` cannot make one."""
    read = settings.DATABASES["default"]
    place = Path(unquote(urlsplit(str(read["NAME"])).path))
    if not read["ENGINE"].endswith("sqlite3") or "mode=ro" not in str(read["NAME"]) or place.exists():
        return []
    return [
        checks.Warning(
            f"There is no record at {place} yet: every page would fail.",
            hint="Run “manage.py load”, or “manage.py serve”, which does it by itself.",
            id="capitals.W002",
        )
    ]


@register
def lists_are_complete(app_configs: AppConfigs, **options: Any) -> list[CheckMessage]:
    """Each model, kind and role has its place wherever all of them must have one."""
    return [*_models_are_told(), *_kinds_have_their_places()]


def _models_are_told() -> Iterator[CheckMessage]:
    from capitals.models import Change, InTwoLanguages, RecordState
    from capitals.models.whole import RECORD, SEARCHED

    for model in apps.get_app_config("capitals").get_models():
        if model not in {*RECORD, Change, *SEARCHED, RecordState}:
            yield Error(
                f"{model.__name__} stands in no fixture: a load would never fill nor empty it.",
                hint="Add it to RECORD in capitals/models/whole.py, behind what it refers to.",
                id="capitals.E005",
            )
        if not issubclass(model, InTwoLanguages) or model.called is not InTwoLanguages.called:
            continue
        if model.CALLED not in model.texts():
            yield Error(
                f"{model.__name__}.CALLED is “{model.CALLED}”, no field with a Russian twin.",
                hint="Name the field with what such a record is called.",
                id="capitals.E006",
            )


def _lacking(
    kinds: Collection[str], places: Collection[str], what: str, where: str
) -> Iterator[CheckMessage]:
    """An error for each of the `kinds` that has none of the `places`."""
    for kind in kinds:
        if kind not in places:
            yield Error(
                f"{what} “{kind}” has no place in {where}.",
                hint="Whatever has a kind is ordered and worded by it: give it its place there.",
                id="capitals.E007",
            )


def _kinds_have_their_places() -> Iterator[CheckMessage]:
    from capitals.derived.history import STEP_OF_DISPUTE
    from capitals.derived.steps import RANKS
    from capitals.models import CityName, Decision, Dispute, EventDesignation, SearchEntry
    from capitals.models.names import DISPLAYED
    from capitals.pages.search import KINDS
    from capitals.search.results import PHRASES

    role = EventDesignation.Role
    steps = [one for one in role.values if one not in {role.PROGRAMME, role.MENTIONED}]
    yield from _lacking(Decision.Kind.values, RANKS, "The kind of decision", "derived/steps.py, RANKS")
    yield from _lacking(steps, RANKS, "The part in a title", "derived/steps.py, RANKS")
    yield from _lacking(
        Dispute.Step.values, STEP_OF_DISPUTE, "The disputed step", "derived/history.py, STEP_OF_DISPUTE"
    )
    names = [one for one in CityName.Kind.values if one != CityName.Kind.SEARCH]
    yield from _lacking(names, DISPLAYED, "The kind of name", "models/names.py, DISPLAYED")
    yield from _lacking(names, PHRASES, "The kind of name", "search/results.py, PHRASES")
    yield from _lacking(SearchEntry.Kind.values, KINDS, "The kind of result", "pages/search.py, KINDS")


@register
def constraints_are_understood(app_configs: AppConfigs, **options: Any) -> list[CheckMessage]:
    """The loader can hold each named constraint against a record in memory."""
    # Here, so that no process that serves pages imports what loads the record.
    from capitals.record.constraints import not_understood

    return [
        Error(
            f"{model.__name__}: the loader does not understand {unsaid} in the constraint {constraint.name}.",
            hint="Write it with AND and OR, plain fields and the lookups of capitals/record/constraints.py, "
            "or teach that module.",
            id="capitals.E008",
        )
        for model in apps.get_app_config("capitals").get_models()
        for constraint in model._meta.constraints
        for unsaid in not_understood(constraint, model)
    ]
