"""The phrases by which people refuse, leave open, name nobody and turn aside: press and parliamentary English."""

from __future__ import annotations

from tocsin.record.reading._cues import Cue, cue
from tocsin.record.reading._denial_words import (
    BLAMED_ON,
    NOT,
    NOT_FORMS,
    NOT_KEYS,
    NOT_SURE,
    SPEAK,
    WH,
    WILL_NOT,
)

REFUSALS: tuple[Cue, ...] = (
    cue(
        "evasion.hypothetical", "hypothetical hypotheticals hypothetically",
        r"(?:a|an|answer\w*|entertain|deal in|such|into|leave (?:the|those|such)) hypothetical(?:s|ly)?",
    ),
    cue(
        "evasion.referred", "refer refers defer defers referred deferred directed matter question one right best"
        " speak answer",
        r"refer (?:\w+ ){1,5}to (?:the|my|our) (?:\w+ )?(?:answer|reply|statement|remarks)"
        r"|let (?:\w+ ){1,6}speak (?:to|for|about)|can speak to (?:that|it|this)"
        r"|(?:not|don't think) (?:\w+ )?(?:i'm |i am |we are )?the (?:right|best) (?:one|person|people) to"
        r"|(?:would |'d |will |must |can only )?(?:refer|defer)(?:s|red)? (?:you |reporters |journalists |questions "
        r"|all questions |to ){1,4}"
        r"|(?:referred|deferred|directed) (?:all |further |any ){0,4}(?:questions|enquiries|inquiries|requests|calls"
        r"|comment) to"
        r"|(?:is|are|'s|was|remains?) (?:\w+ )?(?:a |an |one )?(?:\w+ )?(?:matter|question|one) (?:\w+ly )?for"
        r" (?!concern"
        r"|regret|debate|celebration|discussion|another|a later)\w+"
        r"|(?:let|leave it to) (?:\w+ ){1,5}(?:speak for|answer for) (?:themselves|itself|himself|herself)",
    ),
    cue(
        "evasion.no_answer",
        "address addressed answer answered reply replied respond responded engage engages engaged"
        " answering addressing",
        r"(?:did|does|do|has|have|had|would)(?: not|n't) (?:\w+ )?(?:address(?:ed)?|answer(?:ed)?|repl(?:y|ied)"
        r"|respond(?:ed)?|engage[ds]?)"
        r" (?:directly |to |with |on ){0,4}(?:the |that |those |these |any |its |his |her "
        r"|a ){0,4}(?:\w+ )?(?:charges?|accusations?|allegations?|questions?"
        r"|claims?|letters?|substance|points?|directly|specifics|matter)|without (?:\w+ )?(?:answering|addressing)",
    ),
    cue(
        "evasion.silent", "respond responded reply replied react reacted",
        r"(?:has|have|had|did)(?: not|n't) (?:yet |publicly |immediately |so far ){0,2}(?:respond(?:ed)?|repl(?:y|ied)"
        r"|react(?:ed)?)"
        r"(?= *(?:[.;,]|to the (?:alle|accu|char|repo)|publicly))",
    ),
    cue(
        "evasion.not_seen", "seen read heard familiar aware acquainted unfamiliar chance time",
        r"(?:have|'ve|has)(?: not|n't) (?:yet )?(?:seen|read|heard|had (?:a chance|time) to (?:read|see))"
        r" (?:\w+ )?(?:\w+(?:'s)? )?(?:remarks?|reports?|comments?|statements?|stor(?:y|ies)|articles?|claims?)"
        r"|(?:am|'m|are|'re) not (?:\w+ )?(?:aware|familiar|acquainted) (?:of|with)(?! any\b)|(?:am|'m) unfamiliar"
        r" with",
    ),
    cue(
        "evasion.answered", "answered addressed dealt responded all everything",
        r"(?:have|'ve) (?:already |just )?(?:answered|addressed|dealt with|responded to) (?:your|that|the|this|it)"
        r"(?: question| point)?|(?:have|'ve) (?:said|got) (?:all|everything) (?:that )?(?:i|we) (?:\w+ )?(?:say|have)",
    ),
    cue(
        "non_attribution.made_none", "attribution attributions conclusion",
        r"(?:(?:have|has|had|do|did|does|is|are|was|were)(?: not|n't)|never) (?:\w+ ){0,2}?(?:ma[dk]e|making|issued?"
        r"|reach(?:ed)?|published?|offer(?:ed)?)"
        r" (?:an |any |its own |a )?(?:\w+ )?(?:attributions?|conclusion (?:about|on|as to) (?:who|which|whether))"
        r"|(?:ma[dk]e|made|issued|offered|making|is|was) no (?:\w+ )?attributions?",
    ),
    cue(
        "non_attribution.not_found", "no nothing",
        rf"(?:see[ns]?|saw|found|finds?|detected|uncovered|observed) (?:no|nothing)\b(?! longer)(?:"
        rf" [\w'-]+){{0,7}}?"
        rf" (?:involvement|links?|connections?|hand|role|{BLAMED_ON}\w*)(?P<denied>(?: [\w'-]+){{0,5}})"
        r"|(?:nothing|no evidence|no sign|no indication) to (?:suggest|indicate|show|link|connect|tie)"
        r" (?:that )?(?:[\w',-]+ ){0,12}?(?:involved|involvement|behind|responsible|to|had a (?:hand|part|role))",
    ),
    cue(
        "non_confirmation.not_assessed", "assessment assessments confirmation verification view",
        r"(?:(?:not|don't|doesn't|didn't) (?:yet )?have|have no|has no|had no) (?:an? |any |our own |its own"
        r" )?(?:independent|firm|final|settled"
        r"|official|formal) (?:assessments?|confirmation|verification|view)",
    ),
    cue(
        "abstention.not_saying", "saying suggesting claiming alleging asserting implying",
        r"(?:am|'m|are|'re|is|was|were)(?: not|n't) (?:\w+ )?(?:saying|suggesting|claiming|alleging|asserting|implying)"
        r" (?:that|it|the|who|whether|anything)",
    ),
    cue(
        "non_attribution.not_alleged", "allege alleged assert asserted judge judged assess assessed believe believed"
        " claim claimed"
        " conclude concluded suggest suggested think",
        rf"(?:do|does|did|have|has)(?: not|n't) (?:\w+ )?(?:alleged?|judged?|(?:assess|assert|claim|suggest)(?:ed)?"
        rf"|believed?|concluded?|think)"
        rf"\b(?:,| that| it| the| is)(?P<denied>(?: [\w'-]+){{0,9}}? {BLAMED_ON}\w*)",
    ),
    cue(
        "abstention.too_soon",
        "early soon premature",
        r"(?:too early|too soon|premature) to (?:say|tell|know|determine|conclude) (?:who|whether|if|which)",
    ),
    cue(
        "non_attribution.not_ready",
        "attribute attributing attribution",
        rf"(?:(?:{WILL_NOT}|not (?:yet )?(?:ready|prepared) to) (?:\w+ )?(?:attribute"
        rf"|make an attribution)|(?:'m|am|are|'re|is|was|were)(?: not|n't) (?:\w+ )?attributing)(?P<denied>(?:"
        rf" [\w'-]+){{0,6}})",
    ),
    cue(
        "refusal_to_quantify.impossible", "possible impossible early soon premature difficult hard",
        r"(?:is|was|be|been) (?:not (?:yet |currently )?possible|impossible|(?:too|far too|still too) (?:early"
        r"|soon)|premature"
        r"|difficult|hard) (?:for \w+ )?to (?:\w+ )?(?:give|say|estimate|quantify|assess|determine|provide|put|tell"
        r"|know|calculate)",
    ),
    cue(
        "refusal_to_quantify.how_many", "many much large often",
        rf"(?:{WILL_NOT}|{NOT}(?: yet)?|unclear|unknown|not (?:yet )?(?:clear"
        rf"|known)) (?:be )?(?:\w+ )?(?:determined?|know|known|established?|say|said"
        rf"|count(?:ed)?|calculated?|clear|sure)? ?(?:exactly |precisely )?how (?:many|much|large|often)",
        also="how",
    ),
    cue(
        "refusal_to_quantify.no_figures", "figure figures number numbers breakdown estimate estimates statistics"
        " centrally",
        r"(?:do|does|did)(?: not|n't) (?:\w+ )?(?:hold|have|collect|keep)(?: [\w'-]+){0,4}? (?:figures?|numbers?"
        r"|breakdown|estimates?"
        r"|statistics|centrally)",
    ),
    cue(
        "refusal_to_quantify.cannot", NOT_KEYS,
        rf"{WILL_NOT} (?:\w+ )?(?:give|provide|put|quantify|estimate|say)(?: [\w'-]+){{0,4}}? (?:figures?|numbers?"
        rf"|estimates?|costs?"
        r"|how many|how much)"
        rf"|{WILL_NOT} (?:\w+ )?(?:give|provide|offer) (?:you|him|her|them|the \w+|my \w+) (?:one|that|a figure"
        r"|an estimate|an answer|a number)\b",
        also="give provide put quantify estimate say offer",
    ),
    cue(
        "refusal_to_disclose.refused", "declined declines declining refused refuses refusing",
        rf"(?:declin|refus)(?:ed|es|ing) to (?:\w+ )?{SPEAK}|declin(?:ed|es|ing) comment",
    ),
    cue(
        "refusal_to_disclose.will_not", NOT_KEYS,
        rf"{WILL_NOT} (?:\w+ )?(?:speculate|comment|be drawn|discuss|disclose|go into|preview|get ahead of|pre-?empt"
        rf"|pre-?judge|reveal"
        rf"|elaborate|get into"
        rf"|name names|answer|have a debate|debate"
        r"|say|(?:give|provide|share) (?:\w+ )?details)",
    ),
    cue(
        "refusal_to_disclose.what_we_wont", NOT_KEYS,
        rf"what (?:i|we|they|he|she) (?:\w+ )?{WILL_NOT} do is (?:\w+ )?(?:publish|say|speculate|comment|discuss"
        rf"|disclose|reveal|name|go into|get into|give|share|confirm)",
        also="do",
    ),
    cue(
        "refusal_to_disclose.not_going_to", "not cannot can't won't wouldn't",
        r"(?:not going to|will not|won't|would not|wouldn't|cannot|can't|not able to|am afraid i cannot"
        r"|not prepared to|not at liberty to|prefer not to)"
        r" (?:\w+ )?(?:read out|get into|go (?:into|further|beyond)|talk about|be discussing|characteri[sz]e|share"
        r"|speak to|provide (?:any )?(?:further|more)"
        r"|divulge|publish|give a running commentary|add (?:anything )?(?:to|more|further)|describe|lay out|detail"
        r"|announce)",
    ),
    cue(
        "refusal_to_disclose.nothing_to_say", "nothing no further anything any more detail details",
        r"(?:have|has|had|having|'ve) (?:nothing|no(?:thing)? (?:more|further|new)) (?:\w+ )?(?:to (?:say|add"
        r"|announce|share|offer|report)|information|comment|details?|announcements?)"
        r"|(?:do not|don't|didn't|did not) have (?:anything|any \w+|more|details?)(?: \w+){0,3}? (?:to (?:say|add"
        r"|announce|share|offer|report|provide))|(?:have|has|got) (?:nothing|anything) (?:\w+ )?for you"
        r"|no (?:further |other |more )?(?:details?|information) (?:was|were|is|are|has been|have been)"
        r" (?:immediately )?(?:released"
        r"|given|provided|available|disclosed)",
    ),
    cue(
        "refusal_to_disclose.unnamed", "withheld withhold withholding secret",
        r"(?:withheld|withhold|withholding|ke(?:ep|pt|eping) secret) (?:\w+ ){0,3}(?:names?|identit(?:y|ies)|details"
        r"|report"
        r"|evidence)",
    ),
    cue(
        "refusal_to_disclose.no_reply", "respond reply return answer comment commented reached",
        r"(?:did(?: not|n't) (?:immediately )?(?:respond|reply|return|answer)(?: [\w'-]+){0,6}? (?:requests?"
        r"|questions?|inquir\w+"
        r"|enquir\w+|calls?|emails?|messages?|comment)|(?:did|has|have|had)(?: not|n't) (?:\w+ )?comment(?:ed)?"
        r"|(?:made|had|has) no (?:immediate )?comment"
        r"|not be reached for comment)",
    ),
    cue(
        "refusal_to_disclose.policy", "not never inappropriate don't doesn't won't wouldn't",
        r"(?:(?:do|does|would)(?: not|n't)|will not|won't) (?:\w+ )?(?:comment|speculate|preview|speak to|discuss"
        r"|talk about|get into"
        r"|go into|disclose)(?: (?:on|about|our|the|such|any|these|those|private|intelligence|operational|diplomatic"
        r"|sanctions|security|specific|individual|\w+ (?:matters|issues|operations|details|sanctions)))|never"
        r" comments? on|not in (?:our|the|anyone's) (?:\w+ )?interests? to|(?:not be|not|inappropriate"
        r"|be inappropriate)"
        r"(?: appropriate| right| proper| wise| sensible| helpful)?(?: for \w+)? to (?:comment|speculate|discuss"
        r"|disclose|go into|say)",
    ),
    cue(
        "non_confirmation.none", "no",
        r"(?:there (?:was|is|has been|had been)|has been|was) no (?:\w+ )?confirmation",
    ),
    cue(
        "non_confirmation.not_confirmed",
        "confirm confirmed verify verified acknowledge acknowledged corroborate corroborated",
        r"(?:(?:could|can|did|do|does|has|have|had|would|was|were|been)(?: not|n't| never)|can(?:not|'t)"
        r"|neither(?: \w+){1,3} ha(?:s|ve)|never) (?:be |been |yet |ever |immediately |publicly |officially "
        r"|independently ){0,3}"
        r"(?:confirm(?:ed)?|verif(?:y|ied)|acknowledged?|corroborated?)|(?:has|have|had|is|are) yet to (?:confirm"
        r"|verify)"
        r"|not in a (?:place|position) to (?:confirm|verify)",
    ),
    cue(
        "non_confirmation.not_recognised", "recognise recognize",
        r"(?:do|does|did)(?: not|n't) (?:\w+ )?recogni[sz]e (?:that|the|this|those|these|his|her|their|it)",
    ),
    cue(
        "non_confirmation.unaware", "aware informed unaware knowledge",
        r"(?:was|were|is|are|am)(?: not|n't) (?:\w+ )?(?:aware|informed) of|(?:was|were|is|are|am) unaware of|(?:had"
        r"|has|have) no knowledge of",
    ),
    cue(
        "abstention.unknown", f"{NOT_SURE} unclear unknown uncertain unidentified question",
        rf"(?:(?:do|does|did)(?: not|n't)|(?:may|might|will) not|won't) (?:yet |still |\w+ )?(?:know|understand)"
        rf" (?:for certain "
        rf"|exactly |yet |precisely ){{0,3}}{WH}"
        rf"|(?:(?:could|did|has|have|had)(?: not|n't)|can(?: ?not|'t)) (?:yet |been |be |\w+ ){{0,4}}?(?:determined?"
        rf"|established?"
        rf"|ascertain(?:ed)?|sure|certain|tell(?: you)?"
        rf"|concluded?) (?:of )?(?:that|{WH})|(?:it )?(?:is|was|remains?)(?: still)? (?:unclear|unknown|uncertain"
        rf"|not (?:yet )?(?:clear|known)) {WH}"
        r"|(?:source|cause|origins?|identity|culprits?|perpetrators?|motive|extent|scale|responsib\w+|attackers)"
        r"(?: [\w'-]+){0,5}? (?:(?:has|have|had)(?: not|n't) (?:yet |so far )?been (?:\w+ly )?(?:determined"
        r"|established|identified"
        r"|ascertained)|remains? (?:unknown|unclear|uncertain|unidentified))"
        rf"|question (?:of )?{WH}(?: [\w-]+){{1,9}} (?:remains|is) (?:open|unanswered|unresolved|a matter|for)",
    ),
    cue(
        "abstention.did_not_say", f"{NOT_FORMS} without never yet",
        rf"(?:{NOT}|never|(?:has|have|had) never|yet to) (?:\w+ )?(?:say|said|specif(?:y|ied)|state|address|indicate"
        rf"|elaborate|comment|make clear"
        rf"|clarif(?:y|ied)|disclosed?)"
        r"(?: on| about)? (?:whether|if|who|which|how|what|where|why)|without (?:saying|specifying|claiming|alleging"
        r"|asserting)"
        r" (?:whether|if|who|which|how|that)",
        also="say said specify specified state address indicate elaborate comment make clarify clarified disclose"
        " disclosed saying specifying claiming alleging asserting",
    ),
    cue("abstention.stopped_short", "short", r"stop(?:s|ped|ping)? short of"),
    cue(
        "abstention.no_position", "no without reached drawn taken",
        r"(?:took|takes|taken|taking|take|has|have|offer(?:s|ed)?|express(?:es|ed)?|gave|gives) no (?:\w+"
        r" )?(?:position|view"
        r"|stance|opinion|judg(?:e)?ment)|without (?:\w+ )?(?:taking|offering|expressing|giving) (?:a|any)"
        r" (?:position|view"
        r"|stance|opinion)"
        r"|(?:has|have|had) not (?:yet )?(?:reached a conclusion|drawn (?:any )?conclusions?|taken a position)",
    ),
    cue(
        "non_attribution.did_not_blame",
        "blame blamed name named attribute attributed accuse accused identify identified point pointed pin pinned nor",
        r"(?:(?:did|does|do|has|have|had|would)(?: not|n't)|(?:could not|couldn't|cannot|can't) have"
        r"|nor (?:do|does|did|has|have)(?: [\w']+){1,5}?) (?:\w+ ){0,2}?(?:(?:blam|nam|attribut|accus)ed?"
        r"|identif(?:y|ied)|point(?:ed)?|pin(?:ned)?)\b"
        r"(?P<denied>(?: [\w'-]+){1,8})",
    ),
    cue(
        "non_attribution.without_naming", "without",
        r"without (?:\w+ )?(?:naming|blaming|identifying|attributing|accusing|pointing)(?P<denied>(?: [\w'-]+){1,6})",
    ),
    cue(
        "non_attribution.not_attributed", "attributed",
        r"(?:has|have|had|was|were)(?: not|n't) (?:yet |so far |formally |officially "
        r"|publicly ){0,4}(?:been )?"
        r"(?:formally |officially |publicly )?attributed(?P<denied>(?: [\w'-]+){0,6})",
    ),
    cue(
        "evasion.turned_aside", "surprise changed dodged sidestepped ducked evaded deflected avoided",
        r"(?:respond|react)(?:ed|s)? with surprise"
        r"|(?:changed|dodged|sidestepped|ducked|evaded|deflected|avoided) (?:the |a |any )?(?:direct )?(?:subject"
        r"|questions?|issue)",
    ),
    cue(
        "evasion.asked_for_proof",
        "ask asked asks demanded",
        r"(?:ask(?:ed|s)?|demanded) (?:\w+ )?for (?:\w+ )?(?:information|evidence|proof)",
    ),
)  # fmt: skip
"""After the denials: of two of one kind in a clause the one named earlier is kept."""
