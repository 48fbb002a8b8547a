"""Set phrases that say when, or comment: the grammar of attributions does not see them. Rows as in ``_phrases``."""

from __future__ import annotations

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PART = "(?: early| late| mid| the (?:spring|summer|autumn|winter) of)?"
_MANY = (
    r"(?:(?:more|less|fewer) than |at least |nearly |almost |over |about |around |some |many |several |the |past |last "
    r"|next |a |an |long |course of |\w+ ){0,4}"
)

TIME_PHRASES = (
    ("", "", "for over in during", f" {_MANY}(?:years?|months?|weeks?|decades?|days?|hours?|time)"),
    ("", "", "in since during until by", rf"{_PART}[ -](?:{_MONTH}(?: \d{{4}})?|\d{{4}})"),
    ("", "", "monday tuesday wednesday thursday friday saturday sunday", "(?: morning| night| evening)?"),
    (
        "",
        "",
        "on last this",
        r" (?:last |this )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: morning| night| evening)?",
    ),
    ("", "", "on", rf" \d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: \d{{4}})?"),
    ("", "", "earlier later", " (?:last|this|next) (?:year|month|week|spring|summer|autumn|winter|morning)"),
    ("", "", "last this next", " (?:year|month|week|spring|summer|autumn|winter|morning)"),
    ("", "", "in", " (?:fact|turn|particular|part|recent years|recent months|all (?:probability|likelihood))"),
    ("", "", "in", r" order(?= to\b)"),
    ("", "", "of", " course"),
    ("", "", "for", " (?:example|instance)"),
    ("", "", "as", " well(?! as)"),
    ("", "", "at", " the (?:same )?time"),
)
