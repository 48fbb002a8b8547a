"""The words by which the subject of a reporting verb is told to be a person, a body, an office or a sort of people."""

from __future__ import annotations

import re

from tocsin.record.gazetteer import EntityKind

PRONOUN = re.compile(r"(?:He|She|It|They|We|I|You|he|she|it|they|we|you|who|which|Both|both)\Z")
PEOPLE = re.compile(
    r"\b(officials?|sources?|diplomats?|experts?|researchers?|analysts?|investigators?|ministers?"
    r"|lawmakers?|critics?|opposition|people"
    r"|authorities|leaders|hackers|prosecutors?|observers?|scientists?|agencies|governments?|countries"
    r"|states|allies|firms|companies"
    r"|politicians|MPs|peers|senators|insiders|victims|reports|media|others|many|some|historians"
    r"|executives|employees|advisers)\b",
    re.IGNORECASE,
)
ONE_OFFICE = re.compile(
    r"(?:spokes(?:man|woman|person)|secretary|minister|president|premier|chancellor|ambassador|director"
    r"|chief|head|commissioner"
    r"|envoy|chair(?:man|woman)?|chief executive|adviser|advisor|general|attorney|prosecutor|king|governor"
    r"|mayor|representative|commandant|commander|under-?secretary)\b",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"(?:(?:[Ff]oreign|[Pp]rime|[Ii]nterior|[Dd]efen[cs]e|[Jj]ustice|[Ff]inance|[Hh]ome|[Dd]igital"
    r"|[Ss]ecurity|[Dd]eputy|[Cc]hief|[Vv]ice|[Gg]eneral|[Pp]ress)[ -])?"
    + ONE_OFFICE.pattern.replace("(?:spokes", r"\b(?:spokes", 1)
)
DOCUMENT = re.compile(
    r"(?:analysis|report|assessment|statement|blog ?post|post|advisory|survey|study|research|investigation"
    r"|review|alert|bulletin"
    r"|answer|letter|filing|indictment|complaint|article|tweet|notice|findings|document|documents|paper|evidence)\b",
    re.IGNORECASE,
)
OF = re.compile(r"\s(?:by|from|of|for|at|in|with)\s(?:the\s)?")
NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Baroness|Viscount|Earl|President|Senator|Rep|Sen|Gen|General"
    r"|Prof|Prime Minister|Secretary)\.? )?"
    r"[A-Z][\w’'.&-]*(?: (?:(?:of|de|van|von|bin|al|for|and|the) ){0,2}[A-Z][\w’'.&-]*){0,6}\Z"
)
TITLE_AND_NAME = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Baroness|Viscount|Earl|President|Senator|Rep|Sen|Gen|General|Prof)\b"
)
ONWARD = re.compile(r" (?:to|with|in|at|on) ")
AND_ANOTHER = re.compile(r"(?:and|or) (?:the )?[A-Z]")
POSSESSED = re.compile(r"[’']s?\s")
BODY_NOUN = re.compile(
    r"\b(?:government|ministry|department|agency|embassy|parliament|service|police|army|military|office"
    r"|administration|committee"
    r"|company|firm|bank|group|bloc|alliance|union|regulator|watchdog|centre|center|commission|council"
    r"|court|treasury|bureau|guard|navy|force|mission|utility|supplier|operator|authority|institute|lab|laborator(?:y|ies)"
    r"|academy|university|outlet|newspaper|paper|broadcaster|panel|body|organi[sz]ation)\Z",
    re.IGNORECASE,
)
INTRODUCTION = re.compile(
    r"(?:At (?:the|that) time|(?:Last|This|Earlier this|Later that) (?:year|month|week|day|summer|autumn|winter|spring)"
    r"|(?:On|In|Since|By|Late on|Early on|Earlier on) (?:\d{1,2} )?[A-Z][a-z]{2,8}(?: \d{1,4})?|In (?:a|an"
    r"|its|his|her|their) [\w -]{3,40}?"
    r"|Yesterday|Today|Later|Earlier|However|Meanwhile|Separately|Now|Then|Previously|Once|Also|Indeed"
    r"|Obviously|But|And|So|Yet|As|While|When|If|Because|Since|Although|Though|Whereas|Where|Nor|Or|Unless"
    r"|(?:Today|Yesterday|Tonight|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[’']s)"
    r"\s+(?=[A-Zatousomfvwl])"
)
FRONTED = re.compile(
    r"(?:(?:[Ii]n|[Oo]n|[Aa]t|By|After|Since|During|With) (?:[^,;:]{3,80} )?|(?:[a-z]+ ){1,4}?(?=(?:its|their) ))"
    r"(?=(?:the|its|their|a|an) (?:[a-z-]+ ){0,2}[a-z-]+\Z)"
)
DETERMINER = re.compile(
    r"(?:the|a|an|my|your|its|his|her|their|our|one|some|several|many|most|all|both|that|this|these|those)\s+",
    re.IGNORECASE,
)
WORD_START = re.compile(r"\b[A-Z]")
MAY_SPEAK_FOR = {EntityKind.STATE: "gov", EntityKind.DEMONYM: "gov"}
LEGAL_DOCUMENT = re.compile(r"(?:indictment|affidavit|charging documents|criminal complaint)s?\b", re.IGNORECASE)
SOURCE = re.compile(r"sources?|people|reports|media", re.IGNORECASE)
ONE_OF_THEM = re.compile(r"\b(?:official|diplomat|expert|researcher|analyst|investigator|observer|lawmaker)\b")
FURTHEST_DOCUMENT = 700
SOMEBODY = re.compile(r"(?:One|Another|Others|Some|Many|Several|(?:The|A) (?:second|third|first|other))(?: of them)?\Z")
STATELESS = re.compile(r"(?:role|organ):(?![A-Z]{2}(?:-|\Z))(?!EU\b|UN\b|NATO\b)")
WHOSE = re.compile(r"\b(?:[Tt]heir|[Ii]ts|[Hh]is|[Hh]er)\s*\Z")
ONE_OF_SOME = re.compile(r"(?:[Aa]n?|[Oo]ne|[Aa]nother)\s")
AT_HOME = re.compile(
    r"(?!(?:Lord|Lady|Baroness|Viscount|Viscountess|Earl|Duke|Marquess|Bishop|Archbishop|President|Minister|Prime)\b)"
    r"((?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Prof|Professor)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,3})"
    r" (?:of|at|from|in|with|for) (?=the |[A-Z])"
)
SPOKES = re.compile(r"spokes(?:man|woman)\b")
OWNED_NAME = re.compile(r"[A-Z][\w-]+[’']s (?=[A-Z][\w’'-]+ [A-Z])")
SHORT_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sen|Senator|Rep)\.? )?[A-Z][\w’'-]+")
NO_FIRST_NAME = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|But|And|As|When|While|If|Since|After|Before|With|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady"
    r"|Baroness|Prof|Professor|Sen|Senator|Rep|President|Minister|Secretary|Chancellor|Spokesman|Spokeswoman)\Z"
)
OWNED = re.compile(r"[’']s? [a-z]")
OWN_WORDS = re.compile(r"\b(?:statement|message|letter|post|email|note|tweet|report|article|filing|blog)\s+\Z")
CREDENTIALS = re.compile(r"\A,? ?(?:MP|MEP|MSP|QC|KC|OBE|CBE|Jr|Sr|PhD)\.?\Z")
