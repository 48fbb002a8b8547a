"""Answers as a PDF, set by Typst; all text reaches it as data and is never read as markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files

from tocsin.labels import Label
from tocsin.reports._answer_sections import foot, head, sections
from tocsin.reports._extra import typst
from tocsin.reports.answered import Answers
from tocsin.reports.escape import terminal


def as_pdf(answers: Answers, label: Label) -> bytes:
    """The PDF, the same for the same answers: its date is the day described."""
    data = {
        "label": str(label),
        "title": terminal(head(answers)),
        "day": list(answers.material.as_of.timetuple()[:3]),
        "sections": [_shown(asdict(each)) for each in sections(answers)],
        "foot": [terminal(each) for each in foot(answers)],
    }
    page = files("tocsin.reports").joinpath("answers.typ").read_bytes()
    made = typst.compile(
        page, format="pdf", ignore_system_fonts=True, timestamp=0, sys_inputs={"data": json.dumps(data)}
    )
    assert isinstance(made, bytes)
    return made


def _shown(value: object) -> object:
    """The same with every text made visible: a control character would stop the setting."""
    if isinstance(value, dict):
        return {key: _shown(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(each) for each in value]
    return terminal(value) if isinstance(value, str) else value
