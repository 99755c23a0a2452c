"""Our templates mean what Django's mean, and each is compiled once in a process."""

from __future__ import annotations

from enum import Enum
from typing import Any

import pytest
from django.template import Context, Engine, Template
from django.template.base import VariableNode
from django.test import Client
from django.utils.functional import lazystr
from django.utils.safestring import SafeString
from django.utils.translation import override

from capitals.words.languages import ENGLISH, RUSSIAN
from heritage.compiling import QuickTemplate


class Place:
    """What a template may meet."""

    name = "Gəncə & <b>co</b>"
    safe = SafeString("<b>safe</b>")
    lazy = lazystr("la<zy")
    number = 1234567
    half = 0.5
    nothing = None
    numbers = ("one", "two")
    words: dict[str, Any] = {"items": 3, "deep": {"down": "there"}}  # noqa: RUF012 - it is not changed

    def called(self) -> str:
        return "ca<lled"

    def needing(self, more: str) -> str:
        return more

    def wiping(self) -> str:
        return "wiped"

    wiping.alters_data = True  # type: ignore[attr-defined]

    @property
    def missing(self) -> str:
        raise Place.UnknownError

    class UnknownError(Exception):
        silent_variable_failure = True


class Colour(Enum):
    RED = "red"


VALUES = {
    "place": Place(),
    "places": [Place(), Place()],
    "generated": {"a": 1, "b": 2}.items(),
    "colour": Colour,
    "now": lambda: "then",
    "none": None,
}
SOURCES = (
    "{{ place.name }}{{ place.safe }}{{ place.lazy }}{{ place.number }}{{ place.half }}{{ place.nothing }}",
    "{{ place.numbers.1 }}{{ place.words.items }}{{ place.words.deep.down }}{{ place.words.keys|length }}",
    "{{ place.called }}{{ place.needing }}{{ place.wiping }}{{ place.missing }}{{ now }}",
    "{{ nowhere }}{{ place.nowhere }}{{ place.name.nowhere }}{{ nowhere|default:'else' }}{{ autoescape }}",
    "{{ place.name|upper }}{{ place.safe|upper }}{{ place.name|default:place.safe }}{{ nowhere|default:7 }}",
    "{{ place.name|truncatechars:5 }}{{ place.name|linebreaks }}{{ place.numbers|join:' <' }}",
    "{{ 'a<b' }}{{ 12 }}{{ 'a<b'|upper }}{{ 'abc'|slice:':1' }}",
    "{{ place.name|safe }}{% autoescape off %}{{ place.name }}{{ place.called }}{% endautoescape %}",
    "{% if nowhere %}a{% elif place.nothing is None and not none %}b{% endif %}",
    "{% if place.number > 3 %}c{% endif %}{% if place.name|length < 2 %}d{% endif %}",
    "{% for one in places %}{{ forloop.counter }}{{ one.name }}{% if forloop.last %}.{% endif %}{% endfor %}",
    "{% for one in place.numbers reversed %}{{ forloop.revcounter }}{{ forloop.first }}{{ one }}"
    "{% for two in one %}{{ forloop.parentloop.counter0 }}{{ two }}{% endfor %}{% endfor %}{{ one }}",
    "{% for one in nowhere %}{{ one }}{% empty %}none{{ forloop.first }}{% endfor %}",
    "{% for one in generated %}{{ one }}{{ forloop.revcounter0 }}{% endfor %}{{ forloop.last }}",
    "{% for key, value in place.words.deep.items %}{{ key }}{{ value }}{% endfor %}",
    "{% load l10n %}{% localize off %}{{ place.half }}{{ place.number }}{% endlocalize %}{{ place.half }}",
    "{% with a=place.name b=nowhere %}{{ a }}{{ b }}{% endwith %}{{ a }}{{ colour.RED.value }}",
    "{% translate 'Cities' %}{% translate 'Cities' as here %}{{ here }}{{ _('Cities') }}",
    "{% translate place.name %}",
    "{% translate 'planned' context 'cultural centre' %}{{ nowhere|default:_('Cities') }}",
    "{% blocktranslate with city=place.name %}Today {{ name }}{% endblocktranslate %}"
    "{% blocktranslate count counter=places|length %}{{ counter }} name{% plural %}{{ counter }} names"
    "{% endblocktranslate %}",
    "{% url 'year' 2017 %}{% url 'cities' as here %}{{ here }}{% url 'city' slug='ganja' %}",
    "{% url 'nowhere' as gone %}{{ gone }}",
    "{% include 'capitals/components/box.html' with class=place.name box=place %}{{ class }}",
)


@pytest.fixture
def engine() -> Engine:
    return Engine.get_default()


@pytest.mark.parametrize("language", [ENGLISH, RUSSIAN])
@pytest.mark.parametrize("source", SOURCES)
def test_a_template_says_what_django_makes_of_it(source: str, language: str, engine: Engine) -> None:
    ours, of_django = QuickTemplate(source, engine=engine), Template(source, engine=engine)

    with override(language):
        expected = of_django.render(Context(VALUES))
        # The second time with what the first one has kept.
        assert [ours.render(Context(VALUES)) for _ in range(2)] == [expected, expected]


def test_what_was_kept_in_one_language_is_not_said_in_the_other(engine: Engine) -> None:
    template = QuickTemplate("{% translate 'Cities' %}{% url 'cities' %}", engine=engine)

    said = []
    for language in (ENGLISH, RUSSIAN, ENGLISH):
        with override(language):
            said.append(template.render(Context()))
    assert said == ["Cities/cities/", "Города/ru/cities/", "Cities/cities/"]


def test_an_error_within_a_page_is_not_swallowed(engine: Engine) -> None:
    def fails() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        QuickTemplate("{{ fails }}", engine=engine).render(Context({"fails": fails}))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    compile_nodelist = Template.compile_nodelist, QuickTemplate.compile_nodelist

    def noted(which: int) -> Any:
        def compile_noted(template: Template) -> Any:
            names.append(str(template.name))
            return compile_nodelist[which](template)  # type: ignore[arg-type]

        return compile_noted

    monkeypatch.setattr(Template, "compile_nodelist", noted(0))
    monkeypatch.setattr(QuickTemplate, "compile_nodelist", noted(1))
    for loader in Engine.get_default().template_loaders:
        loader.reset()
    return names


def test_a_process_compiles_each_template_once(client: Client, db: None, compiled: list[str]) -> None:
    for _ in range(2):
        for address in ("/events/", "/ru/events/", "/cities/ganja/", "/"):
            assert client.get(address).status_code == 200

    assert "capitals/components/event_card.html" in compiled
    assert sorted(compiled) == sorted(set(compiled))


def test_templates_of_pages_are_made_of_our_nodes() -> None:
    template = Engine.get_default().get_template("capitals/components/event_card.html")

    assert isinstance(template, QuickTemplate)
    shown = template.nodelist.get_nodes_by_type(VariableNode)
    assert shown
    assert {type(node).__name__ for node in shown} == {"Shown"}
