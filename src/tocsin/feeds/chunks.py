"""Rows in, observations and rejected rows out: every check that a row must pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.constituency.addresses import PROBLEMS as ADDRESS_PROBLEMS
from tocsin.constituency.addresses import SCOPES, ParsedAddresses, parse_addresses, scope_of
from tocsin.feeds import times
from tocsin.feeds._grammar import LONGEST_ROW
from tocsin.feeds.blocks import RawChunk
from tocsin.feeds.columns import (
    TRANSPORTS,
    read_asns,
    read_countries,
    read_hostnames,
    read_ports,
    read_tags,
    read_transports,
    text_of,
    tidy_words,
)
from tocsin.feeds.recipe import FIELDS, TEXTS, Recipe
from tocsin.feeds.rows import Columns, Misfit, Rows, read_rows, shown
from tocsin.tables import INSTANT, OBSERVATIONS, REJECTED

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]

_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Observations (OBSERVATIONS) and rejected rows (REJECTED), both by line; their numbers add up to ``rows``."""

    observations: pa.Table
    rejected: pa.Table
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Check:
    """One column's verdict on every row: where ``code`` is not 0, ``reasons[code]`` is what is wrong."""

    field: str
    code: Codes
    reasons: tuple[str, ...]


def read_chunk(raw: RawChunk, *, columns: Columns, recipe: Recipe, now: datetime, slowly: bool = False) -> Chunk:
    """The observations in a chunk of text. Pure, and safe in several threads at once."""
    if raw.is_overlong:
        reason = f"the line is longer than {LONGEST_ROW:,} bytes"
        misfit = Misfit(line=raw.line, column=None, reason=reason, raw=shown(raw.text))
        return _chunk(OBSERVATIONS.empty_table(), [misfit])
    rows = read_rows(raw.text, line=raw.line, columns=columns, slowly=slowly)
    observations, checks = _observe(rows, recipe, now)
    if not any(check.code.any() for check in checks):
        return _chunk(observations, list(rows.misfits))
    keep = np.logical_and.reduce([check.code == 0 for check in checks])
    rejected = sorted([*rows.misfits, *_rejections(rows, recipe, checks, keep)], key=lambda misfit: misfit.line)
    return _chunk(observations.filter(pa.array(keep)), rejected)


def _observe(rows: Rows, recipe: Recipe, now: datetime) -> tuple[pa.Table, list[_Check]]:
    """Every row as an observation, and the checks that say which of them are none."""
    text = {name: text_of(recipe.fields.get(name), rows.table) for name in FIELDS}
    micros, time_codes = times.parse_times(text["seen_at"], recipe.clock, now=now)
    parsed = parse_addresses(text["ip"])
    ports, is_port = read_ports(text["port"])
    transports, is_transport = read_transports(text["transport"])
    hostnames, origins = read_hostnames(text["hostname"].cast(pa.string()), text["hostname_from"])
    arrays = {
        "line": pa.array(rows.lines),
        "seen_at": pa.array(micros).view(INSTANT),
        "ip_hi": pa.array(parsed.ip_hi),
        "ip_lo": pa.array(parsed.ip_lo),
        "port": ports,
        "transport": transports,
        "address": parsed.canonical,
        "hostname": hostnames,
        "hostname_from": origins,
        "asn": read_asns(text["asn"]),
        "country": read_countries(text["country"]),
        "tags": read_tags([text_of(field, rows.table) for field in recipe.tags] or [text_of(None, rows.table)]),
    } | {name: tidy_words(text[name]) for name in TEXTS}
    checks = [
        _Check(field="seen_at", code=time_codes, reasons=times.PROBLEMS),
        _address_check(parsed),
        _Check(field="port", code=(~is_port).astype(np.int8), reasons=("", "is no port (0 to 65535)")),
        _Check(
            field="transport",
            code=(~is_transport).astype(np.int8),
            reasons=("", f"is no transport that is known ({', '.join(TRANSPORTS)})"),
        ),
    ]
    return pa.table([arrays[name] for name in OBSERVATIONS.names], schema=OBSERVATIONS), checks


def _address_check(parsed: ParsedAddresses) -> _Check:
    scopes = tuple(f"is {'an' if scope[0] in 'aeiou' else 'a'} {scope} address" for scope in SCOPES[1:])
    scope = scope_of(parsed.ip_hi, parsed.ip_lo)
    code = np.where(parsed.ok, np.where(scope > 0, scope + len(ADDRESS_PROBLEMS) - 1, 0), parsed.problem)
    return _Check(field="ip", code=code.astype(np.int8), reasons=(*ADDRESS_PROBLEMS, *scopes))


def _rejections(rows: Rows, recipe: Recipe, checks: list[_Check], keep: Bools) -> list[Misfit]:
    """The first thing wrong with each row that is not kept."""
    wrong = np.flatnonzero(~keep)
    texts = {check.field: text_of(recipe.fields.get(check.field), rows.table).take(pa.array(wrong)) for check in checks}
    found = []
    for place, row in enumerate(wrong.tolist()):
        check = next(check for check in checks if check.code[row])
        value = texts[check.field][place].as_py()
        reason = check.reasons[check.code[row]]
        field, line = recipe.fields.get(check.field), int(rows.lines[row])
        column = field.columns[0] if field and field.columns else check.field
        told = f"{check.field} {reason}" if value is None else f"{_quoted(value)} {reason}"
        found.append(Misfit(line=line, column=column, reason=told, raw=rows.raw(line)))
    return found


def _quoted(value: str) -> str:
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")


def _chunk(observations: pa.Table, misfits: list[Misfit]) -> Chunk:
    rejected = pa.table(
        [
            [misfit.line for misfit in misfits],
            [misfit.column for misfit in misfits],
            [misfit.reason for misfit in misfits],
            [misfit.raw for misfit in misfits],
        ],
        schema=REJECTED,
    )
    return Chunk(observations=observations, rejected=rejected, rows=observations.num_rows + len(misfits))
