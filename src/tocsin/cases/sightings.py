"""What one observation shows, before it is judged: whether it is of the case, its build, its products, its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache

from tocsin.cases.case import Case, Compromise, Method, Rule
from tocsin.cases.patterns import TEXT_LIMIT, search

TAGS_LIMIT = 64
TAGS_TEXT_LIMIT = 1024

# One character more of the tags: it tells that the last tag was cut off.
FIELD_LIMITS = {"product": TEXT_LIMIT, "version": TEXT_LIMIT, "detail": TEXT_LIMIT, "tags": TAGS_TEXT_LIMIT + 1}
"""How many characters of each field can matter to any case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """The fields of an observation that a case may read; ``day`` is the UTC date on which it was made.

    ``source`` is the kind of report, such as ``scan_exchange``; ``None`` when an officer asks, and then every
    rule of the pack holds and the observation counts as one of the case.
    """

    source: str | None
    day: date
    product: str | None = None
    version: str | None = None
    tags: str = ""
    detail: str | None = None

    def text(self, name: str) -> str:
        """The field of that name, at most ``TEXT_LIMIT`` characters; empty when there is none."""
        value = {"product": self.product, "version": self.version, "detail": self.detail}[name]
        return (value or "")[:TEXT_LIMIT]

    def tag_list(self) -> tuple[str, ...]:
        """The first ``TAGS_LIMIT`` whole tags within ``TAGS_TEXT_LIMIT`` characters, in lower case."""
        text = self.tags
        if len(text) > TAGS_TEXT_LIMIT:
            text = text[:TAGS_TEXT_LIMIT].rpartition(";")[0]
        return tuple(tag.strip().lower() for tag in text.split(";", TAGS_LIMIT)[:TAGS_LIMIT] if tag.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that a verdict rests on besides the day: the build's text, the products named, the evidence.

    ``hangs_on_day`` says that the same tags would be other evidence on another day.
    """

    build: str | None
    named: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    hangs_on_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A tag that was seen, and what the pack says it shows."""

    method: Method
    tag: str
    cves: tuple[str, ...] = ()
    level: Compromise | None = None
    source: str | None = None

    @property
    def origin(self) -> str:
        """The source in brackets, or nothing when an officer asked."""
        return f" ({self.source})" if self.source else ""


def is_of_case(case: Case, sighting: Sighting) -> bool:
    """Whether the observation concerns the case: by its source, its product text or one of its tags."""
    if sighting.source is None or listed(sighting.source, case.concerns.sources):
        return True
    product = sighting.text("product")
    if product and any(search(pattern, product) for pattern in case.concerns.products):
        return True
    return any(listed(tag, case.concerns.tags) for tag in sighting.tag_list())


def look(case: Case, sighting: Sighting) -> Shown:
    """What an observation of the case shows."""
    evidence, hangs_on_day = gather_evidence(case, sighting)
    return Shown(
        build=find_build(case, sighting),
        named=products_named(case, sighting),
        evidence=evidence,
        hangs_on_day=hangs_on_day,
    )


def fields_read(case: Case, source: str) -> dict[str, bool]:
    """The fields that a verdict on an observation of ``source`` can depend on.

    ``False`` marks a field that is looked at only where the observation has no version.
    """
    named_in = case.concerns.named_in if any(product.named_by for product in case.products) else ()
    always = {"version", "tags", *named_in} | ({"product"} if case.concerns.products else set())
    otherwise = {reading.field for reading in case.readings if listed(source, reading.sources)}
    return {name: name in always for name in FIELD_LIMITS if name in always | otherwise}


def find_build(case: Case, sighting: Sighting) -> str | None:
    """The text of the build in the observation, not yet read; ``None`` when none is seen.

    A filled ``version`` is looked at alone. When no reading finds a build in it, it is given as a whole.
    """
    version = sighting.text("version").strip()
    fields = ("version",) if version else ("detail", "product")
    for reading in case.readings:
        if reading.field in fields and (sighting.source is None or listed(sighting.source, reading.sources)):
            text = sighting.text(reading.field).strip()
            if reading.pattern is None:
                found = text
            else:
                match = search(reading.pattern, text)
                found = match["build"] if match else ""
            if found:
                return found
    return version or None


def products_named(case: Case, sighting: Sighting) -> frozenset[str]:
    """The products that the observation names; empty when it names none in particular."""
    texts = [text for name in case.concerns.named_in if (text := sighting.text(name))]
    return frozenset(
        product.name
        for product in case.products
        if any(search(pattern, text) for pattern in product.named_by for text in texts)
    )


def gather_evidence(case: Case, sighting: Sighting) -> tuple[tuple[Evidence, ...], bool]:
    """The evidence in the observation's tags, and whether another day would have given other evidence."""
    found: list[Evidence] = []
    hangs_on_day = False
    tags = sighting.tag_list()
    for rule in case.evidence if tags else ():
        matching = [tag for tag in tags if listed(tag, rule.tags)]
        if not matching or not (sighting.source is None or listed(sighting.source, rule.sources)):
            continue
        hangs_on_day |= bool(rule.since or rule.until)
        if _holds_on(rule, sighting.day):
            found.append(
                Evidence(method=rule.method, tag=matching[0], cves=rule.cves, level=rule.level, source=sighting.source)
            )
    return tuple(found), hangs_on_day


@lru_cache(maxsize=4096)
def listed(text: str, globs: tuple[str, ...]) -> bool:
    """Whether any of the globs (``*`` for any text) covers ``text`` and none that begins with ``!`` does."""
    if any(glob[0] == "!" and fnmatchcase(text, glob[1:]) for glob in globs):
        return False
    return text in globs or any("*" in glob and fnmatchcase(text, glob) for glob in globs)


def _holds_on(rule: Rule, day: date) -> bool:
    return (rule.since is None or rule.since <= day) and (rule.until is None or day <= rule.until)
