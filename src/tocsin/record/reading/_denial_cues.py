"""The phrases by which people deny that they did it or that harm was done: ordinary press and parliamentary English."""

from __future__ import annotations

from tocsin.record.reading._cues import Cue, Cues, cue
from tocsin.record.reading._denial_words import (
    BASELESS,
    BE_NOT,
    BLAME,
    CHARGE,
    CHARGED,
    DO_NOT,
    FALSE_KEYS,
    HURT,
)
from tocsin.record.reading._refusal_cues import REFUSALS

_DENIED: tuple[Cue, ...] = (
    cue(
        "non_confirmation.neither", "neither nor confirm confirmed confirming confirms",
        r"(?:neither |not )?(?:confirm(?:ed|ing|s)?) (?:\w+ )?(?:n?or) den(?:y|ied|ying|ies)"
        r"|neither (?:confirm|disput|endors|accept|reject|deny|agree)\w* (?:\w+ ){0,3}nor (?:\w+ )?(?:confirm|disput"
        r"|endors"
        r"|accept|reject|den|agree)\w*",
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
        rf"|disput(?:ed|es)|rubbished|repudiate[ds])[\"”']?(?P<denied>(?: [\w'-]+){{0,5}}? {CHARGE})\b(?! of service)",
    ),
    cue(
        "responsibility_denial.mocked", "laughed scoffed brushed shrugged ridiculed mocked waved scorn",
        r"(?:laughed off|scoffed at|brushed (?:off|aside)|shrugged off|ridiculed|mocked|waved (?:away|aside)|poured"
        r" scorn on)"
        r" (?:the|those|these|such|any|all|it|this|that|suggestions|accusations|claims|allegations)",
    ),
    cue(
        "responsibility_denial.not_interested", "interest",
        r"no interest in (?:[\w-]+ ){0,2}?(?:hack|attack|interfer|cyber|steal|spy|meddl)\w*",
    ),
    cue(
        "responsibility_denial.is_false", FALSE_KEYS,
        rf"(?:{CHARGED}|(?:report|attribution|findings?|story|evidence|document|charge sheet|(?<!mean )(?<!if )(?:it"
        rf"|this|they|these|those)))"
        rf"(?: [\w-]+){{0,8}}? ?(?:is|are|was|were|'s|'re|amount(?:s|ed)? to"
        rf"|constitutes?)\W{{1,3}}(?:[\w-]+ ){{0,4}}?{BASELESS}",
    ),
    cue(
        "responsibility_denial.invented", "invents invented invent inventing concocted concocts fabricates"
        " fabricating fabricate fabricated concoct concocting conjured up together",
        r"(?:invent(?:s|ed|ing)?|concoct(?:s|ed|ing)?|fabricat(?:e|es|ing)|conjur(?:ed|es|ing) up)"
        r" (?:[\w-]+ ){0,4}?(?:attack\w*|allegations?|accusations?|evidence|stor(?:y|ies)|pretexts?|threats?|links?"
        r"|enem(?:y|ies)"
        r"|incidents?|hackers?|scandals?|myths?)"
        r"|(?:made up|put together|cooked up|dreamt up|dressed up|fabricated|invented|concocted) by (?:[\w'.-]+ ){0,3}?"
        r"(?:us|u\.s|american|british|western|intelligence|nsa|cia|washington|london|spy|agencies)",
    ),
    cue(
        "responsibility_denial.no_truth", "truth basis grounds substance merit water stand true untrue irresponsible"
        " unprofessional scrutiny accurate",
        rf"no truth (?:in|to|whatsoever)|no (?:basis|grounds|substance|merit) (?:for|to|in) (?:that|this|the|these"
        rf"|those|such)"
        rf"|{CHARGED}(?: [\w-]+){{0,6}}? (?:(?:do not|don't|does not|doesn't) (?:hold"
        rf" (?:any )?water|stand up|bear scrutiny)|(?:is|are|was|were) (?:(?:simply |completely |entirely |just "
        rf"|wholly )?"
        rf"(?:not true|not accurate|untrue)|(?:\w+ )?(?:irresponsible|unprofessional)))",
    ),
    cue("responsibility_denial.not_guilty", "guilty", r"(?:plead(?:ed|s)?|pled|pleading) not guilty"),
    cue(
        "responsibility_denial.dismissed_as",
        "dismissed dismisses dismissing described describes describing branded brands branding called calling calls"
        " denounced denounces denouncing",
        rf"(?:dismiss(?:ed|es|ing)|(?:describ|denounc)(?:e[ds]|ing)|(?:brand|call)(?:ed|s|ing))\b(?:"
        rf" \W?[\w'-]+){{1,8}}? \W?{BASELESS}",
    ),
    cue(
        "responsibility_denial.nothing_to_do",
        "nothing",
        r"(?:has|have|had|having) (?:absolutely )?nothing to do with",
    ),
    cue("responsibility_denial.out_of_nothing", "nothing thin", r"out of (?:nothing|thin air)"),
    cue(
        "responsibility_denial.not_involved", "involved behind responsible connected source author",
        r"(?:is|are|was|were|has been|have been|been|'m|'re|am)(?: not|n't) (?:\w+ )?(?:involved in|behind"
        r"|responsible for|the (?:source|author) of"
        r"|connected to)",
    ),
    cue(
        "responsibility_denial.no_part", "involvement role part connection connections ties hand knowledge link links",
        r"(?:(?:had|has|have|having|was|were|is|played|plays|play|denied) no|denied any|(?:not|don't|doesn't|didn't)"
        r" (?:have|play) any)"
        r" (?:\w+ )?(?:involvement|role|part"
        r"|connections?"
        r"|ties|hand|knowledge|links?)\b"
        r" (?:in|with|to|of|whatsoever)",
    ),
    cue(
        "responsibility_denial.never", "never",
        r"(?:(?:has|have|had|did|would|will) )?never (?:\w+ )?(?:done (?:anything|such|any|that|so)|engage[ds]?"
        r"|conduct(?:ed)?|support(?:ed)?|carried"
        r"|hack(?:ed)?"
        r"|interfered?|been (?:involved|behind)|attack(?:ed)?|sponsor(?:ed)?|condoned?|target(?:ed)?|worked (?:for"
        r"|with)|helped|assisted|encouraged?|tolerated?|harbou?red"
        r"|order(?:ed)?|directed|permitted|allowed|participated|taken part)",
    ),
    cue(
        "responsibility_denial.does_not", DO_NOT,
        r"(?:do|does|did|has|have)(?: not|n't) (?:\w+ly |ever )?(?:engaged?|encouraged?|supported?|support|condoned?"
        r"|conduct(?:ed)?|tolerated?|hack(?:ed)?|attack(?:ed)?|carry out|carried out|sponsor(?:ed)?|practi[sc]e|direct"
        r"|interfered?|participated?|take part|target(?:ed)?)\b,?(?: [\w'-]+,?){0,4}? (?:attacks?|attacking|hack\w*"
        r"|cyber\w*|them"
        r"|such (?:\w+ )?(?:acts?|actions?|attacks?|conduct|practices?|behaviou?r|things)|anybody\w*|anyone\w*"
        r"|others?|theft|espionage|crim\w+|infrastructure|networks?|countr\w+"
        r"|election\w*|affairs|operations?|activit\w+)",
        also="engage engaged encourage encouraged support supported condone condoned conduct conducted tolerate"
        " tolerated hack hacked attack attacked carry carried sponsor sponsored practise practice direct interfere"
        " interfered participate participated take target targeted",
    ),
    cue(
        "responsibility_denial.retort", "stop cease refrain should must please",
        r"(?:(?:should|must|to|please|would) (?:\w+ )?(?:stop|cease|refrain from)|(?:should|must|please) (?:\w+"
        r" )?not)(?: \w+)?"
        r" (?:smear\w*|slander\w*|accus\w+|blaming|spreading|defam\w+|making (?:\w+ )?(?:accusations|allegations)"
        r"|make (?:\w+ )?(?:accusations|allegations)|hyping|vilify\w*|shifting)",
    ),
    cue(
        "responsibility_denial.baseless", "baseless groundless unfounded unsubstantiated fabricated fabrication"
        " fabrications smear"
        " smears"
        " slander slanderous smearing russophobic russophobia far-fetched absurd preposterous",
        r"(?<!would be )(?:baseless|groundless|unfounded|unsubstantiated|fabricat(?:ed|ions?)|smear(?:s|ing)?"
        r"|slander(?:ous)?"
        r"|russophobi[ac]"
        r"|far-fetched"
        r"|absurd|preposterous)",
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
        "impact_denial.unaware", "aware unaware",
        r"(?:not (?:\w+ )?aware|unaware) of any (?:[\w-]+ ){0,3}?(?:impact|effect|breach(?:es)?|compromise|loss"
        r"|misuse|leak"
        r"|disruption|customers?|data|systems?|victims?|harm|damage)",
    ),
    cue(
        "impact_denial.no_access", "access reach reached",
        r"(?:(?:did|has|have|had)(?: not|n't)|failed to|unable to|never) (?:(?:gain(?:ed)?|obtain(?:ed)?|get|got)"
        r" (?:any )?access|reach(?:ed)? (?:the |any |our |its |their )?(?:\w+ ){0,2}?(?:systems?|networks?|data"
        r"|controls?|records))",
    ),
    cue(
        "impact_denial.no_danger", "danger risk threat impact effect disruption interruption loss harm damage doubt",
        r"(?:no|never|not|never any|n't)(?: [\w-]+){0,2} (?:danger|risk|threat|impact|effect|disruption|interruption"
        r"|loss|harm|damage)"
        r" (?:to|on|of|for|from) (?:the |our |any |its |public |patient |customer ){0,4}(?:\w+)|(?:never|not"
        r"|n't) (?:\w+ )?(?:at risk|in danger|in doubt)",
    ),
    cue(
        "impact_denial.carried_on", "normally normal safe secure intact unaffected operational usual",
        r"(?:remain(?:s|ed)?|continue[sd]? to (?:operate|run|function|work)|operat(?:ed|ing)|functioning)"
        r" (?:\w+ )?(?:safe|secure|intact|normally|as normal|fully operational|as usual|unaffected)",
    ),
    cue(
        "impact_denial.never_hit", "never",
        rf"(?:(?:was|were|has|have|had) )?never (?:been )?(?:\w+ly )?{HURT}",
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
        "impact_denial.not_believed", DO_NOT,
        rf"(?:do|does|did|have|has)(?: not|n't) (?:\w+ )?(?:believe|think|consider|assess|seen|found"
        rf"|see)\b(?P<denied>(?: [\w'-]+){{1,12}}?"
        rf" (?:victims?|targeted|lost|{HURT}))",
        also="believe think consider assess seen found see",
    ),
    cue(
        "impact_denial.not_hit", f"{BE_NOT} unaffected",
        rf"(?:was|were|has|have|had|is|are)(?: not|n't) (?:been |yet been )?(?:\w+ly )?{HURT}|(?:was|were|is|are"
        rf"|remain\w*) unaffected",
    ),
    cue(
        "impact_denial.none_hit", "no none",
        rf"(?:no|none of) (?!decisions?|actions?|steps|further)(?:[\w'-]+ ){{1,5}}?(?:was|were|has been|have been"
        rf"|had been|is|are)"
        rf" (?:\w+ly )?{HURT}(?:, (?:and|nor) (?:none|could)(?: \w+){{1,4}})?",
    ),
)  # fmt: skip
DENIALS = Cues(*_DENIED, *REFUSALS)
"""Of two denials of one kind in a clause the one named earlier is kept."""
