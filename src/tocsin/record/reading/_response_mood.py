"""What became of a deed, told by tense, mood and the verb that governs it: done, going on, planned, left undone."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.record.assertions import Standing
from tocsin.record.reading._deeds import BE, Line
from tocsin.record.reading._verb_forms import UNCHANGED, Form, inflected

_PAST_BE = frozenset("was were wasn't weren't".split())
_HAVE = frozenset("has have had having hasn't haven't hadn't we've they've i've you've".split())
_DO = frozenset("do does did don't doesn't didn't".split())
_FUTURE = frozenset("will shall we'll they'll it'll would".split())
_OUGHT = frozenset("should must ought needs".split())
_MIGHT = frozenset("may might could can".split())
_UNPROVEN = frozenset("known alleged suspected believed accused".split())
_URGING = frozenset("urge encourage advise recommend ask caution remind warn".split())
_NOT = frozenset(
    "not never cannot can't won't wouldn't couldn't shouldn't neither nor didn't doesn't don't hasn't haven't"
    " hadn't isn't"
    " aren't wasn't weren't".split()
)
_BASE_AFTER = _FUTURE | _OUGHT | _MIGHT | _DO | {"to"}
_ADVERBS = frozenset(
    "also now already then just still both yet ever again even further together to soon today yesterday".split()
)
_SAYING = frozenset("say comment discuss confirm speculate disclose specify elaborate answer reveal".split())
_UNWILLING = frozenset("declined declines declining refused refuses refusing".split())
_WEIGHING = frozenset("consider considers considering considered examining discussing debating weighing".split())
_UNSAID_LOOKS_BACK = 14
_AUXILIARIES = BE | _HAVE | _DO | _FUTURE | _OUGHT | _MIGHT | _NOT | _ADVERBS
_BEFORE_NOUN = frozenset(
    "the a an this these those that its their our his her my your any some no of for with by from in on at under"
    " further new more other such each every all against".split()
)
_SUBJECTS = frozenset("we they i you who government governments to not and or partners allies".split())
_CONTROL: tuple[tuple[Standing | None, str], ...] = (
    (
        Standing.CONSIDERED,
        "consider weigh evaluate mull study explore examine discuss contemplate whether assess debate",
    ),
    (
        Standing.PLANNED,
        "plan intend prepare vow promise pledge agree commit decide set due ready poised going resolve propose",
    ),
    (Standing.EXPECTED, "expect likely"),
    (Standing.DEMANDED, "urge call press need time demand ask want must ought pressure"),
    (Standing.THREATENED, "threaten"),
    (Standing.NOT_TAKEN, "refuse fail decline hesitate unable unwilling reluctant refrain avoid opt"),
    (Standing.ONGOING, "continue"),
    (None, "able instruct order direct task help join work move act begin start take persuade manage proceed go step"),
    (None, "try seek lead allow use"),
)
_GOVERNORS: dict[str, Standing | None] = {
    **{form: outcome for outcome, verbs in _CONTROL for verb in verbs.split() for form in inflected(verb)},
    **dict.fromkeys(("doing", "done")),
    "decided": Standing.TAKEN,  # what was decided on is what was done
}
_GERUND_NOT = frozenset("without than from".split())
_GERUND_DONE = frozenset("by in through and ,".split())
_NOUN_LIKE = frozenset(
    "sanctions charges reports patches issues updates alerts orders bans names supports shares calls states lists links"
    " claims rewards fixes designates releases bars measures ties traces points freezes".split()
)
_AFTER_NOUN = frozenset(
    "of were was are have has had would should could will by that on in against and or regime for to package"
    " list lists committee . , ; : ?".split()
)
_GOING_ON = frozenset("keep continue".split())
_QUOTES = frozenset("\"“‘'")
_GROUP_OPENS = _AUXILIARIES - _ADVERBS
_NOT_ADVERBS = frozenset("italy july family supply assembly ally anomaly monopoly reply".split())
_HELPS = frozenset("help helps helping".split())
_WHEN = frozenset("this last next by in on from".split())
_TIMES = frozenset(
    "morning afternoon evening week month year monday tuesday wednesday thursday friday saturday sunday january"
    " february march april may june july august september october november december spring summer autumn winter".split()
)
_TELLING = frozenset("confirm announce reveal report disclose inform".split())
_MERELY = frozenset("just only merely simply".split())
_MERELY_POLITE = frozenset("can would must should".split())
_HEADLINE = 6
_PURPOSE_LOOKS_BACK = 9


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries: its first word, whether it is passive, and what became of the deed.

    ``governor`` is the word that an infinitive hangs on: "considering" for "is considering whether to do it".
    """

    first: int
    is_passive: bool
    standing: Standing
    governor: int | None = None


def verb_group(line: Line, verb: int, form: Form, *, is_lasting: bool) -> Group | None:
    """The verb group that ends at ``verb``; ``None`` when the word is no verb there, or tells of no deed."""
    forms, first = line.forms, verb
    if first > 1 and forms[first - 1] in _QUOTES and (forms[first - 2] in _GROUP_OPENS or form is Form.S):
        first -= 1  # the quotation begins with the verb: it would "take all necessary steps"
    first = _group_begins(forms, first)
    chain = frozenset(word for word in forms[first:verb] if word in _AUXILIARIES or _is_adverb(word))
    if "not" in chain and not _MERELY.isdisjoint(chain):  # "not only do it but …"
        chain -= {"not"}
    before = forms[first - 1] if first else ""
    if forms[verb] in UNCHANGED and chain.isdisjoint(_BASE_AFTER):
        form = Form.PAST
    lasting = Standing.ONGOING if is_lasting else Standing.TAKEN
    is_bare = not chain - _ADVERBS or (form is not Form.BASE and all(word.endswith("ly") for word in chain))
    if (is_bare and _is_no_verb(line, verb, form, before, chain)) or (
        form is Form.S and chain & _AUXILIARIES - _ADVERBS
    ):
        return None
    governor, is_infinitive = None, "to" in chain
    if is_infinitive and chain & _HAVE and not _UNPROVEN.isdisjoint(forms[max(0, first - 2) : first]):
        return None  # "is known to have done it" tells of the accused
    if is_infinitive and (form is Form.BASE or "be" in chain):
        standing, governor = _governed(line, first, chain, lasting)
    elif form is Form.ING and not chain & BE:
        standing = _gerund(line, first, chain, lasting)
    else:
        standing = _standing(form, chain - _MERELY_POLITE if _is_said_by_saying(line, verb) else chain, lasting)
    if standing is Standing.CONSIDERED and "can" in chain and not line.is_question:
        return None  # "can restore their systems" is what they are able to do
    if standing is not None:
        standing, governor = _left_open(line, first, standing, governor)
    if standing is None:
        return None
    is_passive = form in (Form.PAST, Form.PARTICIPLE) and (
        bool(chain & BE) or (not chain & _HAVE and forms[verb + 1 : verb + 2] == ["by"])
    )
    asked = _asked(line, first, standing)
    return None if asked is None else Group(first, is_passive, asked, governor)


def _group_begins(forms: list[str], verb: int) -> int:
    """The first of the auxiliaries and adverbs before a verb, over a time between them ("has this morning done it")."""
    first = verb
    while first:
        before = forms[first - 1]
        if before in _AUXILIARIES or _is_adverb(before) or (before == "since" and forms[first - 2] in _HAVE):
            first -= 1
        elif first > 2 and forms[first - 2] in _WHEN and before in _TIMES and forms[first - 3] in _GROUP_OPENS:
            first -= 2
        else:
            break
    return first


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in _NOT_ADVERBS


def _is_said_by_saying(line: Line, verb: int) -> bool:
    """Whether it is done by saying it, however politely: "I can confirm", "we would encourage"."""
    word = line.forms[verb]
    return word in _TELLING or (word in _URGING and not {"i", "we"}.isdisjoint(line.forms[max(0, verb - 4) : verb]))


def _left_open(line: Line, first: int, standing: Standing, governor: int | None) -> tuple[Standing, int | None]:
    """For "would not say whether it did it" and "is considering whether it should be done"."""
    forms = line.forms
    for place in range(first - 1, max(0, first - _UNSAID_LOOKS_BACK), -1):
        if forms[place] not in ("whether", "if"):
            continue
        saying = next((at for at in range(place - 1, max(-1, place - 4), -1) if forms[at] in _SAYING), None)
        if saying is not None and not (_NOT | _UNWILLING).isdisjoint(forms[max(0, saying - 3) : saying]):
            return Standing.DECLINED, saying
        if forms[place - 1] in _WEIGHING:
            return Standing.CONSIDERED, place - 1
        break
    return standing, governor


def _is_no_verb(line: Line, verb: int, form: Form, before: str, chain: frozenset[str]) -> bool:
    """Whether a bare word is a noun or an adjective: "this issue", "the reports of", "targeted sanctions"."""
    if form is Form.ING:
        return before in _BEFORE_NOUN - {"by", "in", "for", "of", "from", "against", "under", "on", "all"}
    if before in _BEFORE_NOUN or (form is Form.BASE and before in _NOUN_LIKE) or before == "(" or before.endswith("'s"):
        return True
    if form is Form.S and line.forms[verb] in _NOUN_LIKE:
        after = line.forms[verb + 1] if verb + 1 < len(line.forms) else "."
        is_call = line.forms[verb] == "calls" and after in ("on", "for")
        return verb > _HEADLINE or (after in _AFTER_NOUN and not is_call)
    if form is Form.BASE and "to" not in chain:
        if not _HELPS.isdisjoint(line.forms[max(0, verb - _HEADLINE) : verb]):
            return True  # "helps companies replace them" is what for
        if line.is_question and not _BASE_AFTER.isdisjoint(line.forms[max(0, verb - _HEADLINE) : verb]):
            return False  # "Will the minister now ban …?"
        is_joined = line.forms[verb - 2 - len(chain) : verb - 1 - len(chain)] == ["and"]  # "Norway and Sweden condemn"
        return before not in _SUBJECTS and not before.endswith("s") and before != "," and not is_joined
    return False


def _standing(form: Form, chain: frozenset[str], lasting: Standing) -> Standing:
    if chain & _NOT:
        return Standing.NOT_TAKEN
    if chain & _FUTURE:
        return Standing.PLANNED
    if chain & _OUGHT:
        return Standing.DEMANDED
    if chain & _MIGHT:
        return Standing.CONSIDERED
    if form is Form.ING:
        return Standing.TAKEN if chain & _PAST_BE else lasting
    if form in (Form.PAST, Form.PARTICIPLE):
        is_present = chain & BE and not chain & (_PAST_BE | _HAVE)
        return lasting if is_present else Standing.TAKEN
    return lasting


def _governed(line: Line, first: int, chain: frozenset[str], lasting: Standing) -> tuple[Standing | None, int | None]:
    """For "… to do it": the standing that the word before it gives, and that word; none for powers and means to do"
    " it.
    """
    for place in range(first - 1, max(-1, first - 1 - _PURPOSE_LOOKS_BACK), -1):
        word = line.forms[place]
        if word in ("commit", "committed", "commits") and place < first - 2:
            return None, place  # "committed £5m to help" is for a purpose
        if word in _GOVERNORS and (word != "set" or place == first - 1):  # not "set up to …"
            around = frozenset(line.forms[max(0, place - 3) : place])
            if around & _FUTURE and (_GOVERNORS[word] is Standing.ONGOING or around & _GOING_ON):
                return None, place  # "will continue to …" is a promise
            if around & _NOT and word == "hesitate":
                return Standing.THREATENED, place
            if chain & _NOT or (around & _NOT and _GOVERNORS[word] is not Standing.DEMANDED):
                return Standing.NOT_TAKEN, place
            return _GOVERNORS[word] or _standing(Form.PAST, around - BE - _HAVE, lasting), place
        if word in ";:":
            break
    return (Standing.PLANNED if first == 1 else None), None  # a headline: "Exampleland to expel diplomats"


def _gerund(line: Line, first: int, chain: frozenset[str], lasting: Standing) -> Standing | None:
    """For "doing it" by itself. An adverb before it says that it is a verb ("once again doing it")."""
    if "to" in chain:
        return None  # "committed to doing it" is a promise
    if not first:
        return Standing.TAKEN  # a list of deeds: "Exposing …"
    before = line.forms[first - 1]
    if before in _GERUND_NOT:
        return Standing.NOT_TAKEN
    if before in _GERUND_DONE or (before == "of" and line.forms[first - 2] in ("step", "course")):
        return Standing.TAKEN
    return _GOVERNORS.get(before) or (lasting if chain and before not in _BEFORE_NOUN else None)


def _asked(line: Line, first: int, standing: Standing) -> Standing | None:
    """A question asks about its deeds, save for what it takes as given ("when they did …") or missed ("why no …").

    ``None`` where it asks for a number.
    """
    if not line.is_question or standing in (Standing.NOT_TAKEN, Standing.DEMANDED):
        return standing
    for place in range(first - 1, -1, -1):
        word = line.forms[place]
        if word in ("when", "after", "because", "although", "since", "given"):
            return standing
        if word == "how" and line.forms[place + 1] in ("many", "much"):
            return None
        if word in ("what", "why", "how", "whether", "if"):
            break
    return Standing.ASKED
