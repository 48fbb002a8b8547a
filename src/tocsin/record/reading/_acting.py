"""What verbs tell of those who are accused anyway: any deed of theirs, but for what states do in the open.

A document that accuses a service tells many more of its deeds than a list of verbs can hold ("treats Georgia as a
proving ground"). So beside the forms of ``_grammar`` that stand by themselves, these count for whoever the document
accuses elsewhere, or whose trade it is: threat actors and secret services.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tocsin.record.reading._grammar import AGAIN, GROUP, PLAIN_NAME, TAIL, WHICH, WHO, Form, form
from tocsin.record.reading._tagging import Line
from tocsin.record.reading._verb_forms import inflected

_OPEN = """
    say tell add ask answer reply respond react announce declare state insist note stress repeat reiterate describe call
    express voice welcome praise thank condemn criticise criticize denounce deny reject dismiss refute dispute contest
    protest complain object oppose support back endorse join sign agree accept adopt ratify approve pledge promise vow
    commit hope wish want intend expect believe think feel know understand consider regard view see hear learn notice
    find conclude judge assess determine decide confirm acknowledge admit concede recognise recognize respect uphold
    abide comply cooperate collaborate work help assist aid contribute participate attend visit meet host invite discuss
    negotiate talk speak engage consult brief inform notify share publish issue release report warn advise alert
    recommend urge demand request require suggest propose offer provide give impose sanction designate expel summon
    recall arrest charge indict extradite prosecute sentence convict try fine freeze seize ban block restrict limit
    protect defend safeguard strengthen improve invest fund spend pay lose suffer face become remain stay seem appear
    mean represent include involve concern depend rely need deserve lack have own stand exist live belong consist come
    arrive return leave happen occur take make do be get put show prove demonstrate indicate hold keep let follow
    monitor observe watch investigate examine study review analyse analyze attribute blame accuse name identify expose
    reveal disclose unmask uncover detect discover trace link tie connect point refer relate term brand label
    lead chair head elect vote apologise apologize regret sympathise decline refuse fail succeed continue
    begin start stop cease end change play serve form deal matter benefit gain win mark celebrate commemorate remember
    patch update mitigate fix recover restore withdraw maintain ensure promote advocate claim allege seek
    enjoy reach obtain like love dislike fear worry warrant merit resemble reflect contain read write
    """


def _forms(verbs: str) -> frozenset[str]:
    found = {shape for verb in verbs.split() for shape in inflected(verb)}
    return frozenset(found) | frozenset(
        """
        came became knew saw thought felt heard held kept left lost meant paid said stood took told went wrote
        understood seen known done gone had has did got put let set made won read withdrew withdrawn forbade chose
        """.split()
    )


OPEN = _forms(_OPEN)
"""What is done in the open, or is nothing done to anybody: no deed that one is blamed for."""

_PASTS = frozenset(
    """broke broken stole stolen crept dug drew driven drove flew fought hid hidden hit lay rode rose sank shot struck
    swept threw thrown tore torn lent went sat spent wove bled bred bought brought built burned burnt caught clung cut
    dealt fed grew laid lit ran sent sold sought spread stuck swung taught woke wound wrung""".split()
)
_NO_VERBS = frozenset("nothing something anything everything morning evening during this his its as thus us".split())
_HOSTILE = re.compile(
    r"\b(?:networks?|systems?|servers?|computers?|devices?|data|databases?|accounts?|e-?mails?|passwords?|websites?"
    r"|hack\w*|cyber[\w-]*|malware|ransomware|software|code|grid|power|telecom\w*|infrastructure|secrets?|research"
    r"|files|records|elections?|voters?|crypto\w*|attack\w*|intrusion\w*|breach\w*|sabotage|espionage|spies|theft"
    r"|outage|phishing|vulnerabilit\w*|routers?|phones?|messages|documents|proxy|proxies|safe haven|unmolested)\b",
    re.IGNORECASE,
)

ACTING = (
    form("acting", "conducted_by", f"{WHO}{TAIL}{WHICH}[axr]{{0,5}}(?P<cue>[jvl])"),
    form("did_it", "conducted_by", f"{WHO}{TAIL}{WHICH}[axr]{{0,3}}(?P<cue>X)"),
    form("organ_link", "linked_to", "(?P<cue>K)(?P<who>d?O)"),
    form("was", "conducted_by", f"[udjn](?P<cue>a)a?x?(?P<who>{GROUP}|{PLAIN_NAME}|dD(?=[.,;k]))(?=[.,;dk&FoGq:]|$)"),
    form("asked_was", "conducted_by", f"(?P<cue>a)d(?P<who>{GROUP}|{PLAIN_NAME})(?=[.,;]|$)"),
    form("done_by", "conducted_by", f"(?P<act>[jvl])(?P<cue>y)(?P<who>{GROUP}|{PLAIN_NAME}|{AGAIN})"),
)
"""The forms, in order."""

_OF_A_VERB = {"acting": "cue", "done_by": "act"}
"""The forms of a verb, and by which name their pattern has it."""


def is_in_the_open(text: str, line: Line, at: int) -> bool:
    """Whether the verb at that token is no deed that one is blamed for."""
    token = line.tokens[at]
    return text[token.begins : token.ends].lower() in OPEN


def may_be_deed(text: str, line: Line, match: re.Match[str], form: Form) -> bool:
    """Whether the verb is one that does something: the cheap question before it is asked who does it."""
    if form.name not in _OF_A_VERB:
        return True
    cue = line.tokens[match.start(_OF_A_VERB[form.name])]
    word = text[cue.begins : cue.ends]
    return _is_doing(word, cue.kind, cue.relation) and not (match["who"][-1:] in "uY" and cue.kind == "j")


@lru_cache(maxsize=50_000)
def _is_doing(word: str, kind: str, relation: str) -> bool:
    lower = word.lower()
    if kind == "j" and not (relation in ("ed", "ing") or lower in _PASTS or lower.endswith("s")):
        return False
    return not (word[0].isupper() or lower in OPEN or lower in _NO_VERBS)


def is_of_states(text: str, line: Line, match: re.Match[str], form: Form) -> bool:
    """Whether the deed, done by a state, is done to something that can be attacked."""
    if form.name not in _OF_A_VERB:
        return True
    cue = line.tokens[match.start(_OF_A_VERB[form.name])]
    where = line.span.begins if form.name == "done_by" else cue.begins
    return cue.kind == "v" or _HOSTILE.search(text, where, line.span.ends) is not None
