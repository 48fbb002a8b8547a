"""Set phrases that count as one word in the grammar of attributions, each with its letter and what it says."""

from __future__ import annotations

PHRASES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("v", "conducted_by", (r"sen(?:t|ds|ding) (?:\w+ ){0,2}(?:messages|emails|e-mails|links|lures)",)),
    ("v", "conducted_by", (r"(?:had|has|have|gained|gaining|obtained|retained) (?:\w+ ){0,2}access to",)),
    (
        "K",
        "linked_to",
        (
            r"(?:bears?|bore|bearing) (?:all )?the (?:\w+ )?(?:hallmarks?|fingerprints?|signatures?) of",
            r"consistent with",
        ),
    ),
    (
        "Z",
        "responsible_for",
        (
            r"(?:hack\w+|cyber\w*|surveillance|spying) empire",
            r"empire of (?:hack\w+|surveillance|lies)",
            r"(?:hack\w+) (?:state|superpower)",
        ),
    ),
    ("W", "conducted_by", (r"(?:the )?(?:very )?(?:work|handiwork|doing) of",)),
    ("v", "conducted_by", (r"inside (?:the |its |their |our )?(?:computer )?(?:systems?|networks?|servers?)",)),
    (
        "S",
        "",
        (r"(?:any|a|another|some|an unnamed)(?: foreign| hostile| nation)?[ -](?:state|government|power)s?(?! of)",),
    ),
    (
        "R",
        "responsible_for",
        (
            r"involved(?: in|(?=[.,;]))",
            r"complicit in",
            r"implicated in",
            r"""responsible(?=[.,;”"’'])""",
        ),
    ),
    (
        "R",
        "responsible_for",
        (
            r"responsible for",
            r"to blame for",
            r"culpable for",
            r"liable for",
            r"guilty of",
        ),
    ),
    (
        "R",
        "behind",
        (
            r"behind",
            r"at the heart of",
            r"the hand of",
        ),
    ),
    (
        "Q",
        "presupposed",
        (
            r"to account(?: for)?",
            r"accountable(?: for)?",
        ),
    ),
    (
        "R",
        "responsible_for",
        (
            r"perpetrators? of",
            r"culprits? (?:behind|of)",
            r"masterminds? (?:of|behind)",
            r"authors? of",
            r"source of",
            r"architects? of",
            r"origin of",
            r"carried responsibility for",
            r"bears? responsibility for",
            r"bore responsibility for",
        ),
    ),
    (
        "K",
        "directed_by",
        (
            r"(?:directed|controlled|run|operated|overseen|commanded|orchestrated|tasked|managed|led) by",
            r"under the (?:direction|control|command|orders|authority|auspices) of",
            r"at the (?:behest|direction|instruction|instructions|command|orders) of",
            r"on (?:the )?(?:orders|instructions) (?:of|from)",
            r"takes? (?:its |their )?orders from",
            r"acting for",
            r"reports? to",
            r"subordinate to",
        ),
    ),
    (
        "K",
        "backed_by",
        (
            r"(?:backed|sponsored|financed|hired|employed|paid|contracted) by",
            r"(?:with|having) the (?:backing|blessing|support) of",
            r"in the (?:pay|service|employ) of",
        ),
    ),
    (
        "K",
        "supported_by",
        (
            r"(?:supported|sustained|funded|resourced|assisted|aided) by",
            r"(?:provide|provides|provided|providing) (?:\w+ ){0,2}support (?:to|for)",
        ),
    ),
    (
        "K",
        "associated_with",
        (
            r"(?:associated|affiliated|aligned|cooperating|collaborating|in league) with",
            r"(?:works?|worked|working|operates?|operating|acts?|acting) (?:\w+ ){0,2}(?:for|on behalf of)",
            r"on behalf of",
            r"(?:is |are |was |were )?part of",
            r"in the name of",
            r"belongs? to",
            r"belonging to",
            r"attached to",
            r"an? (?:arm|unit|front|proxy|tool|instrument|extension) (?:of|for)",
            r"members of",
            r"fronts? for",
            r"history of working for",
            r"operat(?:es?|ing|ed) (?:through|as part of)",
            r"answers? to",
        ),
    ),
    (
        "K",
        "linked_to",
        (
            r"(?:linked|tied|connected|attributed|traced|traced back|attributable) to",
            r"(?:has|have|had|with) (?:\w+ ){0,2}(?:links|ties|connections) (?:to|with)",
            r"(?:links?|ties|connections?) (?:to|with|between)",
        ),
    ),
    (
        "F",
        "located_in",
        (
            r"(?:com|stemm|operat|launch|conduct)(?:ed|ing|es?|s|ates?) (?:\w+ly )?(?:from|out of)(?: within| inside)?",
            r"(?:operating|launched|conducted) (?:\w+ly )?in",
            r"(?:emanating|originating|originated|emanated|originates|emanates) (?:\w+ly )?(?:from|in)",
            r"(?:based|located|situated|resident|hosted|headquartered) (?:in|out of)",
            r"from (?:the )?(?:territory|soil|within|inside)(?: the (?:territory|borders))?(?: of)?",
            r"on the territory of",
            r"out of",
        ),
    ),
)
"""Letter (see ``_lexicon``), relation, and patterns of words; in the order in which they are tried."""

STARTS = frozenset(
    """
    responsible to culpable accountable liable guilty behind at the perpetrator perpetrators culprit
    culprits mastermind masterminds author authors source architect architects origin carried bears bear
    bore directed controlled run operated overseen commanded orchestrated tasked managed led under on orders
    instructions takes take acting answers answer reports report subordinate backed sponsored financed hired
    employed paid contracted with having in supported sustained funded resourced assisted aided provide
    provides provided providing associated affiliated aligned cooperating collaborating works work worked
    working operates operate operating acts act is are was were part belongs belong belonging attached a an
    members fronts front history inside linked tied connected attributed traced attributable has have had
    links link ties connections connection emanating emanated emanates emanate originating originated
    originates originate involved hacking hacker hackers cyber surveillance spying empire gained gaining
    obtained retained bearing consistent sent sends sending complicit implicated any another no some
    handiwork doing coming come comes stemming stemmed stems stem launched launching conducted based located
    situated resident hosted headquartered from out
    """.split()
)
"""The words that may open a set phrase."""
