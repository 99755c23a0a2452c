"""A page as a reader's programme sees it: a strict, small reading of HTML for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
NOT_SHOWN = {"head", "script", "style", "template", "title"}


class Element:
    """An element with its attributes, and its texts and elements in order."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []
        # All elements of the page in document order; those below this one stand from `first` to `end`.
        # Asked for again and again: to walk down to each anew would take most of the tests' time.
        self.elements: list[Element] = parent.elements if parent else []
        self.first = self.end = len(self.elements)

    def __iter__(self) -> Iterator[Element]:
        """Every element below, in document order."""
        return iter(self.elements[self.first : self.end])

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """The elements below with one of the tags and these attributes; `class_` is one class of several."""
        wanted_class = attributes.pop("class_", None)
        return [
            element
            for element in self
            if (not tags or element.tag in tags)
            and (wanted_class is None or wanted_class in element.classes)
            and all(element.attributes.get(name.replace("_", "-")) == attributes[name] for name in attributes)
        ]

    def one(self, *tags: str, **attributes: str) -> Element:
        """The only such element."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """What it shows, white space collapsed."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in NOT_SHOWN:
                yield from child._texts()

    @property
    def hrefs(self) -> list[str]:
        return [link.attributes["href"] for link in self.all("a") if "href" in link.attributes]


class Page(Element):
    """A whole page; what is not well formed is an AssertionError."""

    def __init__(self, markup: str) -> None:
        super().__init__("", {}, None)
        _Reader(self).read(markup)
        self.end = len(self.elements)
        self.ids = [element.attributes["id"] for element in self if "id" in element.attributes]

    @property
    def main(self) -> Element:
        return self.one("main")

    @property
    def twins(self) -> list[Element]:
        """The links of the head to the page in each language; those to other formats have no language."""
        return [one for one in self.all("link", rel="alternate") if "hreflang" in one.attributes]

    @property
    def scripts(self) -> list[Element]:
        """What a browser would run: not data for other programs, which is of another type."""
        return [one for one in self.all("script") if one.attributes != {"type": "application/ld+json"}]

    @property
    def title(self) -> str:
        return "".join(child for child in self.one("title").children if isinstance(child, str)).strip()

    @property
    def description(self) -> str:
        return self.one("meta", name="description").attributes["content"]

    @property
    def headings(self) -> list[Element]:
        return self.all("h1", "h2", "h3", "h4", "h5", "h6")


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[Element] = [page]

    def read(self, markup: str) -> None:
        self.feed(markup)
        self.close()
        assert self.open == [self.page], f"never closed: {[element.tag for element in self.open[1:]]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>: {attrs}"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open[-1])
        self.open[-1].children.append(element)
        self.page.elements.append(element)
        element.first = element.end = len(self.page.elements)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop().end = len(self.page.elements)

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
