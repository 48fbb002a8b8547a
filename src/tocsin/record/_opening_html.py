"""The main text of a web page: paragraphs, headings, list items and captions, each a block of its own.

The part of the page that holds most of its text is read (``main``, ``article``); menus, forms, scripts, what is hidden,
and lists of links are left out. Words are never changed: white space collapses as a browser shows it.
Sources: WHATWG HTML Standard, sections 3.1.3 (elements), 4.3 (sections), 15.3 (what is shown as a block);
CSS Text Level 3, section 4.1 (white space).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tocsin.errors import DocumentError
from tocsin.record._opening_meta import page_facts, page_titles
from tocsin.record._opening_nesting import is_nested_to_choke
from tocsin.record._opening_parts import Found

SHORTEST_PROSE = 60
"""A page whose longest block outside links is shorter, with little more, has nothing to read but its menus."""
_MOST_MENU = 10 * SHORTEST_PROSE

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre search section summary table tbody tfoot thead tr"
    " ul".split()
)
_SILENT = frozenset(
    "head script style noscript template svg math canvas iframe object embed video audio map select option button"
    " textarea input label datalist dialog menu nav aside footer".split()
)
_SILENT_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar toolbar dialog alertdialog".split()
)
_FURNITURE = re.compile(  # as a whole word of an element's class or id
    r"(?<![a-z])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|consent|related|share|sharing|social|newsletter"
    r"|subscribe|sidebar|advert|advertisement|promo|skip-?(?:to|link)|most-?(?:read|viewed)|comments?|pagination"
    r"|sr-only|visually-?hidden|screen-?reader)(?![a-z])",
    re.IGNORECASE,
)
_FURNITURE_HOLDS = 0.3
_NEVER_FURNITURE = frozenset({"html", "body", "main", "article"})
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_MAIN = "main, [role=main], article, [itemprop=articleBody]"
_MAIN_HOLDS = 0.6
_LINKED = 0.8
_MENU = 3
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BREAK, _CELL = "\v", "\x1f"  # stand for a line break and the end of a table's cell until white space has collapsed


def open_html(text: str) -> Found:
    """The main text and what the page's metadata state. Raises ``DocumentError`` for a page without any prose."""
    if is_nested_to_choke(text):
        raise DocumentError(
            "this page is nested deeper than anybody writes; it may be made to stop whoever reads it",
            remedy="save its text from a browser, and add that",
        )
    page = LexborHTMLParser(text)
    walk = _Walk(page)
    blocks = _without_menus(walk.blocks())
    prose = [block.unlinked for block in blocks]
    if max(prose, default=0) < SHORTEST_PROSE and sum(prose) < _MOST_MENU:
        raise DocumentError(
            "this page has no text of its own: only navigation, or a script puts the text there",
            remedy="open it in a browser, save its text or print it to a PDF, and add that",
        )
    texts = [block.text for block in blocks]
    return Found(text="\n\n".join([*_headline(page, texts), *texts]), facts=page_facts(page))


@dataclass(slots=True)
class _Block:
    """A block as it is gathered: its words, and how many characters of them are links."""

    is_as_typed: bool = False
    words: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, words: str, *, is_link: bool) -> None:
        self.words.append(words)
        if is_link:
            self.linked += len(words.strip())

    @property
    def text(self) -> str:
        whole = "".join(self.words)
        if self.is_as_typed:
            return whole.strip("\n")
        lines = (_SPACE.sub(" ", line).strip(" " + _CELL) for line in whole.split(_BREAK))
        return "\n".join(lines).strip("\n").replace(_CELL, "\t")

    @property
    def unlinked(self) -> int:
        return len(self.text) - self.linked


class _Walk:
    """Walks the main part of a page in its order; without recursion, since a page may nest without end."""

    def __init__(self, page: LexborHTMLParser) -> None:
        self._sizes = _unlinked_sizes(page.root)
        self._main = self._main_part(page)
        self._block = _Block()
        self._links = 0

    def blocks(self) -> Iterator[_Block]:
        """Its blocks that have text."""
        todo = [(self._main, False)] if self._main is not None else []
        while todo:
            node, is_done = todo.pop()
            tag = node.tag or ""
            if tag == "-text":
                self._block.add(node.text_content or "", is_link=self._links > 0)
            elif is_done:
                yield from self._leave(tag)
            elif not self._is_silent(node, tag):
                yield from self._enter(tag)
                todo.append((node, True))
                todo.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
        yield from self._begin()

    def _enter(self, tag: str) -> Iterator[_Block]:
        if tag in _BLOCKS:
            yield from self._begin(is_as_typed=tag == "pre")
        elif tag == "br":
            self._block.add("\n" if self._block.is_as_typed else _BREAK, is_link=False)
        elif tag == "q":
            self._block.add("\u201c", is_link=False)
        elif tag == "a":
            self._links += 1

    def _leave(self, tag: str) -> Iterator[_Block]:
        if tag in _BLOCKS:
            yield from self._begin()
        elif tag in ("td", "th"):
            self._block.add(_CELL, is_link=False)
        elif tag == "q":
            self._block.add("\u201d", is_link=False)
        elif tag == "a":
            self._links -= 1

    def _begin(self, *, is_as_typed: bool = False) -> Iterator[_Block]:
        """Ends the block at hand and begins the next."""
        done, self._block = self._block, _Block(is_as_typed)
        if done.text.strip():
            yield done

    def _main_part(self, page: LexborHTMLParser) -> LexborNode | None:
        """The innermost part called main or article that holds most of the text, else the body."""
        found, whole = page.body, self._size(page.body)
        for part in page.css(_MAIN):
            if self._size(part) >= _MAIN_HOLDS * whole:
                found = part
        return found

    def _size(self, node: LexborNode | None) -> int:
        return self._sizes.get(node.mem_id, 0) if node is not None else 0

    def _is_silent(self, node: LexborNode, tag: str) -> bool:
        if tag in _SILENT or tag.startswith("-") or (tag == "header" and _is_of_page(node)):
            return True
        attributes = node.attributes
        if not attributes or tag in _NEVER_FURNITURE:
            return False
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        if attributes.get("role") in _SILENT_ROLES or _HIDDEN.search(attributes.get("style") or ""):
            return True
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        return self._size(node) <= _FURNITURE_HOLDS * self._size(self._main) and bool(_FURNITURE.search(names))


def _unlinked_sizes(root: LexborNode | None) -> dict[int, int]:
    """How many characters of text outside links and silent elements each element holds, by its ``mem_id``."""
    sizes: dict[int, int] = {}
    todo = [(root, root, False)] if root is not None else []
    while todo:
        node, parent, is_done = todo.pop()
        if is_done:
            sizes[parent.mem_id] = sizes.get(parent.mem_id, 0) + sizes.get(node.mem_id, 0)
        elif node.tag == "-text":
            sizes[parent.mem_id] = sizes.get(parent.mem_id, 0) + len((node.text_content or "").strip())
        elif node.tag not in _SILENT and node.tag != "a":
            todo.append((node, parent, True))
            todo.extend((child, node, False) for child in node.iter(include_text=True))
    return sizes


def _is_of_page(header: LexborNode) -> bool:
    return header.parent is not None and header.parent.tag == "body"


def _without_menus(blocks: Iterator[_Block]) -> list[_Block]:
    """The blocks without runs of three and more that are nothing but links."""
    kept: list[_Block] = []
    for is_link, run in groupby(blocks, key=lambda block: block.linked >= _LINKED * len(block.text)):
        found = list(run)
        if not is_link or len(found) < _MENU:
            kept += found
    return kept


def _headline(page: LexborHTMLParser, texts: Sequence[str]) -> list[str]:
    """The page's one headline, where it stands outside the main part and the metadata know it too."""
    headings = page.css("h1")
    if len(headings) != 1:
        return []
    text = _SPACE.sub(" ", headings[0].text()).strip()
    is_known = any(text in title for title in page_titles(page))
    return [text] if text and is_known and text not in texts else []
