"""What a delivery report says: which addresses failed, which are late, and why."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

from tocsin.errors import WorkspaceError

try:
    from flufl.bounce import all_failures
except ImportError as error:
    raise WorkspaceError(
        f"reading bounces needs a library that is not installed: {error.name}", remedy="pip install 'tocsin[notify]'"
    ) from error

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # it logs a traceback for whatever a stranger wrote
_LONGEST = 300
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """``failed`` and ``delayed`` are addresses in lower case; ``is_report``: it is a report of RFC 3464."""

    failed: tuple[str, ...] = ()
    delayed: tuple[str, ...] = ()
    status: str = ""
    reason: str = ""
    is_report: bool = False


def failures_of(message: Message, parts: Iterable[Message]) -> Failures:
    """What ``message`` reports. Where it is no report, phrases of mail servers count as well."""
    try:
        delayed, failed = all_failures(message)
    except Exception:  # whatever a stranger wrote that the library does not take
        delayed, failed = frozenset(), frozenset()
    report = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    blocks = report.get_payload() if report is not None else None
    named = {address for block in _blocks(blocks) for address in _addresses(block)}
    first = next((block for block in _blocks(blocks) if block.get("Status") or block.get("Diagnostic-Code")), None)
    lost = {_shown(address) for address in failed}
    return Failures(
        failed=tuple(sorted((lost | named if lost else lost) - {""}))[:_MOST],
        delayed=tuple(sorted({_shown(address) for address in delayed} - {""}))[:_MOST],
        status=_plain(first.get("Status") if first is not None else None),
        reason=_plain(first.get("Diagnostic-Code") if first is not None else None),
        is_report=report is not None,
    )


def _blocks(payload: object) -> list[Message]:
    return [block for block in payload[:_MOST] if isinstance(block, Message)] if isinstance(payload, list) else []


def _addresses(block: Message) -> list[str]:
    """Both names under which a failed recipient is reported: who was written to, and whom that became."""
    if not str(block.get("Action", "")).strip().lower().startswith(("fail", "error")):
        return []
    values = [str(block.get(name, "")) for name in ("Original-Recipient", "Final-Recipient")]
    return [value.partition(";")[2].strip().strip("<>").lower()[:_LONGEST] for value in values if ";" in value]


def _shown(address: bytes) -> str:
    return address.decode("ascii", "replace").strip().lower()[:_LONGEST]


def _plain(value: object) -> str:
    return " ".join(str(value or "").split())[:_LONGEST]
