"""The record as one CSV table: a row for each assertion, those that reviewers rejected among them with the reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from tocsin.labels import Label
from tocsin.reports.escape import csv_cell
from tocsin.sharing.filed import Choice, Filed, as_read, fields_of, review_of, said_on

_DOCUMENT = "document title publisher published genre source".split()
_REVIEW = "review reviewers reviewed_at reason".split()
_FIELDS = (
    "words claimants chain polarity incident level relation accused actors explicit probability_words band yardstick"
    " band_low band_high confidence_words confidence what value number comparator unit hedges modality subject"
    " denominator state place denied answers measure standing targets is_conditional holders towards strategy tag"
    " date_begins date_ends date_precision date_words"
).split()
COLUMNS = (
    "id",
    "kind",
    *_REVIEW,
    *_DOCUMENT,
    "said_on",
    "begins",
    "ends",
    *_FIELDS,
    "as_read",
    "rule",
    "reader",
    "label",
)
"""``as_read`` holds what the machine wrote in corrected fields; ``begins`` and ``ends`` count code points.

``published`` is the document's day, ``said_on`` that of the utterance, ``date_begins`` to ``date_ends`` what the claim
itself gives.
"""


def sheet(record: Iterable[Filed], choice: Choice, label: Label) -> bytes:
    """All chosen assertions as UTF-8 CSV, documents in the order given and assertions by place.

    Several values of one cell have ``; `` between them; cells are safe for a spreadsheet (``csv_cell``).
    """
    return table(COLUMNS, (_row(filed, label, choice) for filed in record))


def table(columns: Sequence[str], groups: Iterable[Iterable[Mapping[str, object]]]) -> bytes:
    """Rows by column name as UTF-8 CSV with a header; what a row does not have is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for rows in groups:
        writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return text.getvalue().encode("utf-8")


def cell(value: object) -> str:
    """A value as the text of one safe cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 and value != int(value) else f"{value:.0f}"
    if isinstance(value, list):
        return csv_cell("; ".join(map(str, value)))
    return csv_cell(str(value))


def _row(filed: Filed, label: Label, choice: Choice) -> Iterable[Mapping[str, object]]:
    document = filed.document
    about = {
        "document": document.sha256,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "genre": document.genre.value,
        "source": document.source,
        "reader": filed.reviewed.reading.reader,
        "label": label,
    }
    for item in choice.items(filed, withdrawn=True):
        assertion, before = item.assertion, as_read(item, document.text)
        yield {
            **about,
            **fields_of(assertion, document.text),
            **review_of(item),
            "id": assertion.id,
            "said_on": said_on(filed, assertion),
            "begins": assertion.span.begins,
            "ends": assertion.span.ends,
            "as_read": [f"{name}={cell(value)}" for name, value in before.items()],
            "rule": assertion.rule,
        }
