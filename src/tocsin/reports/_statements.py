"""What was said in public of the share that had installed the updates, as figures with their own unit and whole.

Sources: House of Commons, Answer of 20 July 2021, and House of Lords, 22 July 2021, both in Hansard volume 814; a
newspaper's report of 19 July 2021. The documents are named by their SHA-256, the words by their code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tocsin.figures import Figure, Measure, NotComparable, Passage, are_complements
from tocsin.figures.comparable import PARTS, Difference, differences

CASE = "exchange-proxylogon-2021"
_HANSARD = "16e63a13abe92e1a4d10216738e51788c4d05e00ff78c8c0bfcc2ea425ccc127"
_NEWSPAPER = "007132aa99e9b7f66893caf44a1516104c93f00cecd97db4cb69b4315ce1a6bb"


def _said(name: str, share: float, unit: str, state: str, source: Passage) -> Figure:
    return Figure(
        id=name,
        low=share,
        high=share,
        unit=unit,
        state=state,
        place="",
        as_of=date(2021, 3, 31),
        known_at=None,
        method="not stated",
        denominator=None,
        source=source,
        measure=Measure.SHARE,
    )


COMMONS = _said(
    "said-commons",
    0.92,
    "customers",
    "updated",
    Passage(document=_HANSARD, begins=1105, ends=1147, text="92% of customers had installed the updates"),
)
LORDS = _said(
    "said-lords",
    0.92,
    "organisations impacted",
    "mitigated",
    Passage(
        document=_HANSARD,
        begins=3913,
        ends=3986,
        text="92% of all those organisations impacted had taken appropriate mitigations",
    ),
)
NEWSPAPER = _said(
    "said-newspaper",
    0.08,
    "firms",
    "not updated",
    Passage(document=_NEWSPAPER, begins=2695, ends=2742, text="8% of firms had not done so by the end of March"),
)
_IN_ORDER = (*(name.replace("_", " ") for name in PARTS), "denominator")
STATEMENTS = (COMMONS, LORDS, NEWSPAPER)
WHAT_WAS_MEASURED = (
    "What the manufacturer had counted were addresses, patched or mitigated, of all addresses seen three weeks before: "
    "neither customers, nor organisations, nor firms, and not the updates alone. Of the shares here, that of addresses "
    "fixed or mitigated of those ever seen affected would be the one to hold beside it, had the manufacturer stated "
    "place, day and method; 'tocsin remediation CASE --unit addresses' gives its parts."
)


def statements_apart() -> str:
    """Why 92% and 8% are not two parts of one whole, although they sum to 100%."""
    try:
        are_complements(COMMONS, NEWSPAPER)
    except NotComparable as refusal:
        return f"That 92% and 8% sum to 100% shows nothing: they differ in {_listed(refusal.differences)}."
    return "They are two parts of one whole."


def held_beside(figures: Sequence[Figure]) -> Iterator[str]:
    """In what our shares are not of the same thing as each of the statements; those that differ alike, together."""
    alike = dict[tuple[str, ...], list[Figure]]()
    for figure in figures:
        every = {each.name.replace("_", " ") for said in STATEMENTS for each in differences(said, figure)}
        alike.setdefault(tuple(sorted(every)), []).append(figure)
    for names, ours in alike.items():
        units = _and(list(dict.fromkeys(figure.unit for figure in ours)))
        wholes = _and(list(dict.fromkeys(figure.denominator.state for figure in ours if figure.denominator)))
        parts = _and([name for name in _IN_ORDER if name in names])
        yield f"Our shares of {units} (of those {wholes}) differ from the statements in {parts}: not comparable"


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _listed(found: Sequence[Difference]) -> str:
    return "; ".join(f"{each.name} (stated by neither)" if each.left == each.right else str(each) for each in found)
