"""The files of a case pack come in; a case and its verdicts on single observations go out."""

from tocsin.cases.case import (
    Branch,
    Build,
    Case,
    Compromise,
    Concerns,
    Cve,
    Event,
    Method,
    Product,
    Reading,
    Reference,
    Rule,
)
from tocsin.cases.judging import judge_build, judge_shown, judge_sighting
from tocsin.cases.packs import Checked, check_pack, examine_pack, read_pack
from tocsin.cases.sightings import (
    FIELD_LIMITS,
    Evidence,
    Shown,
    Sighting,
    fields_read,
    gather_evidence,
    is_of_case,
    look,
)
from tocsin.cases.verdicts import CveVerdict, Reason, Status, Verdict
from tocsin.cases.versions import Scheme

__all__ = [
    "FIELD_LIMITS",
    "Branch",
    "Build",
    "Case",
    "Checked",
    "Compromise",
    "Concerns",
    "Cve",
    "CveVerdict",
    "Event",
    "Evidence",
    "Method",
    "Product",
    "Reading",
    "Reason",
    "Reference",
    "Rule",
    "Scheme",
    "Shown",
    "Sighting",
    "Status",
    "Verdict",
    "check_pack",
    "examine_pack",
    "fields_read",
    "gather_evidence",
    "is_of_case",
    "judge_build",
    "judge_shown",
    "judge_sighting",
    "look",
    "read_pack",
]
