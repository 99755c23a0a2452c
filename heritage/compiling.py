"""Templates compiled so that pages take less time to make; what they mean is Django's own.

A page shows some thousand variables and includes some hundred components. At each Django is ready for
anything: it tries three ways to read an attribute, asks of each text whether it is a number or a moment
to be localised, opens a frame for each component, finds each translation and address anew. The classes
here do at once what is the case nearly everywhere on our pages, and leave all else to the classes of
Django that they extend. `tests/house/test_compiling.py` holds both to the same result.
"""

from __future__ import annotations

import functools
import html
from typing import Any, cast

from django.conf import settings
from django.template import Context, Engine, Template
from django.template.base import (
    FilterExpression,
    Lexer,
    Node,
    NodeList,
    Parser,
    Token,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import ForNode, URLNode
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from capitals.templatetags.layout import Line

ADDRESSES_KEPT = 1024
UNKNOWN = object()
"""What a name stands for that the context does not have."""


class UncommonError(Exception):
    """What Django finds by ways that are not tried here."""


class Expression(FilterExpression):
    """A variable or a constant with filters: attributes are read at once, arguments are made once."""

    __slots__ = ("names", "steps")

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        self.names = self.var.lookups or () if isinstance(self.var, Variable) else ()
        """What is looked up, one in the other; empty for a constant."""
        self.steps = [_step(*one) for one in self.filters] if all(map(_is_plain, self.filters)) else None
        """The filters; None where one of them takes more than constants."""

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        if self.steps is None or (self.is_var and not self.names):
            return super().resolve(context, ignore_failures)
        value = self.var
        if self.is_var:
            try:
                value = looked_up(self.names, context)
            except Exception:
                # Whatever it is, Django knows what it means to a template.
                return super().resolve(context, ignore_failures)
            if value is UNKNOWN:
                value = None if ignore_failures else ""
        for function, arguments, keeps_safe in self.steps:
            made = function(value, *arguments)
            value = SafeString(made) if keeps_safe and isinstance(value, SafeString) else made
        return value


def _is_plain(step: tuple[Any, list[tuple[bool, Any]]]) -> bool:
    """Whether a filter takes its value and constants, and asks nothing of the page."""
    function, arguments = step
    asks = getattr(function, "needs_autoescape", False) or getattr(function, "expects_localtime", False)
    return not asks and all(_is_constant_argument(*argument) for argument in arguments)


def _is_constant_argument(is_variable: bool, value: Any) -> bool:
    """Whether it is a number, which comes as a variable, or a text that is not to be translated."""
    return value.literal is not None and not value.translate if is_variable else isinstance(value, str)


def _step(function: Any, arguments: list[tuple[bool, Any]]) -> tuple[Any, list[Any], bool]:
    """A filter, its arguments, and whether it leaves safe what is safe."""
    constants = [value.literal if is_variable else SafeString(value) for is_variable, value in arguments]
    return function, constants, getattr(function, "is_safe", False)


def looked_up(names: tuple[str, ...], context: Context) -> Any:
    """What the first of `names` stands for in the context, of that the second, and so on.

    Any exception means that Django's own way is to be gone.
    """
    for variables in reversed(context.dicts):
        if names[0] in variables:
            value = variables[names[0]]
            break
    else:
        if _engine(context).string_if_invalid:
            raise UncommonError
        return UNKNOWN
    if callable(value):
        value = _called(value)
    for name in names[1:]:
        if type(value) is dict and name in value:
            value = value[name]
        elif hasattr(type(value), "__getitem__"):
            raise UncommonError
        else:
            value = getattr(value, name)
        if callable(value):
            value = _called(value)
    return value


def _called(value: Any) -> Any:
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        raise UncommonError
    return value()


def _engine(context: Context) -> Engine:
    """The engine of the template that is being rendered: there is one then."""
    return cast(Template, context.template).engine


class Shown(VariableNode):
    """A variable on the page: a text, which most are, is escaped, and a number stands as it is."""

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        if type(value) is SafeString:
            return value
        if type(value) is str and context.autoescape:
            return html.escape(value)
        if type(value) is int and not settings.USE_THOUSAND_SEPARATOR:
            return str(value)
        if type(value) is float and context.use_l10n is False:
            return str(value)
        return render_value_in_context(value, context)

    render_annotated = render


class Included(IncludeNode):
    """A component with a constant name: found once, rendered without a frame of its own for blocks."""

    component: Template | None = None

    def render(self, context: Context) -> SafeString:
        if self.component is None:
            self.component = _engine(context).get_template(self.template.var)
        context.dicts.append({name: value.resolve(context) for name, value in self.extra_context.items()})
        try:
            return self.component.nodelist.render(context)
        finally:
            context.dicts.pop()

    render_annotated = render


class Loop(ForNode):
    """A loop with one variable, whose frame is a plain dictionary."""

    sequence: FilterExpression
    nodelist_loop: NodeList
    nodelist_empty: NodeList

    def render(self, context: Context) -> SafeString:
        values = self.sequence.resolve(context, ignore_failures=True)
        if values is None or not hasattr(values, "__len__"):
            return SafeString(super().render(context))
        count = len(values)
        loop: dict[str, Any] = {"parentloop": context.get("forloop", {})}
        frame: dict[str, Any] = {"forloop": loop} if count else {}
        context.dicts.append(frame)
        parts: list[Any] = []
        try:
            for number, value in enumerate(reversed(values) if self.is_reversed else values):
                loop["counter0"], loop["counter"] = number, number + 1
                loop["revcounter"], loop["revcounter0"] = count - number, count - number - 1
                loop["first"], loop["last"] = number == 0, number == count - 1
                frame[self.loopvars[0]] = value
                parts += [node.render_annotated(context) for node in self.nodelist_loop]
            return SafeString("".join(parts)) if count else self.nodelist_empty.render(context)
        finally:
            context.dicts.pop()

    render_annotated = render


class Translated(TranslateNode):
    """A constant text: translated once for each language."""

    def __init__(self, *options: Any) -> None:
        super().__init__(*options)
        self.texts: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        if language not in self.texts:
            again = TranslateNode(self.filter_expression, self.noop, None, self.message_context)
            self.texts[language] = again.render(context)
        if not self.asvar:
            return self.texts[language]
        context[self.asvar] = self.texts[language]
        return ""

    render_annotated = render


class BlockTranslated(BlockTranslateNode):
    """A text with variables: what is to be translated is put together once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.made: dict[int, Any] = {}

    def render_token_list(self, tokens: list[Token]) -> Any:
        if id(tokens) not in self.made:
            self.made[id(tokens)] = super().render_token_list(tokens)
        message, variables = self.made[id(tokens)]
        return message, list(variables)


@functools.lru_cache(maxsize=ADDRESSES_KEPT)
def _address(_language: str | None, name: str, arguments: tuple[Any, ...]) -> str:
    return reverse(name, args=arguments)


class Addressed(URLNode):
    """The address of a page by its name and by arguments without names: made once for each language."""

    def render(self, context: Context) -> str:
        arguments = tuple(argument.resolve(context) for argument in self.args)
        try:
            address = _address(get_language(), self.view_name.var, arguments)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address

    render_annotated = render


def ours(node: Node) -> Node:
    """The node, as one of our classes where it is of a kind that they are for."""
    match node:
        case VariableNode():
            return Shown(node.filter_expression)
        case IncludeNode() if _is_constant(node.template) and not node.isolated_context:
            return Included(node.template, extra_context=node.extra_context)
        case ForNode() if len(node.loopvars) == 1:
            loop, empty = node.nodelist_loop, node.nodelist_empty
            return Loop(node.loopvars, node.sequence, node.is_reversed, loop, empty)
        case TranslateNode() if not node.message_context or _is_constant(node.message_context):
            return Translated(node.filter_expression, node.noop, node.asvar, node.message_context)
        case BlockTranslateNode():
            return BlockTranslated(**vars(node))
        case URLNode() if _is_constant(node.view_name) and not node.kwargs:
            return Addressed(node.view_name, node.args, node.kwargs, node.asvar)
        case _:
            return node


def _is_constant(expression: FilterExpression) -> bool:
    return isinstance(expression.var, str) and not expression.filters


class QuickParser(Parser):
    """Django's parser, which makes our expressions and nodes."""

    def compile_filter(self, token: str) -> FilterExpression:
        return Expression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        if isinstance(node, Line):
            # It has done its work as it was compiled.
            nodelist.extend(node.nodelist)
            nodelist.contains_nontext = True
        else:
            super().extend_nodelist(nodelist, ours(node), token)


class QuickTemplate(Template):
    """A template of our nodes; where errors are shown with their places (DEBUG), of Django's."""

    def compile_nodelist(self) -> NodeList:
        if self.engine.debug:
            return super().compile_nodelist()
        engine = self.engine
        tokens = Lexer(self.source).tokenize()
        parser = QuickParser(tokens, engine.template_libraries, engine.template_builtins, self.origin)
        nodelist = parser.parse()
        self.extra_data = parser.extra_data
        return nodelist
