"""The forms in which English says that somebody did it, as patterns over the letters of a sentence's tokens.

Letters: ``_lexicon.py``. Every pattern is bounded: no run of letters in it is longer than fourteen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_GAP = "[^;.]"
_GROUP = "d?[jmPn]{0,3}(?:[DSOALT]p?[jmPn]{0,3}&?){1,3}g(?![gnw])(?:[ijsk]{1,2}[juq]{0,2}[jP]?A)?"
_NAME = "d?[jmP]{0,3}[SOA](?![pgLT]|[jmP]{0,2}[gnwL])(?:(?:,&?|&)d?[jm]{0,2}[SOA](?![pgLT]|[jmP]{0,2}[gnwL])){0,4}"
_PEOPLE = "dD(?![jmPnwgDLTSOAB])"
_CALLED = "d?[jmP]{0,3}gB?[ijskuN]{1,3}[juq]{0,2}A"
_OFFICERS = "[djPm]{0,4}god?[jmP]{0,2}[OS](?!p)"
_AGAIN = "d[jmP]{0,2}g(?![gnwmj])|u|d?[jm]{0,2}Y(?:[qo]d?S)?"
WHO = f"(?P<who>{_CALLED}|{_OFFICERS}|{_GROUP}|{_NAME}|{_PEOPLE}|{_AGAIN})"
_POLITY = (
    f"(?P<who>{_CALLED}|{_OFFICERS}|{_GROUP}|"
    f"d?[jmP]{{0,3}}(?:O|[SA](?!p))(?:(?:,&?|&)d?[jm]{{0,2}}[SOA](?!p)){{0,4}}|d?[SO]p[jmP]{{0,3}}[nwgO])"
)
_ACT = (
    "(?P<act>(?:jo){0,2}[djmPDLT&,]{0,7}n[nw]?|[djmP&,]{0,5}m[jmPn&]{0,3}w|[djmP&]{0,4}wo[djPmDg]{0,4}[mn]"
    "|[djmP]{0,3}w(?:oj{1,2})?(?=G)|[djmP]{0,3}w(?=[^;.]{0,12}[mn])|[djmP]{0,3}w(?=[oqrdjmPg]{0,6}v))"
)
_TAIL = "(?:,[^;.,]{1,10},|K[djmP]{0,4}[SOA]|F[djm]{0,3}S|[qF][djmP]{1,3}(?:[qo][djmPSOD]{1,4})?){0,2}"


_CUE = re.compile(r"\(\?P<cue>\[?(\w+)")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name, what it says of the accused, whether the claim is its main statement, and its pattern."""

    name: str
    relation: str
    explicit: bool
    pattern: re.Pattern[str]
    cues: frozenset[str]
    needs: frozenset[str]

    def may_stand(self, letters: frozenset[str]) -> bool:
        """Whether a sentence of these letters can have this form: the cheap question before the pattern is tried."""
        return not self.cues.isdisjoint(letters) and not (self.needs and self.needs.isdisjoint(letters))


def _form(name: str, relation: str, pattern: str, *, explicit: bool = True, needs: str = "") -> Form:
    cue = _CUE.search(pattern)
    assert cue is not None, name
    return Form(name, relation, explicit, re.compile(pattern), frozenset(cue[1]), frozenset(needs))


FORMS = (
    _form("accused_of", "accused_unspecified", f"{WHO}[ajx,kn]{{0,5}}(?P<cue>c)(?=[or])"),
    _form("accuse", "accused_unspecified", f"(?P<cue>c)[jq]{{0,2}}{WHO}"),
    _form("accused_agency", "accused_unspecified", "(?P<cue>c)d?(?P<who>B)(?=[oq])"),
    _form("blame_on", "responsible_for", f"(?P<cue>c)[djmPnwqL]{{1,10}}?q{WHO}"),
    _form("attribute_to", "responsible_for", f"(?P<cue>t){_GAP}{{0,14}}?r{_POLITY}"),
    _form("points_to", "linked_to", f"(?P<cue>I){_GAP}{{0,14}}?[rq]{_POLITY}", needs="nmw"),
    _form(
        "named_as",
        "responsible_for",
        f"(?P<cue>[iN])[jd]{{0,2}}(?P<who>d?[jmP]{{0,2}}[SOA]{_GAP}{{0,14}}?),?q[da]{{0,2}}R",
    ),
    _form("responsible", "responsible_for", f"{WHO}{_TAIL}[kd]?,?[ajxqdisrN]{{0,7}}(?P<cue>R)"),
    _form("account", "presupposed", f"{WHO}{_TAIL}[ajxqdiN]{{0,5}}(?P<cue>Q){_GAP}{{0,9}}[nm]", explicit=False),
    _form("work_of", "conducted_by", f"(?P<act>[ngwujP])[ajxd]{{0,6}}(?P<cue>W){WHO}"),
    _form("responsibility", "responsible_for", "(?P<who>d?[DSO])p?[jm]{0,2}(?P<cue>H)"),
    _form("involvement_of", "responsible_for", f"(?P<cue>H)o{WHO}"),
    _form("claims", "responsible_for", f"{WHO}[ajx]{{0,3}}s(?P<cue>H)"),
    _form("state_from", "backed_by", "(?P<who>(?P<cue>L)[jmn]{0,2}gFd?S(?:,?&?d?S){0,4})"),
    _form(
        "link", "linked_to", f"(?P<subject>A|g|n|w)?[ajxkdqs,&]{{0,6}}(?P<cue>K)[aj&K]{{0,3}}{_POLITY}", needs="gnmvwA"
    ),
    _form("territory_which", "located_in", "(?P<act>k)[ajx]{1,4}(?P<cue>F)(?P<who>[djmPo]{0,5}S)(?![pgnw])"),
    _form(
        "territory",
        "located_in",
        "(?P<act>[ngu]|m[wj]|wo?[djm]{0,3})[^;.SF]{0,6}(?P<cue>F)(?P<who>[djmPo]{0,5}S)(?![pgnw])",
    ),
    _form("active", "conducted_by", f"{WHO}{_TAIL}[kd]?[ajxsdol]{{0,5}}r?a{{0,3}}(?P<cue>v)"),
    _form("active_light", "conducted_by", f"{WHO}{_TAIL}[kd]?[ajx]{{0,5}}(?P<cue>l)q?r?v?{_ACT}"),
    _form(
        "active_weak",
        "conducted_by",
        f"(?P<who>{_GROUP}|d?[jmP]{{0,3}}[SOA](?![pgnw])|{_AGAIN}){_TAIL}[kd]?[ajx]{{0,5}}(?P<cue>l)(?:&[jl])?q?(?P<act>d[jmP]{{0,3}}w|(?<=l)P)",
    ),
    _form("did", "conducted_by", f"(?P<who>{_CALLED}|{_OFFICERS}|{_GROUP})[ajx]{{0,4}}(?P<cue>j)"),
    _form("tried", "conducted_by", f"(?P<who>{_GROUP}|d[jmP]{{0,2}}g(?![gnwmj]))[ajx]{{0,4}}(?P<cue>l)rj"),
    _form("directs", "directed_by", "(?P<who>d?[jmP]{0,2}[SO](?:p[jP]{1,3})?)[,dkjSPsq]{0,6}(?P<cue>l)[djm]{0,3}g"),
    _form("cleft", "conducted_by", "u(?P<cue>a)[jx]{0,3}(?P<who>d?[jm]{0,2}[SOA])(?=[dk.])"),
    _form("group_behind", "behind", "g(?P<cue>R)[^;.]{0,6}(?P<who>[AO])(?![pgnw])"),
    _form("again", "conducted_by", "(?P<who>d[jmP]{0,2}g(?![gnwmj]))(?P<cue>[aj])[ajqr]{0,5}(?P<act>[djm]{0,3}n)"),
    _form("culprit", "conducted_by", f"(?P<cue>g)a(?P<who>{_NAME})"),
    _form("agency", "conducted_by", "(?P<who>B)[ajx]{0,4}(?P<cue>v)"),
    _form(
        "by",
        "conducted_by",
        f"(?P<act>n|m[jmPn]{{0,2}}w|v|[uwjP](?=[ajx]{{1,4}}l))(?:,k)?[^;.,ysictz]{{0,10}}(?P<cue>y){WHO}",
    ),
    _form(
        "by_group", "conducted_by", f"(?P<act>w|a[jv]{{1,2}})(?P<cue>y)(?P<who>{_GROUP}|d?[jm]{{0,2}}[OA](?![pgnw]))"
    ),
    _form(
        "of",
        "conducted_by",
        f"(?P<act>n|w)(?P<cue>o)(?P<who>{_GROUP}|d?[jmP]{{0,2}}[OA](?:,?&?d?[OA]){{0,3}})",
        explicit=False,
    ),
    _form(
        "of_state", "conducted_by", "(?P<act>m[jmPn]{0,2}w)(?P<cue>o)(?P<who>d?[jm]{0,2}S)(?![pgnw])", explicit=False
    ),
    _form("relative", "conducted_by", f"(?P<act>n|w)[kd]{WHO}[aj]{{0,2}}(?P<cue>l)"),
    _form("tolerate", "tolerated_by", f"(?P<who>d?[jm]{{0,2}}[SO]p?)[ajxd]{{0,5}}(?P<cue>h){_GAP}{{0,8}}(?:g|n|mw)"),
    _form("tolerated_by", "tolerated_by", "(?P<cue>h)y(?P<who>d?[jm]{0,2}[SO])"),
    _form(
        "demand",
        "presupposed",
        f"(?P<who>d?[jm]{{0,2}}[SO])[ajrx]{{0,4}}(?P<cue>E){_GAP}{{0,5}}(?P<act>n|mw|w)",
        explicit=False,
    ),
    _form("condemn_for", "responsible_for", f"(?P<cue>i)j?{WHO}q{_ACT}"),
    _form("named", "responsible_for", "(?P<cue>N)d?(?P<who>[OA])(?![pgnw])"),
    _form("empire", "responsible_for", f"{WHO}j?[ax]{{1,2}}[djpSmP]{{0,6}}(?P<cue>Z)"),
    _form("indict", "conducted_by", f"(?P<cue>i)[djqGro]{{0,5}}(?P<who>{_GROUP})", needs="nmv"),
    _form("indicted", "conducted_by", f"(?P<who>{_GROUP})[ajx&PdO]{{1,8}}(?P<cue>i)", needs="nmv"),
    _form("possessive", "conducted_by", f"(?P<who>d?[SOA])(?P<cue>p){_ACT}", explicit=False),
    _form("own_hackers", "backed_by", "(?P<who>d?[SO](?P<cue>p)[jm]{0,2}g)(?=[aslvj])", explicit=False),
    _form("linked_act", "backed_by", "(?P<who>d?[DSO]?[jmP]{0,2}(?P<cue>L))(?P<act>[jmPn]{0,3}[nw])", explicit=False),
    _form("demonym", "conducted_by", "(?P<who>(?P<cue>[DSO]))(?P<act>m{0,3}n(?![gn])|m{1,3}w)", explicit=False),
    _form("group", "conducted_by", "(?P<who>d?[jmP]{0,3}[DSO]?[jmP]{0,2}(?P<cue>L)[jmPn]{0,4}g)", explicit=False),
)
"""The forms in order: where two find the same accused in the same words, the earlier counts."""
