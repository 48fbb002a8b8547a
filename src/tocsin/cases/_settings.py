"""``case.toml`` as values, with every fault noted. The keys are described in ``docs/reference/case-packs.md``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.cases._sections import Section
from tocsin.cases.case import Compromise, Concerns, Cve, Event, Method, Product, Reading, Reference, Rule
from tocsin.cases.patterns import compile_bounded
from tocsin.cases.versions import Parts, Scheme, joints_of, read_build
from tocsin.errors import did_you_mean
from tocsin.labels import Label, parse_label

FIELDS = ("version", "detail", "product")
KINDS = ("disclosure", "patch", "exploit", "end")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_URL = re.compile(r"https?://[^\s<>\"]+")
_LEVELS = (Compromise.POSSIBLE.value, Compromise.CONFIRMED.value)
_ABOUT_COMPROMISE = (Method.TRACE, Method.CLEANED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``case.toml`` states; the builds are in their own file."""

    id: str
    title: str
    label: Label
    summary: str
    notes: tuple[str, ...]
    cves: tuple[Cve, ...]
    deciding: tuple[str, ...]
    products: tuple[Product, ...]
    schemes: tuple[Scheme, ...]
    timeline: tuple[Event, ...]
    references: tuple[Reference, ...]
    concerns: Concerns
    readings: tuple[Reading, ...]
    evidence: tuple[Rule, ...]


def read_settings(top: Section) -> Settings:
    """Reads the whole file. What is faulty is noted in the section's faults and left out or replaced."""
    schemes = _read_schemes(top)
    products = tuple(_read_product(section, schemes) for section in top.tables("products"))
    _note_repeated(top, "products", [product.name for product in products])
    cves = tuple(_read_cve(section, [product.name for product in products]) for section in top.tables("cves"))
    _note_repeated(top, "cves", [cve.id for cve in cves])
    ids = [cve.id for cve in cves]
    settings = Settings(
        id=_read_id(top),
        title=top.text("title"),
        label=top.parsed("label", top.text("label", default="TLP:CLEAR"), parse_label) or Label.CLEAR,
        summary=top.text("summary", default=""),
        notes=top.texts("notes"),
        cves=cves,
        deciding=_known(top, "deciding", top.texts("deciding", required=True), ids, "a CVE of this pack"),
        products=products,
        schemes=schemes,
        timeline=_read_timeline(top),
        references=tuple(_read_reference(section) for section in top.tables("references")),
        concerns=_read_concerns(top.table("concerns")),
        readings=tuple(_read_reading(section) for section in top.tables("readings")),
        evidence=tuple(_read_rule(section, ids) for section in top.tables("evidence", required=False)),
    )
    top.close()
    return settings


def _read_id(top: Section) -> str:
    text = top.text("id")
    if text and not _ID.fullmatch(text):
        top.fault("id", f"{text!r} must be small letters, digits and single hyphens, such as 'exchange-2021'")
    return text


def _read_schemes(top: Section) -> tuple[Scheme, ...]:
    schemes = tuple(_read_scheme(section) for section in top.tables("schemes"))
    _note_repeated(top, "schemes", [scheme.name for scheme in schemes])
    return schemes


def _read_scheme(section: Section) -> Scheme:
    name = section.text("name")
    separators = section.texts("separators", required=True)
    if any(character.isdigit() for text in separators for character in text):
        section.fault("separators", "must hold no digits")
    parts, largest = section.integer("parts"), section.integer("largest", default=65535)
    example = section.text("example")
    section.close()
    scheme = Scheme(name=name, parts=parts, largest=largest, separators=separators, joints=joints_of(example))
    if example and separators and len(section.parsed("example", example, lambda t: _read(scheme, t)) or ()) != parts:
        section.fault("example", f"{example!r} must be a whole build of {parts} parts")
    return scheme


def _read_product(section: Section, schemes: Sequence[Scheme]) -> Product:
    named = {scheme.name: scheme for scheme in schemes}
    fallback = schemes[0] if schemes else Scheme(name="", parts=1, largest=65535, separators=(".",), joints=())
    wanted = section.text("scheme", default=fallback.name if len(schemes) == 1 else None)
    if wanted and wanted not in named and schemes:
        section.fault("scheme", f"{wanted!r} is no scheme of this pack{did_you_mean(wanted, named)}")
    scheme = named.get(wanted, fallback)
    newer = section.choice("newer_branches", ("undetermined", "fixed"), default="undetermined")
    product = Product(
        name=section.text("name"),
        scheme=scheme,
        series=_parsed_parts(section, scheme, section.texts("series")),
        named_by=_read_patterns(section, "named_by"),
        newer_branches_fixed=newer == "fixed",
    )
    section.close()
    return product


def _parsed_parts(section: Section, scheme: Scheme, texts: Sequence[str]) -> tuple[Parts, ...]:
    read = [section.parsed("series", text, lambda text: _read(scheme, text)) for text in texts]
    return tuple(parts for parts in read if parts)


def _read_cve(section: Section, products: Sequence[str]) -> Cve:
    identifier = section.text("id")
    if identifier and not _CVE.fullmatch(identifier):
        section.fault("id", f"{identifier!r} is not of the form CVE-2021-26855")
    concerned = _known(
        section, "products", section.texts("products", required=True), products, "a product of this pack"
    )
    cve = Cve(id=identifier, name=section.text("name", default=""), products=concerned)
    section.close()
    return cve


def _read_timeline(top: Section) -> tuple[Event, ...]:
    events = []
    for section in top.tables("timeline"):
        kind, day, what = section.choice("kind", KINDS), section.day("on"), section.text("what")
        section.close()
        if day:
            events.append(Event(kind=kind, on=day, what=what))
    return tuple(sorted(events, key=lambda event: event.on))


def _read_reference(section: Section) -> Reference:
    reference = Reference(title=section.text("title"), url=section.text("url"))
    if reference.url and not _URL.fullmatch(reference.url):
        section.fault("url", f"{reference.url!r} is no web address")
    section.close()
    return reference


def _read_concerns(section: Section) -> Concerns:
    concerns = Concerns(
        sources=section.texts("sources"),
        products=_read_patterns(section, "products"),
        tags=_lower(section, "tags", section.texts("tags")),
        named_in=_known(section, "named_in", section.texts("named_in"), FIELDS, "a field") or ("product",),
    )
    if not (concerns.sources or concerns.products or concerns.tags):
        section.fault("sources", "no observation can be of this case: give sources, products or tags")
    section.close()
    return concerns


def _read_reading(section: Section) -> Reading:
    sources, where = section.texts("sources", required=True), section.choice("field", FIELDS)
    text = section.text("pattern", default="")
    pattern = section.parsed("pattern", text, compile_bounded) if text else None
    if pattern and "build" not in pattern.groupindex:
        section.fault("pattern", "must have the group (?P<build>…) around the build")
    if not text and where != "version":
        section.fault("pattern", f"is missing: only the field version may be a build as a whole, not {where}")
    section.close()
    return Reading(sources=sources, field=where, pattern=pattern)


def _read_rule(section: Section, cves: Sequence[str]) -> Rule:
    method = Method(section.choice("method", [method.value for method in Method]))
    about_compromise = method in _ABOUT_COMPROMISE
    named = section.texts("cves", required=not about_compromise)
    if named and about_compromise:
        section.fault("cves", f"does not belong to {method.value}: a compromise is not of one CVE")
    level = section.choice("level", _LEVELS) if method is Method.TRACE else None
    rule = Rule(
        method=method,
        tags=_lower(section, "tags", section.texts("tags", required=True)),
        sources=section.texts("sources", required=True),
        cves=_known(section, "cves", named, cves, "a CVE of this pack"),
        level=Compromise(level) if level else None,
        since=section.day("from", required=False),
        until=section.day("until", required=False),
    )
    _note_backward(section, rule.since, rule.until)
    section.close()
    return rule


def _note_backward(section: Section, since: date | None, until: date | None) -> None:
    if since and until and until < since:
        section.fault("until", f"{until} is before from, {since}")


def _read_patterns(section: Section, name: str) -> tuple[re.Pattern[str], ...]:
    read = [section.parsed(name, text, compile_bounded) for text in section.texts(name)]
    return tuple(pattern for pattern in read if pattern)


def _known(section: Section, name: str, texts: Sequence[str], known: Sequence[str], called: str) -> tuple[str, ...]:
    for text in texts:
        if text not in known:
            section.fault(name, f"{text!r} is not {called}{did_you_mean(text, known)}")
    return tuple(text for text in texts if text in known)


def _lower(section: Section, name: str, tags: tuple[str, ...]) -> tuple[str, ...]:
    for tag in tags:
        if tag != tag.lower() or ";" in tag:
            section.fault(name, f"{tag!r} can never match: tags are in lower case and hold no semicolon")
    return tags


def _note_repeated(section: Section, name: str, values: Sequence[str]) -> None:
    for index, value in enumerate(values):
        if value and value in values[:index]:
            section.fault(f"{name}[{index}]", f"{value!r} is there twice")


def _read(scheme: Scheme, text: str) -> Parts:
    try:
        return read_build(scheme, text)
    except ValueError as problem:
        raise ValueError(f"{text!r} {problem}") from None
