"""Set phrases that tell a deed, a place it came from, or shelter given: rows of letter, relation, first words, rest."""

from __future__ import annotations

_INSIDE = r" (?:in|inside) (?:[\w’'-]+ ){1,4}?(?:networks?|systems?|servers?|mailboxes|computers|software)"
_GIVEN = r" (?:\w+ ){0,2}(?:cover|shelter|sanctuary|refuge|safe haven|haven|protection|impunity) (?:to|for)"
_POINTS = r" (?:\w+ ){0,2}?(?:points?|pointed|pointing|leads?|led)(?= )"
_THEIR_SOIL = "(?:its|their) (?:own )?(?:territory|soil)"
_THERE = f"(?:from )?(?:there|(?:on|in|from) {_THEIR_SOIL})"
_OUT_OF = r" (?:\w+ly )?(?:from|out of)(?: within| inside)?"

DEED_PHRASES = (
    ("v", "conducted_by", "sent sends sending", r" (?:\w+ ){0,2}(?:messages|emails|e-mails|links|lures)"),
    ("v", "conducted_by", "had has have gained gaining obtained retained", r" (?:\w+ ){0,2}access to"),
    ("v", "conducted_by", "inside", " (?:the |its |their |our )?(?:computer )?(?:systems?|networks?|servers?)"),
    ("g", "", "it", " workers?"),
    ("j", "", "break breaks breaking broke broken", " (?:off|up|down|with|away)"),
    ("v", "conducted_by", "break breaks breaking broke broken", " (?:in|into)"),
    ("j", "", "crack cracks cracked cracking", " down"),
    ("v", "conducted_by", "go goes going gone went", " after"),
    ("v", "conducted_by", "made making makes got getting", " (?:off|away) with"),
    ("v", "conducted_by", "spent spend spends spending", r" (?:\w+ ){1,4}(?:inside|in) (?:the|its|their|our)"),
    ("v", "conducted_by", "was were been is are", _INSIDE),
    ("v", "conducted_by", "sat lurked lurking hid hidden stayed remained dwelt been", r" (?:\w+ ){0,2}inside"),
    ("b", "tolerated_by", "gave give given gives giving offer offers offered offering", _GIVEN),
    ("b", "tolerated_by", "provide provides provided providing grant grants granted granting", _GIVEN),
    ("b", "tolerated_by", "extend extends extended extending", _GIVEN),
    ("h", "tolerated_by", "turn turns turned turning", " a blind eye to"),
    ("t", "responsible_for", "everything evidence sign signs indicator indicators clues traces", _POINTS),
    ("t", "responsible_for", "finger fingers trail trails", _POINTS),
    ("X", "conducted_by", "did does do done doing", " (?:it|this|that|the same(?: thing)?)"),
    ("J", "located_in", "undertaken conducted carried launched mounted originating emanating operating committed",
     f"(?: out)? from {_THEIR_SOIL}"),
    ("J", "located_in", "from", f" {_THEIR_SOIL}"),
    ("J", "located_in", "who which that", f" (?:operates?|operating) {_THERE}"),
    ("J", "located_in", "operate operates operating", f" {_THERE}"),
    ("F", "located_in", "come comes coming came stemmed stemming stems stem", _OUT_OF),
    ("F", "located_in", "operated operating operates operate launched launching launches launch", _OUT_OF),
    ("F", "located_in", "conducted conducting conducts conduct", _OUT_OF),
    ("F", "located_in", "operating launched conducted", r" (?:\w+ly )?in"),
    ("F", "located_in", "emanating originating originated emanated originates emanates originate emanate",
     r" (?:\w+ly )?(?:from|in)"),
    ("F", "located_in", "based located situated resident hosted headquartered", " (?:in|out of)"),
    ("F", "located_in", "from",
     " (?:the )?(?:territory|soil|within|inside)(?: the (?:territory|borders))?(?: of)?"),
    ("F", "located_in", "on", " the territory of"),
    ("F", "located_in", "out", " of"),
)  # fmt: skip
