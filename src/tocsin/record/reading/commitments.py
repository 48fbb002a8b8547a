"""Promises: what somebody said they would do, would go on doing, had undertaken, or would only think about."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.record.assertions import Commitment
from tocsin.record.gazetteer import EntityKind
from tocsin.record.reading._cues import Cues, Heard, cue
from tocsin.record.reading._deeds import AGGRESSORS, Sheet, acted_upon, acting, sheet_of
from tocsin.record.reading._own_side import own_side
from tocsin.record.reading.page import Candidate, Page
from tocsin.record.segments import Party

_GOOD = (
    r"(?:work|support|ensure|engage|monitor|focus|act|help|protect|strengthen|invest|share|co-?operate|stand|take"
    r"|hold|call"
    r"|provide|use|build|pursue|defend|urge|assess|prioriti[sz]e|keep|raise|expose|disrupt|counter|respond"
    r"|investigate|learn"
    r"|make|do|review|update|deliver|publish|press|challenge|improve|deter|impose|promote|bring|confront|combat|tackle)"
)
_DOES = (
    _GOOD[:-1]
    + r"|see to|offer|issue|add|introduce|lay|consult|contact|compensate|reimburse|notify|write|table|fund|give|send"
    r"|set|adopt|extend|respect|honou?r|uphold|comply|restore|replace|rebuild|inform|release|move|launch)"
)
_PROMISE = r"(?:pledge|promise|vow|undertake|commit)"

COMMITMENTS = Cues(
    cue(
        "conditional.held_to_account", "held consequences",
        r"(?:can|should|must|may) expect to be held|(?:will|would|shall) be held (?:to account|accountable|responsible)"
        r"|(?:will|would|shall) (?:\w+ )?face (?:\w+ ){0,3}consequences"
    ),
    cue(
        "conditional.threat", "pay price costs idly",
        r"(?:will (?:find|learn|see) (?:that )?)?there (?:will be|would be|is) (?:\w+ ){0,3}price|(?:will|shall)"
        r" (?:\w+ )?make (?:\w+ ){1,6}pay"
        r"|(?:will|shall) impose (?:\w+ )?costs|(?:will not|won't|never) (?:sit|stand) idly",
    ),
    cue(
        "past.commitment_made", "commitment commitments pledge pledges promise undertaking undertakings agreement",
        r"(?:the|its|their|his|her|a|these|those|that|this|and|of|multilateral|bilateral|international) (?:\w+ ){0,2}"
        r"(?:commitments?|pledges?|promise|undertakings?|agreement) (?:\w+ )?(?:made|given|undertaken|entered"
        r"|reached|signed"
        r"|(?:not )?to (?:not )?(?:refrain|conduct|engage|support|target|attack|knowingly|cease|stop|end))",
    ),
    cue(
        "future.will_continue", "continue", r"(?:will|shall|would|'ll|we'll|they'll) (?:also |therefore "
        "|always )?continue (?:to|our|its|their)",
    ),
    cue(
        "continuing.go_on", "go keep",
        r"(?:will|shall|we'll|to) (?:go on|keep(?: on)?) \w+ing",
    ),
    cue(
        "future.will_not", "not won't never",
        r"(?:will not|won't|will never|shall not) (?:tolerate|hesitate|stand by|allow|accept|rest|be (?:deterred"
        r"|intimidated))",
    ),
    cue(
        "continuing.committed", "committed determined resolved",
        r"(?:am|is|are|remains?|stands?) (?:\w+ )?(?:committed|determined|resolved) to",
    ),
    cue(
        "future.promised",
        "pledged pledges promised promises vowed vows undertook undertaken committed commits commit agreed"
        " reaffirmed reaffirms"
        " reaffirm reaffirming pledging promising vow vowing undertakes undertaking committing agrees agreeing"
        " reinforced reinforcing",
        r"(?<!to )(?:(?:pledg|promis)(?:e[ds]|ing)|vow(?:ed|s|ing)?|undert(?:akes|aken|aking|ook)|commit(?:s|ted"
        r"|ting)?|agree(?:d|s|ing))(?: [\w-]+){0,3}?(?: not)? to"
        r"|(?<!to )reaffirm(?:ed|s|ing)? (?:its|their|our|his|her|the|that)|reinforc(?:ing|ed) (?:its|their"
        r"|our) commitment",
    ),
    cue(
        "continuing.continue", "continue continues",
        rf"continues? (?:to (?:\w+ )?{_GOOD}|not (?:just|only) to \w+|our|its work|their work)",
    ),
    cue(
        "non_committal.would_consider", "consider look review reflect think",
        r"(?:would|will|shall|may|might|could)\W{1,3}(?:\w+ )?(?:consider|look at|look into|review|reflect on"
        r"|think about) (?:\w+ )?"
        r"(?:options?|whether|that|this|it|what|the|any|further|carefully|all)",
    ),
    cue(
        "non_committal.under_review", "review consideration table out open",
        r"(?:under|keep(?:s|ing)?(?: \w+){1,4} under) (?:active |constant |close )?(?:review|consideration)"
        r"|off the table|on the table"
        r"|rul(?:e|es|ing) (?:nothing|anything) (?:in or )?out|options (?:are|remain) open",
    ),
    cue(
        "aspiration.must", "must need want aim seek have",
        rf"we (?:must|need to|have to|want to|aim to|seek to) (?:\w+ )?(?:{_GOOD}|close|end|stop|secure)",
    ),
    cue(
        "aspiration.stated",
        "stated",
        r"(?:its|their|his|her|our|the) stated (?:objective|aim|goal|ambition|intention|policy|desire)",
    ),
    cue(
        "future.all_measures", "measure measures step steps action ready everything whatever all",
        r"(?:will|shall) (?:\w+ )?take (?:all |every |any |the |whatever |further )*(?:necessary |appropriate "
        r"|possible )*"
        r"(?:measures?|steps?|action)|(?:will|shall|would) do (?:everything|whatever|all)|(?:stands?|are|is"
        r"|remains?) ready to (?:make|use|take|respond|impose|act|adopt"
        r"|support"
        r"|help|assist|work)",
    ),
    cue(
        "future.we_will", "will shall we'll i'll",
        rf"(?:will|shall|we'll|i'll) (?:by \w+ |\w+ )?(?!take (?!action|steps|part|measures"
        rf"|forward|whatever|responsib)){_DOES}",
    ),
    cue(
        "future.to_be", "will would",
        r"(?:will|would) be (?:added|published|introduced|laid|imposed|replaced|offered|compensated|notified|contacted"
        r"|reimbursed|sanctioned|expelled|reviewed|strengthened|consulted|given)",
    ),
    cue("future.would", "would", rf"would (?:\w+ )?{_GOOD}"),
)  # fmt: skip
_SPEAKS = frozenset(
    "we i government ministers administration our council commission company ministry we'll union alliance i'll".split()
)
_OFFICIAL = frozenset({EntityKind.AGENCY, EntityKind.BLOC, EntityKind.ROLE, EntityKind.GOVERNMENT, EntityKind.HEAD})
_OWN_VOICE = frozenset(
    "future.will_continue future.will_not continuing.continue continuing.committed future.we_will future.would"
    " future.promised future.all_measures continuing.go_on".split()
)
_TOLD = frozenset("said says announced promised pledged affirmed agreed told confirmed added vowed".split())
_OF_OTHERS = frozenset("future.would future.all_measures continuing.go_on".split())
_THEY = frozenset("it they allies members countries states leaders".split())
_SUBJECT_IS_SHORT = 6
_NOT_OURS = frozenset("partners allies".split())
_NO_PROMISE = frozenset("that which".split())


def read_commitments(page: Page) -> Sequence[Candidate]:
    """The commitments on a page, in the text's order; headlines repeat them.

    ``holders`` are empty where nobody tells who promises.
    """
    sheet = sheet_of(page)
    found = []
    for heard in COMMITMENTS.heard(sheet):
        if heard.line.is_question or sheet.is_headline(heard.sentence) or not _is_promise(sheet, heard):
            continue
        begins = heard.first if heard.cue.kind == "past" else heard.begins
        is_threat = heard.cue.name == "conditional.held_to_account"  # it is whoever is threatened who is named there
        found.append(
            Candidate(
                span=heard.line.at(begins, max(heard.ends, heard.last)),
                rule=f"commitment.{heard.cue.name}",
                body=Commitment(
                    what=heard.cue.kind,
                    holders=() if is_threat else _holders(sheet, heard),
                    towards=acted_upon(heard.subject(sheet) if is_threat else heard.after(sheet)),
                ),
                triggers=(heard.trigger,),
            )
        )
    return tuple(found)


def _holders(sheet: Sheet, heard: Heard) -> tuple[Party, ...]:
    """Who promises: the subject; for "we", whoever speaks there, or the government that is spoken for."""
    words = heard.line.forms[heard.begins : heard.first + 1]
    return acting(heard.subject(sheet)) or own_side(sheet.page, heard.trigger, words)


def _is_promise(sheet: Sheet, heard: Heard) -> bool:
    """Whether it is a person or a body that speaks of itself, and not what an attacker or a thing goes on doing."""
    if heard.cue.name == "conditional.held_to_account":
        return not {"if", "unless", "until"}.isdisjoint(heard.line.forms)
    is_told = not _TOLD.isdisjoint(heard.line.forms[: heard.first])
    if heard.cue.name in ("future.to_be", "future.would") and not is_told:
        return False  # "would be published" is a promise only where somebody is told to have said so
    if heard.cue.name not in _OWN_VOICE:
        return True
    subject = heard.line.forms[heard.begins : heard.first]
    if not subject:
        before = heard.line.forms[max(0, heard.begins - 1) : heard.begins]
        return before in (["and"], ["but"]) and not _SPEAKS.isdisjoint(heard.line.forms[: heard.begins])
    if not AGGRESSORS.isdisjoint(subject) or (subject[0] == "our" and not _NOT_OURS.isdisjoint(subject)):
        return False
    if heard.cue.name in _OF_OTHERS and len(subject) < _SUBJECT_IS_SHORT and not _THEY.isdisjoint(subject):
        return True
    if not _SPEAKS.isdisjoint(subject):
        return True
    names = heard.subject(sheet)
    if heard.cue.name == "future.we_will":  # "the directive will build" is no promise; "the agency will publish" is
        return any(name.kind in _OFFICIAL for name in names) and len(subject) < 8
    return any(name.kind in _OFFICIAL | {EntityKind.STATE, EntityKind.CAPITAL, EntityKind.COMPANY} for name in names)
