"""What a web page's metadata state of it: title, day of publication, publisher, licence, language, kind.

Sources: Open Graph protocol (``og:``, ``article:``), schema.org (JSON-LD: ``NewsArticle``, ``datePublished``), Dublin
Core in HTML (DCMI, 2008), HTML Standard section 4.6.7 (``rel=license``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from tocsin.record.document import Genre
from tocsin.record.facts import LONGEST, Facts

_MOST_JSON = 1_000_000
_DEEPEST = 4
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "parsely-pub-date",
    "publication_date",
    "publish-date",
    "pubdate",
    "date",
)
_PUBLISHERS = ("og:site_name", "dcterms.publisher", "dc.publisher", "citation_publisher")
_LICENCES = ("dcterms.license", "dc.rights", "dcterms.rights", "copyright")
_NEWS = frozenset({"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle"})
_DAY = re.compile(r"\s{0,9}(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_SPACE = re.compile(r"\s+")


def page_facts(page: LexborHTMLParser) -> Facts:
    """The fields of a document that the page states of itself; ``None`` where it states nothing."""
    meta, linked = _meta(page), _linked_data(page)
    return Facts(
        title=next(iter(page_titles(page)), None),
        published=_published(page, meta, linked),
        publisher=_first(_of(meta, _PUBLISHERS), _name(linked.get("publisher"))),
        licence=_first(_rel_license(page), _of(meta, _LICENCES), _name(linked.get("license"))),
        language=_first(_attribute(page, "html", "lang"), meta.get("og:locale", "").replace("_", "-")),
        genre=Genre.NEWS if _types(linked) & _NEWS else None,
    )


def page_titles(page: LexborHTMLParser) -> list[str]:
    """What the metadata call it, the most telling first."""
    meta, title = _meta(page), page.css_first("title")
    found = (
        meta.get("og:title"),
        _name(_linked_data(page).get("headline")),
        meta.get("dcterms.title"),
        title.text() if title is not None else None,
    )
    return [text for text in map(_clean, found) if text]


def _meta(page: LexborHTMLParser) -> Mapping[str, str]:
    """Every ``meta`` of the page by its name, in lower case; the first of a name holds."""
    found: dict[str, str] = {}
    for node in page.css("meta[content]"):
        for key in ("property", "name", "itemprop"):
            if name := node.attributes.get(key):
                found.setdefault(name.strip().lower(), node.attributes.get("content") or "")
    return found


def _linked_data(page: LexborHTMLParser) -> Mapping[str, object]:
    """The first object of the page's JSON-LD that has a day of publication, or a headline."""
    for node in page.css('script[type="application/ld+json"]'):
        text = node.text()
        if len(text) > _MOST_JSON:
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):  # written by a stranger; what cannot be read states nothing
            continue
        for each in _objects(value, _DEEPEST):
            if "datePublished" in each or "headline" in each:
                return each
    return {}


def _objects(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        for each in value:
            if depth:
                yield from _objects(each, depth - 1)
    elif isinstance(value, dict):
        yield value
        if depth:
            yield from _objects(value.get("@graph"), depth - 1)


def _types(linked: Mapping[str, object]) -> set[str]:
    kinds = linked.get("@type")
    return {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}


def _published(page: LexborHTMLParser, meta: Mapping[str, str], linked: Mapping[str, object]) -> date | None:
    stated = [meta.get(name) for name in _PUBLISHED[:3]]
    stated += [_name(linked.get("datePublished")), _attribute(page, "time[itemprop=datePublished]", "datetime")]
    stated += [meta.get(name) for name in _PUBLISHED[3:]]
    stated += [_attribute(page, "main time[datetime], article time[datetime]", "datetime")]
    return next((day for day in map(_day, stated) if day is not None), None)


def _day(text: str | None) -> date | None:
    """The day as it is written, in the zone of whoever wrote it."""
    match = _DAY.match(text or "")
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def _rel_license(page: LexborHTMLParser) -> str | None:
    return _attribute(page, "link[rel=license], a[rel=license]", "href")


def _attribute(page: LexborHTMLParser, place: str, name: str) -> str | None:
    node = page.css_first(place)
    return node.attributes.get(name) if node is not None else None


def _of(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)


def _name(value: object) -> str | None:
    """A text, or the name of what is described."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id")
    return value if isinstance(value, str) else None


def _first(*texts: str | None) -> str | None:
    return next((text for text in map(_clean, texts) if text), None)


def _clean(text: str | None) -> str:
    return _SPACE.sub(" ", (text or "")[:LONGEST]).strip()
