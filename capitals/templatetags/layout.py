"""How templates are laid out."""

from __future__ import annotations

import re

from django import template
from django.template.base import Node, NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()

BREAK = re.compile(r"\s*\n\s*")


class Line(Node):
    """What stands between the tags of `oneline`."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


@register.tag
def oneline(parser: Parser, token: Token) -> Line:
    """Let a line of the page stand in several lines of the template, up to `endoneline`.

    A line break in the template, with the white space around it, is none on the page: a space
    that is meant stands within a line. Texts of the record keep their own breaks.
    """
    nodelist = parser.parse(("endoneline",))
    parser.delete_first_token()
    for node in nodelist.get_nodes_by_type(TextNode):
        if isinstance(node, TextNode):
            node.s = BREAK.sub("", node.s)
    return Line(nodelist)
