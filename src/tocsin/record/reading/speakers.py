"""Who a form of words means: labels, titled names and plain names of persons, each under one canonical."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tocsin.record.gazetteer import EntityKind

_PEERAGE = "Lord|Lady|Baroness|Viscount|Viscountess|Earl|Countess|Duke|Duchess|Marquess|Archbishop|Bishop"
_COURTESY = re.compile(
    r"\A(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Prof|Professor|Hon|Rt Hon|The Hon|Right Hon|Senator|Sen|Rep|Representative"
    r"|Congressman|Congresswoman|Secretary|Ambassador|General|Gen|Admiral|Adm|President|Prime Minister"
    r"|Minister|Chancellor"
    r"|Spokesperson|Spokesman|Spokeswoman|Commissioner|Director|Rev|Judge|Justice|Colonel|Col|Captain|Capt)\.?\s+){1,5}",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\A(?:[A-Z][\w’'&-]* (?:and |of )?){0,4}"
    r"(?:Minister|Secretary|President|Chancellor|Ambassador|Commissioner|Director|General|Chief"
    r"|MPs?|MEP|Congress(?:man|woman)|Representative|Lawmaker|Peer|Deputy"
    r"|Spokes(?:person|man|woman)|Chair(?:man|woman)?|Officer|Analyst|Head|Leader|Governor|Mayor|Professor)"
    r" (?=[A-Z][\w’'-]+ [A-Z])"
)
_CREDENTIALS = re.compile(r",?\s+(?:MP|MEP|MSP|QC|KC|OBE|CBE|Jr|Sr|PhD)\.?\Z")
_PEER = re.compile(rf"(?:The\s+)?({_PEERAGE})\s+(.{{2,60}})\Z", re.IGNORECASE)
_PRESIDING = re.compile(
    r"(?:(?:the|mr|madam|mme|madame)\.?\s+)*(?:acting\s+|deputy\s+|temporary\s+)*"
    r"(?:speaker|presiding officer|chair(?:man|woman|person)?|president pro tempore|moderator|lord speaker)\b"
    r"(?:\s+pro\s+tempore)?(?:\s*\(.{2,60}\))?\Z",
    re.IGNORECASE,
)

ORGANISATIONAL = re.compile(
    r"\b(?:Institute|Centre|Center|Agency|Ministry|University|Group|Inc|Corp(?:oration)?|Security|Labs?"
    r"|Research|Committee"
    r"|Office|Department|Council|Union|Association|Party|Bank|Service|Command|Force|Commission|Bureau"
    r"|Foundation|Company"
    r"|Network|Systems|Technologies|Software|Court|Parliament|House|Senate|Congress|Post|Times|Journal|News|Government"
    r"|Administration|Embassy|Cyber|Intelligence|Directorate|Authority|Board|Trust|Alliance|Treasury|Team"
    r"|CERT|CSIRT|Street|Airlines?|Airways|Railways?|Ferries|Shipping|Logistics|Freight|Ports?|Airport|Energy|Power"
    r"|Electric(?:ity)?|Gas|Oil|Petroleum|Telecoms?|Telecommunications|Mobile|Wireless|Broadband|Networks|Digital|Data"
    r"|Coin|Wallet|Exchange|Archives?|Museum|Library|Hospitals?|Clinic|College|School|Academy|Society|Federation"
    r"|League|Club|Registry|Observatory|Holdings|Industries|Motors|Steel|Chemicals|Pharma(?:ceuticals)?|Foods"
    r"|Insurance|Capital|Partners|Ventures|Solutions|Services|Analytics|Threat|Media|Broadcasting|Herald|Tribune"
    r"|Guardian|Observer|Sunday|Daily|Weekly|Shimbun|Gazette|Ltd|Limited|PLC|plc|GmbH|LLC|LLP|NV|AG|Consortium"
    r"|Organi[sz]ation|Programme|Initiative|Forum|Campaign|Observers|Watch|Monitor|International|Utilities"
    r"|Waterworks|Laborator(?:y|ies))\b|&"
)
"""Words that only the name of a body has."""

SPEAKING_BODIES = frozenset(
    {
        EntityKind.GOVERNMENT,
        EntityKind.AGENCY,
        EntityKind.ORGAN,
        EntityKind.BLOC,
        EntityKind.COMPANY,
        EntityKind.CAPITAL,
    }
)

CHAIR = "unknown:chair"
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "ß": "ss", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d"}
    | {"þ": "th", "Þ": "Th", "ı": "i"}
)


@lru_cache(maxsize=10_000)
def slug(words: str) -> str:
    """Words as they stand in a canonical: lower case, plain letters, hyphens."""
    words = words.translate(_PLAIN_LETTERS)
    plain = unicodedata.normalize("NFKD", words.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@lru_cache(maxsize=10_000)
def person(name: str) -> str:
    """The canonical of a person: a peer with the title, everyone else without it (``person:lord-example``)."""
    name = " ".join(name.split()).strip(" ,.:")
    if peer := _PEER.match(name):
        title, rest = peer.groups()
        return f"person:{slug(f'{title} {rest}')}"
    name = _JOB.sub("", name)
    plain = _CREDENTIALS.sub("", _COURTESY.sub("", name, count=1))
    return f"person:{slug(plain or name)}"


def office_before(name: str) -> str | None:
    """The office in front of a person's name (``Trade Minister Alex Example``), as in a canonical."""
    found = _JOB.match(name)
    return slug(found.group()) if found else None


def is_presiding(label: str) -> bool:
    """Whether a label names whoever is in the chair."""
    return _PRESIDING.match(label.strip(" .:")) is not None


class Names:
    """The persons a text has named so far, by surname: ``Mr Example`` is the ``Alex Example`` before him.

    A surname that two persons bear stands for the one named last; some put it first (``Wang`` of ``Wang Example``), and
    knights are called by the other name (``Sir Alex``).
    """

    __slots__ = ("_by_first", "_full")

    def __init__(self) -> None:
        self._full: dict[str, str] = {}
        self._by_first: dict[str, str] = {}

    def known(self, name: str) -> str | None:
        """The canonical that ``name`` is short for, or ``None`` when nobody was named so before."""
        found, key = self._read(name)
        known = self._full.get(key) or self._by_first.get(key)
        is_short = found == f"person:{key}" or found == known
        return known if is_short else None

    def canonical(self, name: str) -> str:
        """The canonical of ``name``: of whom it is short for, else its own, which is remembered."""
        found, key = self._read(name)
        return self.known(name) or self._kept(key, found)

    def _kept(self, key: str, found: str) -> str:
        self._full[key] = found
        words = found.removeprefix("person:").split("-")
        if len(words) > 1 and words[0] not in _TITLES:
            self._by_first.setdefault(words[0], found)
        return found

    def _read(self, name: str) -> tuple[str, str]:
        found = person(name)
        words = found.removeprefix("person:").split("-")
        is_peer = words[0] in _TITLES and len(words) > 1
        return found, "-".join(words[:2]) if is_peer else words[-1]


_TITLES = frozenset(_PEERAGE.lower().split("|"))
