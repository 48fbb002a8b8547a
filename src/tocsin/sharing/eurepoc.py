"""Attributions as a CSV in the shape of EuRepoC's table of cyber incidents: a row for each incident and attribution.

Source: the public codebook of the European Repository of Cyber Incidents, as generally known; the names of columns
follow its global dataset, with a precision beside each date. What the record cannot know (whether the claimant was the
victim, legal assessments) is not filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tocsin.labels import Label
from tocsin.record import Attribution, Level, Party, Polarity
from tocsin.record.review import Item
from tocsin.sharing.filed import Choice, Filed, countries, fields_of, names, review_of, uttered
from tocsin.sharing.sheet import table

COLUMNS = (
    *"incident_id name start_date start_date_precision end_date end_date_precision".split(),
    *"attribution_id attribution_date attribution_date_precision attribution_basis attribution_type".split(),
    *"attributing_actor attributing_country attributed_initiator_name attributed_initiator_country".split(),
    *"attributed_initiator_category attribution_polarity attribution_level attribution_relation".split(),
    *"attribution_words probability_words probability_band probability_yardstick".split(),
    *"source source_publisher source_sha256 source_begins source_ends review reviewers reviewed_at rule label".split(),
)
_STATE = re.compile(r"(?:gov|state|role|organ):|org:[A-Z]{2}-")
_UNION = re.compile(r"org:(?:EU|NATO|UN)$")
_CATEGORY = {
    Level.UNSPECIFIED: "Unknown - not attributed",
    Level.TERRITORY: "Unknown - not attributed",
    Level.GROUP: "Non-state-group",
    Level.STATE_AFFILIATED: "Non-state actor, state-affiliation suggested",
    Level.STATE_ORGAN: "State",
    Level.STATE: "State",
}
_BASIS = (
    (_STATE, "Attribution by a state (receiver or third party)"),
    (_UNION, "Attribution by an international organisation"),
)


def eurepoc(record: Iterable[Filed], choice: Choice, label: Label) -> bytes:
    """Every chosen attribution as UTF-8 CSV, claims and denials alike by ``attribution_polarity``."""
    return table(COLUMNS, (_rows(filed, choice, label) for filed in record))


def _rows(filed: Filed, choice: Choice, label: Label) -> Iterable[Mapping[str, object]]:
    for item in choice.items(filed):
        if isinstance(item.assertion.body, Attribution):
            yield _row(filed, item, item.assertion.body, label)


def _row(filed: Filed, item: Item, body: Attribution, label: Label) -> Mapping[str, object]:
    assertion, when = item.assertion, item.assertion.when
    said = fields_of(assertion, filed.document.text)
    day = uttered(filed, assertion)
    return {
        "incident_id": assertion.incident,
        "name": assertion.incident,
        "start_date": when and when.begins,
        "start_date_precision": when and when.precision,
        "end_date": when and when.ends,
        "end_date_precision": when and when.precision,
        "attribution_id": assertion.id,
        "attribution_date": day,
        "attribution_date_precision": _precision(day),
        "attribution_basis": _basis(assertion.claimants),
        "attribution_type": filed.document.genre.value,
        "attributing_actor": names(assertion.claimants),
        "attributing_country": countries(assertion.claimants),
        "attributed_initiator_name": names((*body.actors, *body.accused)),
        "attributed_initiator_country": countries((*body.accused, *body.actors)),
        "attributed_initiator_category": _CATEGORY[body.level] if assertion.polarity is Polarity.ASSERTED else None,
        "attribution_polarity": assertion.polarity.value,
        "attribution_level": body.level.word,
        "attribution_relation": body.relation.value,
        "attribution_words": said["words"],
        "probability_words": said["probability_words"],
        "probability_band": said["band"],
        "probability_yardstick": said["yardstick"],
        "source": filed.document.source,
        "source_publisher": filed.document.publisher,
        "source_sha256": filed.document.sha256,
        "source_begins": assertion.span.begins,
        "source_ends": assertion.span.ends,
        "rule": assertion.rule,
        "label": label,
        **{name: value for name, value in review_of(item).items() if name != "reason"},
    }


def _precision(day: date | None) -> str | None:
    return None if day is None else "day"


def _basis(claimants: Sequence[Party]) -> str | None:
    """By the kind of the claimants, where one kind holds for all of them; ``None``: another, or not told."""
    for pattern, basis in _BASIS:
        if claimants and all(pattern.match(party.canonical) for party in claimants):
            return basis
    return None
