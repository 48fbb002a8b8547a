"""Words that the denials share, of charges, of harm, of being neither willing nor able: patterns, and their keys."""

from __future__ import annotations

CHARGE = (
    r"(?:allegations?|accusations?|insinuations?|innuendo|attribution|conclusions?|theft|ever|link|links|claims?"
    r"|charges?|assertions?|reports?|suggestions?|findings?|involvement"
    r"|responsib\w+"
    r"|having|role|wrongdoing|blame|culpability|that|any|being|it|them|this|hacking|attacking|(?:carry|conduct"
    r"|order|back"
    r"|target|launch|sponsor|orchestrat|direct|perpetrat|mount|interfer|commit|play)ing)"
)
BASELESS = (
    r"(?:baseless|groundless|unfounded|unsubstantiated|fabricat(?:ed|ions?)|nonsense|absurd|smears?|slander(?:s"
    r"|ous)?|false|ridiculous"
    r"|fiction|fairy[ -]?tales?|fantas(?:y|ies)|lies?|hoax|farce|drama|myth|rubbish|untrue|invent(?:ed|ions?)"
    r"|hypocri(?:sy|tical)|paranoi(?:a|d)"
    r"|devoid of (?:\w+ )?(?:credibility|truth|substance|merit)|without (?:any )?(?:foundation|merit|basis|substance)"
    r"|(?:has|have|had) no (?:basis|foundation|substance|merit)|cooked up|dreamt up|figment|pure speculation"
    r"|hysteri(?:a|cal)|witch[ -]?hunt|propaganda|provocations?|unproven|unjustified|made up|pretext"
    r"|politically[ -]motivated|far-fetched|disinformation|preposterous|malicious slander|fake)"
)
WILL_NOT = (
    r"(?:cannot|can't|can not|will not|won't|could not|couldn't|would not|wouldn't|not going to|am not able to"
    r"|(?:wasn't|isn't|aren't|weren't) going to|not in a (?:position|place) to|not prepared to|unable to|not be able"
    r" to|(?:would not|wouldn't|not) (?:want|wish|like) to"
    r"|(?:am|'m|are|'re) not here to)"
)
NOT_KEYS = "cannot can't not won't couldn't wouldn't unable wasn't isn't aren't weren't"
NOT_SURE = "not don't doesn't didn't won't cannot can't couldn't hasn't haven't hadn't"
NOT = r"(?:(?:did|does|do|has|have|had|was|were|is|are)(?: not|n't)|(?:am|'m|'re|'s|'ve) not)"
_DONE = "not hasn't haven't hadn't"
DO_NOT = "not didn't doesn't don't hasn't haven't"
BE_NOT = f"{_DONE} wasn't weren't isn't aren't"
NOT_FORMS = f"{DO_NOT} hadn't wasn't weren't isn't aren't"
SPEAK = (
    r"(?:say|comment|discuss|disclose|reveal|name|identify|elaborate|specify|provide|give|answer|confirm|be drawn"
    r"|go into)"
)
HURT = (
    r"(?:affected|compromised|impacted|accessed|breached|exposed|stolen|hit|at risk|in danger|infected|leaked|taken"
    r"|misused"
    r"|altered|changed|disrupted|interrupted|reached|tampered with|copied|viewed|lost|jeopardi[sz]ed|endangered"
    r"|penetrated|threatened|published|passed)"
)
BLAME = r"(?:behind|responsib|involve|state|government|direct|order|link|role|guilt|culpab)"
BLAMED_ON = r"(?:state|government|country|direct|order|behind|responsible|involve|control|tasked|attribut|points?)"
WH = r"(?:who|whether|if|which|how|what|where|why)"
CHARGED = r"(?:allegations?|accusations?|claims?|charges?|suggestions?|insinuations?)"

FALSE_KEYS = (
    "baseless groundless unfounded unsubstantiated fabricated fabrication fabrications nonsense absurd smear smears"
    " slander slanders"
    " slanderous false ridiculous fiction lie lies fairy fairytale fairytales fairy-tale fairy-tales fantasy"
    " fantasies hoax farce drama myth rubbish untrue"
    " invented"
    " devoid foundation merit basis substance cooked dreamt figment speculation"
    " invention inventions hypocrisy hypocritical paranoia paranoid hysteria hysterical witch witch-hunt witchhunt"
    " propaganda provocation"
    " provocations unproven unjustified made pretext politically politically-motivated far-fetched disinformation"
    " preposterous malicious fake"
)
