"""The phrases by which people deny, refuse, leave open and turn aside: ordinary press and parliamentary English."""

from __future__ import annotations

from tocsin.record.reading._cues import Cues, cue
from tocsin.record.reading._denial_words import (
    BASELESS,
    BLAME,
    BLAMED_ON,
    CHARGE,
    CHARGED,
    FALSE_KEYS,
    HURT,
    NOT,
    NOT_FORMS,
    NOT_KEYS,
    SPEAK,
    WH,
    WILL_NOT,
)

DENIALS = Cues(
    cue(
        "non_confirmation.neither", "neither nor confirm",
        r"(?:neither |not )?(?:confirm(?:ed|ing|s)?) (?:\w+ )?(?:n?or) den(?:y|ied|ying|ies)",
    ),
    cue(
        "responsibility_denial.charge_denied", "denied denies rejected rejects dismissed dismisses disputed disputes",
        rf"{CHARGED} (?:that |which )?(?:[\w-]+ ){{1,5}}(?:den(?:ied|ies)|reject(?:ed|s)|dismiss(?:ed|es)"
        rf"|disput(?:ed|es))",
    ),
    cue(
        "responsibility_denial.denied",
        "denied denies deny denying dismissed dismisses dismissing rejected rejects rejecting reject refuted"
        " refutes refuting"
        " disputed disputes rubbished repudiated repudiates",
        rf"(?<!not )(?<!cannot be )(?:den(?:ied|ies|y|ying)|dismiss(?:ed|es|ing)|reject(?:ed|s|ing)?|refut(?:ed|es|ing)"
        rf"|disput(?:ed|es)|rubbished|repudiate[ds])(?P<denied>(?: [\w'-]+){{0,5}}? {CHARGE})\b(?! of service)",
    ),
    cue(
        "responsibility_denial.is_false", FALSE_KEYS,
        rf"(?:{CHARGED}|(?:report|attribution|findings?|story|evidence|document|charge sheet|(?<!mean )(?<!if )(?:it"
        rf"|this|they|these|those)))"
        rf"(?: [\w-]+){{0,4}}? ?(?:is|are|was|were|'s|'re|amount(?:s|ed)? to"
        rf"|constitutes?)\W{{1,3}}(?:[\w-]+ ){{0,4}}?{BASELESS}",
    ),
    cue(
        "responsibility_denial.invented", "invents invented invent inventing concocted concocts fabricates"
        " fabricating conjured",
        r"(?:invent(?:s|ed|ing)?|concoct(?:s|ed|ing)?|fabricat(?:e|es|ing)|conjur(?:ed|es|ing) up)"
        r" (?:[\w-]+ ){0,4}?(?:attack\w*|allegations?|accusations?|evidence|stor(?:y|ies)|pretexts?|threats?|links?"
        r"|enem(?:y|ies)"
        r"|incidents?|hackers?|scandals?|myths?)",
    ),
    cue("responsibility_denial.not_guilty", "guilty", r"(?:plead(?:ed|s)?|pled|pleading) not guilty"),
    cue(
        "responsibility_denial.dismissed_as",
        "dismissed dismisses dismissing described describes branded called calling calls denounced",
        rf"(?:dismiss|describ|brand|call|denounc)(?:ed|es|s|ing)\b(?: \W?[\w'-]+){{1,8}}? \W?{BASELESS}",
    ),
    cue(
        "responsibility_denial.nothing_to_do",
        "nothing",
        r"(?:has|have|had|having) (?:absolutely )?nothing to do with",
    ),
    cue("responsibility_denial.out_of_nothing", "nothing thin", r"out of (?:nothing|thin air)"),
    cue(
        "responsibility_denial.not_involved", "involved behind responsible connected",
        r"(?:is|are|was|were|has been|have been|been)(?: not|n't) (?:\w+ )?(?:involved in|behind|responsible for"
        r"|connected to)",
    ),
    cue(
        "responsibility_denial.no_part", "involvement role part connection connections ties hand knowledge link links",
        r"(?:had|has|have|having|was|were|is|played|plays|play|denied) (?:no|any) (?:\w+ )?(?:involvement|role|part"
        r"|connections?"
        r"|ties|hand|knowledge|links?)\b"
        r" (?:in|with|to|of|whatsoever)",
    ),
    cue(
        "responsibility_denial.never", "never",
        r"(?:has|have|had|did|would|will)? ?never (?:\w+ )?(?:engage[ds]?|conduct(?:ed)?|support(?:ed)?|carried"
        r"|hack(?:ed)?"
        r"|interfered?|been (?:involved|behind)|attack(?:ed)?|sponsor(?:ed)?|condoned?|target(?:ed)?|worked (?:for"
        r"|with)|helped|assisted|encouraged?|tolerated?|harbou?red"
        r"|order(?:ed)?|directed|permitted|allowed|participated|taken part)",
    ),
    cue(
        "responsibility_denial.opposes", "opposes oppose opposed combats combat fights",
        r"(?:firmly |resolutely |always |strongly |consistently ){0,4}(?:opposes?|opposed to|combats?|fights?)"
        r"(?: [\w-]+){0,9}? (?:cyber[ -]?attacks?|hacking|cyber[ -]?crimes?|cyber[ -]?theft|cyber[ -]?espionage)",
    ),
    cue(
        "responsibility_denial.retort", "stop should cease refrain",
        r"(?:should|must|to|please|would) (?:\w+ )?(?:stop|cease|refrain from|not)(?: \w+)?"
        r" (?:smear\w*|slander\w*|accus\w+|blaming|spreading|defam\w+|making (?:\w+ )?(?:accusations|allegations)"
        r"|make (?:\w+ )?(?:accusations|allegations)|hyping|vilify\w*|shifting)",
    ),
    cue(
        "responsibility_denial.baseless", "baseless groundless unfounded unsubstantiated fabricated fabrication"
        " fabrications smear"
        " smears"
        " slander slanderous smearing russophobic russophobia far-fetched absurd preposterous",
        r"(?:baseless|groundless|unfounded|unsubstantiated|fabricat(?:ed|ions?)|smear(?:s|ing)?|slander(?:ous)?"
        r"|russophobi[ac]"
        r"|far-fetched"
        r"|absurd|preposterous)",
    ),
    cue(
        "responsibility_denial.counter_charge", "empire biggest largest worst real number thief",
        r"(?:empire of (?:hack\w+|lies|surveillance)|(?:hacking|hacker|surveillance|matrix) empire|thief crying"
        r"|(?:biggest|largest|worst|number one|real)(?: [\w-]+){0,3}? (?:hacker|hackers|hacking"
        r"|cyber[ -]?(?:attacker|thief|bully)"
        r"|source of cyber[ -]?attacks?|perpetrator of cyber[ -]?attacks?)|real (?:hacking|hacker) empire)",
    ),
    cue(
        "responsibility_denial.victim",
        "victim victims",
        r"(?:itself|also|too|main|major|biggest|a) (?:\w+ )?victims? of (?:\w+ )?(?:cyber|hack)\w*",
    ),
    cue(
        "impact_denial.no_evidence", "evidence indication indications sign signs suggestion reason",
        r"(?:no|not (?:seen |found |have |aware of )?any|nor any) (?:\w+ )?(?:evidence|indications?|signs?"
        r"|suggestion|reason to believe)"
        r"(?: (?:that|of|to suggest|at this (?:time|stage|point)|so far"
        r"|,)){0,3}(?: [\w'-]+){0,8}? (?P<hurt>customers?|data"
        rf"|systems?|information|{HURT}|victims?|misuse|impact|loss|exfiltrat\w+)",
    ),
    cue(
        "impact_denial.no_sign", "evidence indication indications sign signs suggestion reason",
        rf"(?:no|nor|not (?:\w+ )?any) (?!longer)(?:\w+ ){{0,2}}(?:evidence|indications?|signs?|suggestion"
        rf"|reason to believe)"
        rf" (?:at (?:this|present) ?\w* )?(?:that|of|to suggest"
        rf"|to indicate)(?! (?:\w+ ){{0,8}}{BLAME})(?P<denied>(?: [\w'-]+){{0,12}})",
    ),
    cue(
        "impact_denial.no_danger", "danger risk threat impact effect disruption interruption loss harm damage doubt",
        r"(?:no|never|not|never any|n't)(?: [\w-]+){0,2} (?:danger|risk|threat|impact|effect|disruption|interruption"
        r"|loss|harm|damage)"
        r" (?:to|on|of|for|from) (?:the |our |any |its |public |patient |customer ){0,4}(?:\w+)|(?:never|not"
        r"|n't) (?:\w+ )?(?:at risk|in danger|in doubt)",
    ),
    cue(
        "impact_denial.carried_on", "normally normal safe secure intact unaffected operational",
        r"(?:remain(?:s|ed)?|continue[sd]? to (?:operate|run|function|work)|operat(?:ed|ing)|functioning)"
        r" (?:\w+ )?(?:safe|secure|intact|normally|as normal|fully operational|as usual|unaffected)",
    ),
    cue(
        "impact_denial.never_hit", "never",
        rf"(?:was|were|has|have|had)? ?never (?:been )?(?:\w+ly )?{HURT}",
    ),
    cue(
        "responsibility_denial.failed_to_prove", "evidence proof",
        r"(?:fail(?:ed|s|ing)?|unable|yet|neglected) to (?:present|provide|produce|offer|show"
        r"|give)(?: \w+){0,3} (?:evidence|proof)",
    ),
    cue(
        "responsibility_denial.no_evidence", "evidence proof",
        r"(?:(?:no|without|any) (?!longer)(?:\w+ )?(?:evidence|proof)(?: (?:that|of|to|linking|for|whatsoever|against"
        r"|was|has)|$)"
        r"|without (?:any |providing |presenting |producing |offering ){1,4}(?:\w+ )?(?:evidence|proof))",
    ),
    cue(
        "impact_denial.not_believed", NOT_FORMS,
        rf"(?:do|does|did|have|has)(?: not|n't) (?:\w+ )?(?:believe|think|consider|assess|seen|found"
        rf"|see)\b(?P<denied>(?: [\w'-]+){{1,12}}?"
        rf" (?:victims?|targeted|lost|{HURT}))",
    ),
    cue(
        "impact_denial.not_hit", f"{NOT_FORMS} unaffected",
        rf"(?:was|were|has|have|had|is|are)(?: not|n't) (?:been |yet been )?(?:\w+ly )?{HURT}|(?:was|were|is|are"
        rf"|remain\w*) unaffected",
    ),
    cue(
        "impact_denial.none_hit", "no none",
        rf"(?:no|none of)(?: [\w'-]+){{1,5}}? (?:was|were|has been|have been|had been|is|are) (?:\w+ly )?{HURT}",
    ),
    cue(
        "evasion.hypothetical", "hypothetical hypotheticals hypothetically",
        r"(?:a|an|answer\w*|entertain|deal in|such|into) hypothetical\w*",
    ),
    cue(
        "evasion.referred", "refer defer referred deferred matter question them",
        r"(?:would |'d |will |must |can only )?(?:refer|defer)(?:s|red)? (?:you |reporters |journalists |questions "
        r"|all questions |to ){1,4}"
        r"|(?:referred|deferred|directed) (?:all |further |any ){0,4}(?:questions|enquiries|inquiries|requests|calls"
        r"|comment) to"
        r"|(?:is|are|'s|was|remains?) (?:a |an )?(?:\w+ )?(?:matter|question|one) (?:entirely )?for (?:the|them|him"
        r"|her|others|\w+ to)"
        r"|(?:let|leave it to) (?:\w+ ){1,5}(?:speak for|answer for) (?:themselves|itself|himself|herself)",
    ),
    cue(
        "evasion.no_answer", f"{NOT_FORMS} never without avoided",
        r"(?:did|does|do|has|have|had|would)(?: not|n't) (?:\w+ )?(?:address(?:ed)?|answer(?:ed)?|repl(?:y|ied)"
        r"|respond(?:ed)?|engage[ds]?)"
        r" (?:directly |to |with |on ){0,4}(?:the |that |those |these |any |its |his |her "
        r"|a ){0,4}(?:\w+ )?(?:charges?|accusations?|allegations?|questions?"
        r"|claims?|letters?|substance|points?|directly|specifics|matter)|without (?:\w+ )?(?:answering|addressing)",
    ),
    cue(
        "non_attribution.made_none", "attribution attributions conclusion",
        r"(?:(?:have|has|had|do|did|does|is|are|was|were)(?: not|n't)|never) (?:\w+ ){0,2}?(?:ma[dk]e|making|issued?"
        r"|reach(?:ed)?|published?|offer(?:ed)?)"
        r" (?:an |any |its own |a )?(?:\w+ )?(?:attribution|conclusion (?:about|on|as to) (?:who|which|whether))"
        r"|(?:ma[dk]e|made|issued|offered|making|is|was) no (?:\w+ )?attribution",
    ),
    cue(
        "non_attribution.not_alleged", "allege alleged judge judged assess assessed believe believed claim claimed"
        " conclude concluded suggest suggested think",
        rf"(?:do|does|did|have|has)(?: not|n't) (?:\w+ )?(?:alleg|judg|assess|asserti?|believ|claim|conclud|suggest"
        rf"|think)(?:e|ed|s)?"
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
        rf"(?:{WILL_NOT}|not (?:yet )?(?:ready|prepared) to) (?:\w+ )?(?:attribute"
        rf"|make an attribution)(?P<denied>(?: [\w'-]+){{0,6}})",
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
        r"|how many|how much)",
    ),
    cue(
        "refusal_to_disclose.refused", "declined declines declining refused refuses refusing",
        rf"(?:declin|refus)(?:ed|es|ing) to (?:\w+ )?{SPEAK}",
    ),
    cue(
        "refusal_to_disclose.will_not", NOT_KEYS,
        rf"{WILL_NOT} (?:\w+ )?(?:speculate|comment|be drawn|discuss|disclose|go into|preview|get ahead of|reveal"
        rf"|elaborate|get into"
        rf"|name names"
        r"|say|(?:give|provide|share) (?:\w+ )?details)",
    ),
    cue(
        "refusal_to_disclose.what_we_wont", NOT_KEYS,
        rf"what (?:i|we|they|he|she) (?:\w+ )?{WILL_NOT} do is (?:\w+ )?(?:publish|say|speculate|comment|discuss"
        rf"|disclose|reveal|name|go into|get into|give|share|confirm)",
    ),
    cue(
        "refusal_to_disclose.not_going_to", f"{NOT_KEYS} not refrain",
        r"(?:not going to|will not|won't|would not|wouldn't|cannot|can't|not able to|am afraid i cannot"
        r"|not prepared to|not at liberty to|prefer not to)"
        r" (?:\w+ )?(?:read out|get into|go (?:into|further|beyond)|talk about|be discussing|characteri[sz]e|share"
        r"|speak to|provide (?:any )?(?:further|more)"
        r"|divulge|publish|give a running commentary|add (?:anything )?(?:to|more|further)|describe|lay out|detail"
        r"|announce)",
    ),
    cue(
        "refusal_to_disclose.nothing_to_say", "nothing no further anything",
        r"(?:have|has|had|having|'ve) (?:nothing|no(?:thing)? (?:more|further|new)) (?:\w+ )?(?:to (?:say|add"
        r"|announce|share|offer|report)|information|comment|details?|announcements?)"
        r"|(?:do not|don't|didn't|did not) have (?:anything|any \w+|more|details?)(?: \w+){0,3}? (?:to (?:say|add"
        r"|announce|share|offer|report|provide))",
    ),
    cue(
        "refusal_to_disclose.unnamed", "condition anonymity withheld",
        r"(?:withheld|withhold|withholding|keep secret) (?:\w+ ){0,3}(?:names?|identit(?:y|ies)|details|report"
        r"|evidence)",
    ),
    cue(
        "refusal_to_disclose.no_reply", f"{NOT_FORMS} no",
        r"(?:did(?: not|n't) (?:immediately )?(?:respond|reply|return|answer)(?: [\w'-]+){0,6}? (?:requests?"
        r"|questions?|inquir\w+"
        r"|enquir\w+|calls?|emails?|messages?|comment)|(?:did|has|have|had)(?: not|n't) (?:\w+ )?comment(?:ed)?"
        r"|(?:made|had|has) no (?:immediate )?comment"
        r"|not be reached for comment)",
    ),
    cue(
        "refusal_to_disclose.policy", "not never inappropriate",
        r"(?:do|does|will|would)(?: not|n't) (?:\w+ )?comment on|never comments? on|(?:not be|not|inappropriate"
        r"|be inappropriate)"
        r"(?: appropriate)?(?: for \w+)? to (?:comment|speculate|discuss|disclose|go into|say)",
    ),
    cue(
        "non_confirmation.none", "no",
        r"(?:there (?:was|is|has been|had been)|has been|was) no (?:\w+ )?confirmation",
    ),
    cue(
        "non_confirmation.not_confirmed", f"{NOT_FORMS} yet cannot couldn't can't never neither",
        r"(?:(?:could|can|did|do|does|has|have|had|would|was|were|been)(?: not|n't| never)|cannot"
        r"|neither(?: \w+){1,3} ha(?:s|ve)|never) (?:be |been |yet |ever |immediately |publicly |officially "
        r"|independently ){0,3}"
        r"(?:confirm|verif|acknowledg|corroborat)(?:y|ied|ed|e)?|(?:has|have|had|is|are) yet to (?:confirm|verify)",
    ),
    cue(
        "non_confirmation.unaware", f"{NOT_FORMS} unaware no",
        r"(?:was|were|is|are|am)(?: not|n't) (?:\w+ )?(?:aware|informed) of|(?:was|were|is|are|am) unaware of|(?:had"
        r"|has|have) no knowledge of",
    ),
    cue(
        "abstention.unknown", f"{NOT_FORMS} {NOT_KEYS} unclear unknown remains nobody",
        rf"(?:do|does|did|may|might|will)(?: not|n't) (?:yet |still |\w+ )?(?:know|understand) (?:for certain "
        rf"|exactly |yet |precisely ){{0,3}}{WH}"
        rf"|(?:could|can|did|has|have|had)(?: not|n't|not) (?:yet |been |be |\w+ ){{0,4}}?(?:determined?|established?"
        rf"|ascertain(?:ed)?|sure|certain|tell(?: you)?"
        rf"|concluded?) (?:of )?(?:that|{WH})|(?:it )?(?:is|was|remains?)(?: still)? (?:unclear|unknown|uncertain"
        rf"|not (?:yet )?(?:clear|known)) {WH}"
        rf"|question (?:of )?{WH}(?: [\w-]+){{1,9}} (?:remains|is) (?:open|unanswered|unresolved|a matter|for)",
    ),
    cue(
        "abstention.did_not_say", f"{NOT_FORMS} without never",
        rf"(?:{NOT}|never|(?:has|have|had) never|yet to) (?:\w+ )?(?:say|said|specif(?:y|ied)|state|address|indicate"
        rf"|elaborate|comment|make clear"
        rf"|clarif(?:y|ied)|disclosed?)"
        r"(?: on| about)? (?:whether|if|who|which|how|what|where|why)|without (?:saying|specifying) (?:whether|if"
        r"|who|which|how)",
    ),
    cue("abstention.stopped_short", "short", r"stop(?:s|ped|ping)? short of"),
    cue(
        "abstention.no_position", "no not",
        r"(?:took|takes|taken|taking|take|has|have) no (?:position|view|stance)"
        r"|(?:has|have|had) not (?:yet )?(?:reached a conclusion|drawn (?:any )?conclusions?|taken a position)",
    ),
    cue(
        "non_attribution.did_not_blame",
        "blame blamed name named attribute attributed accuse accused identify identified point pointed pin pinned",
        r"(?:did|does|do|has|have|had|would)(?: not|n't) (?:\w+ ){0,2}?(?:blam|nam|attribut|accus|identif|point"
        r"|pin)(?:e|ed|y|ied)?\b"
        r"(?P<denied>(?: [\w'-]+){1,8})",
    ),
    cue(
        "non_attribution.without_naming", "without",
        r"without (?:\w+ )?(?:naming|blaming|identifying|attributing|accusing|pointing)(?P<denied>(?: [\w'-]+){1,6})",
    ),
    cue(
        "non_attribution.not_attributed", "attributed",
        r"(?:has|have|had|was|were|been)(?: not|n't)? ?(?:yet |so far |formally |officially "
        r"|publicly ){0,4}(?:not )?(?:been )?"
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
"""Of two denials of one kind in a clause the one named earlier here is kept."""
