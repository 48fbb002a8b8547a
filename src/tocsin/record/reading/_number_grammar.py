"""The forms of a number in English: two patterns, each tried where a digit or a number's first word stands."""

from __future__ import annotations

import re

SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
}
MULTIPLES = {"twice": 2.0, "thrice": 3.0}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
DOZEN = 12.0
VALUES = {
    **{word: float(value) for value, word in enumerate(SMALL)},
    **{word: 20.0 + 10 * place for place, word in enumerate(TENS)},
    "a": 1.0,
    "an": 1.0,
    "dozen": DOZEN,
}
AMOUNTS = {"tens": 10.0, "dozens": DOZEN, "scores": 20.0, **{f"{word}s": value for word, value in SCALES.items()}}
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
UNITS = {
    "$": "dollars",
    "£": "pounds",
    "€": "euros",
    "¥": "yen",
    "₩": "won",
    "₹": "rupees",
    "₽": "roubles",
    "usd": "dollars",
    "aud": "dollars",
    "cad": "dollars",
    "eur": "euros",
    "gbp": "pounds",
    "jpy": "yen",
    "chf": "francs",
    "btc": "bitcoin",
    "eth": "ether",
    "dollar": "dollars",
    "euro": "euros",
    "pound": "pounds",
    "sterling": "pounds",
    "franc": "francs",
    "rouble": "roubles",
    "ruble": "roubles",
    "rubles": "roubles",
    "rupee": "rupees",
    "rs": "rupees",
    "inr": "rupees",
    "rmb": "yuan",
    "cny": "yuan",
    "renminbi": "yuan",
    "nok": "kroner",
    "dkk": "kroner",
    "krone": "kroner",
    "sek": "kronor",
    "krona": "kronor",
    "pln": "zlotys",
    "zloty": "zlotys",
    "czk": "koruna",
    "rub": "roubles",
    "krw": "won",
    "ils": "shekels",
    "shekel": "shekels",
    "uah": "hryvnias",
    "hryvnia": "hryvnias",
    "dirham": "dirhams",
    "riyal": "riyals",
    "rial": "rials",
}

_CARDINAL = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(SMALL[1:10])})(?!\w))?|(?:{'|'.join(reversed(SMALL))})(?!\w))"
SCALE = rf"(?:{'|'.join(SCALES)})"
CODES = r"(?:USD|EUR|GBP|CHF|AUD|CAD|JPY|RMB|CNY|NOK|SEK|DKK|PLN|CZK|INR|RUB|KRW|ILS|UAH|Rs\.?)"
"""Signs of money in letters, as they stand before the digits."""
_SIGN = rf"(?:(?:US|AU|CA|NZ|HK|NT|[ACS])?\$[ ]?|[£€¥₩₹₽][ ]?|{CODES}[ \u00a0]?)"
_MONEY = (
    r"(?:(?:U\.?S\.?|American|Australian|Canadian|New[ ]Zealand|Swiss|Chinese|Norwegian|Danish|Swedish)[ ])?"
    r"(?:dollars?|euros?|pounds(?:[ ]sterling)?|yen|won|francs?|roubles?|rubles?|rupees?|USD|EUR|GBP|CHF"
    r"|yuan|renminbi|RMB|kron(?:er?|or|a)|zlotys?|koruna|shekels?|hryvnias?|dirhams?|riyals?|rials?"
    r"|BTC|ETH|XMR|USDC|USDT)\b(?![ ](?:firms?|companies)\b)"
)
_DATA = r"(?:[MGTP]B|(?:mega|giga|tera|peta)bytes?)\b"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,15}(?:\.\d{1,4})?)"
# The members of a bloc count in "the 27-nation bloc", and "200-odd" is about 200; "30-day" and "two-factor" count
# nothing.
_NO_COMPOUND = r"-(?!nation|member|country|state\b|odd\b|strong\b|\d)\w"
_UP_TO_NINE = "|".join(SMALL[1:10])
_HALF_OF = r"(?=[ ](?:of|the|its|their|our|all|that|those|these)\b)"
_OF = (
    r"(?=[ ](?:of|more|less|fewer|higher|lower|larger|smaller|the|their|its|were|had|have|was|said|on|in|over|since"
    r"|from|compared|between|as|came|are|to|for|by|and|or|this|last|year)\b|[.,;)])"
)

IN_DIGITS = re.compile(
    rf"""
      (?P<sign>{_SIGN})?(?P<digits>\d{{1,9}},\d{{1,2}}(?=[ ]?(?:%|per|bn|{SCALE}))|{_DIGITS})
        (?P<scale>[ \u00a0-]?(?:{SCALE}|mn|bn|tn)\b|[kKmM]\b)?(?P<plus>\+|-plus\b)?
        (?:(?P<percent>[ \u00a0]?%|[ -]per[ ]?cent\b)|[ -](?P<money>{_MONEY})|[ \u00a0]?(?P<data>{_DATA})
          |(?!\w|[@_:/]\w|[.,:/]\d|{_NO_COMPOUND}|[‐‑]\w|°))
    """,
    re.VERBOSE | re.IGNORECASE,
)
ONE_IN_MANY = re.compile(
    rf"""(?P<parts>{_UP_TO_NINE}|\d)[ ](?:(?:in|out[ ]of)(?:[ ]every)?|of[ ]every)[ ]
      (?P<every>(?<=\b1[ ]in[ ])\d{{1,3}}|{_UP_TO_NINE}|ten|twelve|fifteen|twenty|fifty|(?:a|one)[ ]hundred
        |10|20|50|100)(?![\w-]|[,.]\w)""",
    re.VERBOSE | re.IGNORECASE,
)
IN_WORDS = re.compile(
    rf"""
      (?:a|one)[ -](?P<small>quarter|half)[ ](?:of[ ])?an?[ ](?P<big>{SCALE}|dozen)\b
    | (?:a[ ])?half[ -](?:an?[ ])?(?P<halved>{SCALE}|dozen)\b
    | (?P<times>an?|{_UP_TO_NINE})[ -](?P<part>half|halves|thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten)ths?)\b{_OF}
    | (?P<whole_half>half){_HALF_OF}
    | (?:(?:several|a[ ]few|many|some)[ ])?(?P<amount>(?:tens|dozens|hundreds|thousands|millions|billions|trillions)
        |scores(?=[ ]of\b)|(?:several|a[ ]few|many)[ ](?:dozen|{SCALE}))(?P<of>[ ]of[ ](?:thousands|millions|billions))?
        (?:[ ]of[ ](?P<vague_money>{_MONEY}))?(?!\w)
    | (?P<handful>a[ ](?:small[ ])?handful)\b
    | (?P<multiple>{"|".join(MULTIPLES)})(?=
        [ ](?:as[ ](?:many|much|high|large|big|long|likely|great|fast)|that[ ]of|its|their|what)\b
        |[ ]the[ ](?:number|amount|size|rate|total|level|sum|value|cost|figure|price|share|average|length)\b)
    | (?P<words>(?:{_CARDINAL}|an?(?=[ ](?:{SCALE}|dozen)\b))
          (?:[ -](?:{SCALE}|dozen)\b(?:[ -](?:and[ ])?{_CARDINAL})?){{0,4}})
        (?:(?P<percent>[ -]per[ ]?cent\b)|[ -](?P<money>{_MONEY}))?(?![\w’']|{_NO_COMPOUND})
    """,
    re.VERBOSE | re.IGNORECASE,
)
FIRST_WORDS = frozenset({*SMALL, *TENS, *AMOUNTS, "a", "an", *MULTIPLES, "half", "several", "few", "many", "some"})
"""The words that a number in words can begin with, in lower case."""
MARKS = frozenset(("zero", "dozen", "handful", "halves", *SMALL[2:], *TENS, *AMOUNTS, *SCALES, *MULTIPLES)).union(
    PARTS, (f"{part}s" for part in PARTS)
)
"""Words of which every number in words has one, in lower case; but for ``one``, which seldom counts."""
