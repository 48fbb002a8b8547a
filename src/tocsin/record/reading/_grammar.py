"""The forms in which English says that somebody did it, as patterns over the letters of a sentence's tokens.

Letters: ``_lexicon.py``. Every pattern is bounded: no run of letters in it is longer than fourteen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_GAP = "[^;.]"
GROUP = "d?[jmPn]{0,3}(?:[DSOALT]p?[jmPn]{0,3}&?){1,3}g(?![gnw])(?:[ijsk]{1,2}[juq]{0,2}[jP]?A)?"
PLAIN_NAME = (
    "d?[jmP]{0,3}[SOA](?![pgLT]|[jmP]{0,2}[gnwL])(?:(?:,&?|&)d?[jmg]{0,2}[SOA](?![pgLT]|[jmP]{0,2}[gnwL])){0,4}"
)
_PEOPLE = "dD(?![jmPnwgDLTSOAB])"
_CALLED = "d?[jmPn]{0,3}gB?,?[ijskuNy]{1,6}[juq]{0,2}A"
_OFFICERS = "[djPm]{0,4}g(?:o|F(?=d?[jmP]{0,2}O))d?[jmP]{0,2}[OS](?!p)"
AGAIN = "d[jmP]{0,2}g(?:&dg)?(?![gnwmj])|u|d?[jm]{0,2}Y(?:[qo]d?S)?"
_UNDER = "d?[jmPn]{0,3}gqd?[jmP]{0,2}[SO](?!p)"
WHO = f"(?P<who>{_CALLED}|{_OFFICERS}|{_UNDER}|{GROUP}|{PLAIN_NAME}|{_PEOPLE}|{AGAIN})"
_POLITY = (
    f"(?P<who>{_CALLED}|{_OFFICERS}|{GROUP}|"
    f"d?[jmPD]{{0,3}}(?:O|[SA](?!p))(?:(?:,&?|&)d?[jm]{{0,2}}[SOA](?!p)){{0,4}}|d?[SO]p[jmP]{{0,3}}[nwgO]|dY|{_UNDER}|{_PEOPLE})"
)
_ACT = (
    "(?P<act>(?:jo){0,2}[djmPDLT&,]{0,7}n[nw]?|[djmP&,]{0,5}m[jmPn&]{0,3}w|[djmP&]{0,4}wo[djPmDg]{0,4}[mn]"
    "|[djmP]{0,3}w(?:oj{1,2})?(?=G)|[djmP]{0,3}w(?=[^;.]{0,12}[mn])|[djmP]{0,3}w(?=[oqrdjmPg]{0,6}v))"
)
TAIL = (
    "(?:,[^;.,]{1,10},|,d[jm]{0,3}g[kd]{0,2}[SBP]{1,2}s|K[djmP]{0,4}[SOA]|F[djm]{0,3}S"
    "|[qF][djmP]{1,3}(?:[qo][djmPSOD]{1,4})?){0,2}"
)

WHICH = "(?:,?[kd],?(?:[uSB]s)?)?"
"""The pronoun that a clause on those named begins with: the group, which has stolen."""


_CUE = re.compile(r"\(\?P<cue>\[?(\w+)")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name, what it says of the accused, whether the claim is its main statement, and its pattern.

    ``cues`` and ``needs`` are letters as ``letters_of`` gives them.
    """

    name: str
    relation: str
    explicit: bool
    pattern: re.Pattern[str]
    cues: int
    needs: int


def letters_of(kinds: str) -> int:
    """Which letters there are (no marks), each as one bit, so that two sets of letters are compared at once."""
    letters = 0
    for letter in set(kinds):
        if letter >= "A":
            letters |= 1 << (ord(letter) - ord("A"))
    return letters


def form(name: str, relation: str, pattern: str, *, explicit: bool = True, needs: str = "") -> Form:
    """A form by its pattern, which names ``who`` and ``cue``; ``needs``: one of these letters stands beside it."""
    cue = _CUE.search(pattern)
    assert cue is not None, name
    return Form(name, relation, explicit, re.compile(pattern), letters_of(cue[1]), letters_of(needs) if needs else -1)


def that_may_stand(forms: Sequence[Form], letters: int) -> list[Form]:
    """The forms that a sentence of these letters can have: the cheap question before their patterns are tried."""
    return [form for form in forms if form.cues & letters and form.needs & letters]


FORMS = (
    form("accused_of", "accused_unspecified", f"{WHO}[ajx,kn]{{0,5}}(?P<cue>c)(?=[or])"),
    form("accuse", "accused_unspecified", f"(?P<cue>c)[jq]{{0,2}}{WHO}"),
    form("accused_agency", "accused_unspecified", "(?P<cue>c)d?(?P<who>B)(?=[oq])"),
    form("blame_on", "responsible_for", f"(?P<cue>c)[djmPnwqL]{{1,10}}?q{WHO}"),
    form("attribute_to", "responsible_for", f"(?P<cue>t){_GAP}{{0,14}}?r{_POLITY}"),
    form("tied_to_act", "linked_to", f"(?P<cue>I)[jq]{{0,2}}{WHO}[jq]{{0,2}}r{_ACT}"),
    form("held", "responsible_for", f"C[jq]{{0,2}}{WHO}(?P<cue>R)"),
    form("points_to", "linked_to", f"(?P<cue>I){_GAP}{{0,14}}?[rq]{_POLITY}"),
    form(
        "named_as",
        "responsible_for",
        f"(?P<cue>[iN])[jd]{{0,2}}(?P<who>d?[jmP]{{0,2}}[SOA]{_GAP}{{0,14}}?),?q[da]{{0,2}}R",
    ),
    form("responsible", "responsible_for", f"{WHO}{TAIL}{WHICH}[ajxqdisrN]{{0,7}}(?P<cue>R)"),
    form("account", "presupposed", f"{WHO}{TAIL}[ajxqdiNC]{{0,5}}(?P<cue>Q){_GAP}{{0,9}}[nmu]", explicit=False),
    form("work_of", "conducted_by", f"(?P<act>[ngwujP])[ajxd]{{0,6}}(?P<cue>W){WHO}"),
    form("responsibility", "responsible_for", "(?P<who>d?[DSO])p?[jm]{0,2}(?P<cue>H)"),
    form("involvement_of", "responsible_for", f"(?P<cue>H)o{WHO}"),
    form("claims", "responsible_for", f"{WHO}[ajx]{{0,3}}s(?P<cue>H)"),
    form("state_from", "backed_by", "(?P<who>(?P<cue>L)[jmn]{0,2}gFd?S(?:,?&?d?S){0,4})"),
    form(
        "link",
        "linked_to",
        f"(?P<subject>A|g|n|w)?(?:,?[kd][djmPSBqa&]{{1,8}}|[ajxkdqs,&]{{0,6}})(?P<cue>K)[aj&K]{{0,3}}(?:do)?{_POLITY}",
        needs="gnmvwA",
    ),
    form("act_linked", "linked_to", f"{WHO}{TAIL}[ajxk]{{0,4}}(?P<cue>K)(?P<act>[djmP]{{0,4}}[nw])", needs="nw"),
    form("infrastructure", "located_in", "(?P<act>[ngud]|m?w)[^;.S]{0,8}(?P<cue>M)(?P<who>[djmPo]{0,5}S)(?![pgnw])"),
    form("consistent", "linked_to", "(?P<cue>K)d?[jm]{0,2}(?P<who>D)(?P<act>[jmn]{0,2}[wn])"),
    form("not_named", "responsible_for", "x[aj]?(?P<cue>N)d?(?P<who>S)"),
    form("carried_out_by", "conducted_by", f"(?P<act>l)q(?P<cue>y){WHO}"),
    form("link_pronoun", "linked_to", "(?P<subject>u)[ajx]{0,4}(?P<cue>K)(?P<who>d?O)"),
    form("officers", "associated_with", f"(?<=[ar])(?P<cue>a)(?P<who>{_OFFICERS})", needs="g"),
    form("claimed_by", "responsible_for", f"(?P<act>[nH])a{{1,2}}(?P<cue>s)y{WHO}", needs="nH"),
    form("for_organ", "associated_with", "[lv][^;.]{0,5}(?P<act>[nw])(?P<cue>q)(?P<who>d?O)", needs="O"),
    form("territory_which", "located_in", "(?P<act>k)[ajx]{1,4}(?P<cue>F)(?P<who>[djmPo]{0,5}S)(?![pgnw])", needs="k"),
    form(
        "territory",
        "located_in",
        "(?P<act>[gu](?=[^;.SF]{0,5}F)|n|m[wj]|wo?[djm]{0,3})[^;.SF]{0,12}(?P<cue>F)(?P<who>[djmPo]{0,5}S|D(?=j))(?![pgnw])",
    ),
    form("active", "conducted_by", f"{WHO}{TAIL}{WHICH}[ajxsdol]{{0,5}}r?a{{0,3}}(?P<cue>v)"),
    form("active_light", "conducted_by", f"{WHO}{TAIL}{WHICH}(?:[ajx]{{0,3}}[sj]r)?[ajx]{{0,5}}(?P<cue>l)q?r?v?{_ACT}"),
    form(
        "active_weak",
        "conducted_by",
        f"(?P<who>{GROUP}|d?[jmP]{{0,3}}[SOA](?![pgnw])|{AGAIN}){TAIL}{WHICH}[ajx]{{0,5}}(?P<cue>l)(?:&[jl])?q?(?P<act>d[jmP]{{0,3}}w|(?<=l)P)",
        needs="wP",
    ),
    form("did", "conducted_by", f"(?P<who>{_CALLED}|{_OFFICERS}|{GROUP})[ajx]{{0,4}}(?P<cue>j)", needs="g"),
    form("tried", "conducted_by", f"(?P<who>{GROUP}|d[jmP]{{0,2}}g(?![gnwmj]))[ajx]{{0,4}}(?P<cue>l)rj", needs="g"),
    form(
        "directs",
        "directed_by",
        "(?P<who>d?[jmP]{0,2}[SO](?:p[jP]{1,3})?)[,dkjSPsq]{0,6}(?P<cue>l)[djm]{0,3}g",
        needs="g",
    ),
    form("cleft", "conducted_by", "u(?P<cue>a)[jx]{0,3}(?P<who>d?[jm]{0,2}[SOA])(?=[dk.])", needs="u"),
    form("group_behind", "behind", "g(?P<cue>R)[^;.]{0,10}(?P<who>[AO])(?![pgnw])"),
    form(
        "again",
        "conducted_by",
        "(?P<who>d[jmP]{0,2}g(?![gnwmj]))(?P<cue>[aj])[ajqr]{0,5}(?P<act>[djm]{0,3}n)",
        needs="n",
    ),
    form("culprit", "conducted_by", f"(?P<cue>g)a(?P<who>{PLAIN_NAME})"),
    form("agency", "conducted_by", "(?P<who>B)[ajx]{0,4}(?P<cue>v)"),
    form(
        "by",
        "conducted_by",
        f"(?P<act>n|m[jmPn]{{0,2}}w|v|[uwjP](?=[ajx]{{1,4}}l))(?:,k)?[^;.,ysictzk]{{0,10}}(?P<cue>y){WHO}",
    ),
    form(
        "by_group",
        "conducted_by",
        f"(?P<act>w|a[jv]{{1,2}})(?P<cue>y)(?P<who>{GROUP}|{_UNDER}|dj?g(?![gnwmj])|d?[jm]{{0,2}}[OA](?![pgnw]))",
    ),
    form(
        "of",
        "conducted_by",
        f"(?P<act>n|w)(?P<cue>o)(?P<who>{GROUP}|d?[jmP]{{0,2}}[OA](?:,?&?d?[OA]){{0,3}})",
        explicit=False,
        needs="nw",
    ),
    form(
        "of_state",
        "conducted_by",
        "(?P<act>m[jmPn]{0,2}w)(?P<cue>o)(?P<who>d?[jm]{0,2}S)(?![pgnw])",
        explicit=False,
        needs="m",
    ),
    form("relative", "conducted_by", f"(?P<act>n|w)[kd]{WHO}[aj]{{0,2}}(?P<cue>l)"),
    form("tolerate", "tolerated_by", f"(?P<who>d?[jm]{{0,2}}[SO]p?)[ajxdlr]{{0,5}}(?P<cue>h){_GAP}{{0,8}}(?:g|n|mw)"),
    form("own_soil", "located_in", "(?P<who>d?[DS][jg]?)[^;.]{0,16}(?P<act>n|mw|w|g)[lqj]{0,2}(?P<cue>J)"),
    form("shelters", "tolerated_by", "(?P<who>d?[jm]{0,2}[SO]p?)[ajxdlr]{0,5}(?P<cue>b)"),
    form("tolerated_by", "tolerated_by", "(?P<cue>h)y(?P<who>d?[jm]{0,2}[SO])"),
    form(
        "demand",
        "presupposed",
        f"(?P<who>d?[jm]{{0,2}}[SO])[ajrx]{{0,4}}(?:r[^;.SOAn]{{1,12}}?)?(?P<cue>E){_GAP}{{0,8}}?(?P<act>n|mw|w|v)",
        explicit=False,
    ),
    form("condemn_for", "responsible_for", f"(?P<cue>i)j?{WHO}q{_ACT}"),
    form("named", "responsible_for", "(?P<cue>N)d?(?P<who>[OA])(?![pgnw])"),
    form("empire", "responsible_for", f"{WHO}j?[ax]{{1,2}}[djpSmP]{{0,6}}(?P<cue>Z)"),
    form("indict", "conducted_by", f"(?P<cue>i)[djqGroPA,&]{{0,8}}?(?P<who>{_OFFICERS}|{GROUP})", needs="g"),
    form("indicted", "conducted_by", f"(?P<who>{_OFFICERS}|{GROUP})[ajx&PdO]{{1,8}}(?P<cue>i)", needs="g"),
    form("possessive", "conducted_by", f"(?P<who>d?[SOA])(?P<cue>p){_ACT}", explicit=False),
    form("own_hackers", "backed_by", "(?P<who>d?[SO](?P<cue>p)[jm]{0,2}g)(?=[alvj])", explicit=False, needs="g"),
    form(
        "linked_act",
        "backed_by",
        "(?P<who>d?[DSO]?[jmP]{0,2}(?P<cue>L))(?P<act>[jmPn]{0,3}[nw])",
        explicit=False,
        needs="nw",
    ),
    form(
        "demonym", "conducted_by", "(?P<who>(?P<cue>[DSO]))(?P<act>m{0,3}n(?![gn])|m{1,3}w)", explicit=False, needs="nm"
    ),
    form(
        "group",
        "conducted_by",
        "(?P<who>d?[jmP]{0,3}[DSO]?[jmP]{0,2}(?P<cue>L)[jmPn]{0,4}g)",
        explicit=False,
        needs="g",
    ),
)
"""The forms in order: where two find the same accused in the same words, the earlier counts."""
