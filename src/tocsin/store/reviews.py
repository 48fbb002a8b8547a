"""What reviewers did to the record, in the order in which they did it. Append-only: nothing is ever taken away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.errors import TocsinError, WorkspaceError
from tocsin.record.review import Action, Reject, act_from, act_json
from tocsin.store.clock import instant_text, parse_instant
from tocsin.store.schema import reviews


def save_action(desk: Engine, action: Action) -> int:
    """Adds an act; gives its number. Raises ``ValueError`` for one that belongs to no document."""
    if action.document is None:
        raise ValueError("an act is kept with a document")
    values = {
        "document": action.document,
        "assertion": next(iter(action.assertions), None),
        "action": action.word,
        "payload": json.dumps(act_json(action.act)),
        "reason": action.act.reason if isinstance(action.act, Reject) else "",
        "reviewer": action.by,
        "made_at": instant_text(action.at),
    }
    with desk.begin() as connection:
        return int(connection.scalars(sa.insert(reviews).values(**values).returning(reviews.c.id)).one())


def actions_on(desk: Engine, document: str) -> list[Action]:
    """Everything done to one document, oldest first."""
    return list(load_actions(desk, [document]).get(document, []))


def load_actions(desk: Engine, wanted: Iterable[str] | None = None) -> Mapping[str, list[Action]]:
    """Everything done to each document (of those ``wanted``), oldest first."""
    query = sa.select(reviews).order_by(reviews.c.id)
    if wanted is not None:
        query = query.where(reviews.c.document.in_(list(wanted)))
    found: dict[str, list[Action]] = {}
    with desk.connect() as connection:
        for row in connection.execute(query).mappings():
            found.setdefault(row["document"], []).append(_action(row))
    return found


def _action(row: sa.RowMapping) -> Action:
    try:
        act = act_from(row["action"], json.loads(row["payload"]))
    except (ValueError, AttributeError, TocsinError) as fault:
        raise WorkspaceError(
            f"review {row['id']} is damaged, or of a newer tocsin: {fault}",
            remedy="restore the desk from a copy, or install the tocsin that wrote it",
        ) from fault
    return Action(document=row["document"], by=row["reviewer"], at=parse_instant(row["made_at"]), act=act)
