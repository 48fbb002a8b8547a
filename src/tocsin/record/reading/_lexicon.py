"""The words by which somebody is said to have done something, each with its letter in the grammar of attributions.

The letters::

    S  a state, its government, capital or head   D  a demonym (Chinese)   O  an organ   A  a threat actor's name
    B  another body or office by name   P  another capitalised word        Y  the regime, the authorities
    L  state-backed, MSS-affiliated     T  China-based     g  hackers, group, operators
    n  attack, espionage    w  activity, behaviour (an act only beside m)     m  malicious, cyber
    v  hacked, stole        l  carried out, launched       H  responsibility, involvement
    R  responsible for      Q  accountable for   W  the work of   Z  hacking empire
    K  linked to, on behalf of    F  from, based in    h  harbours, allows    E  end, cease
    C  holds (responsible)     M  through servers in
    c  accuse, blame   t  attribute   I  point, link   i  indict, condemn   N  name   s  say, know   z  deny
    a  is, has, would  x  not, never  d  the, its  o  of  y  by  p  's  r  to  G  against  q  in, for
    J  from its territory   X  did it   b  gives shelter to
    u  it, they   e  we   k  who, which   f  if, whether   &  and   j  any other   , ; .  stops
"""

from __future__ import annotations

_WORDS = {
    "g": """
        hacker hackers actor actors group groups operator operators operative operatives gang gangs
        crew crews team teams unit units cybercriminal cybercriminals cyberspy cyberspies spy spies
        adversary adversaries attacker attackers intruder intruders officer officers agent agents
        proxy proxies contractor contractors hacktivist hacktivists cyberactor cyberactors entity
        entities individuals nationals threat-actor apt apts mercenaries criminals cluster clusters
        haven impunity sanctuary culprit culprits facilitator facilitators perpetrator perpetrators assailant assailants
        defendant defendants conspirator conspirators suspect suspects co-conspirators
    """,
    "n": """
        cyberattack cyberattacks cyber-attack cyber-attacks attack attacks hack hacks hacking
        hackings breach breaches intrusion intrusions compromise compromises exploitation espionage
        cyberespionage cyber-espionage theft thefts sabotage cybersabotage cyber-sabotage
        interference meddling ransomware malware phishing spearphishing spear-phishing surveillance
        cyber-surveillance defacement defacements incursion incursions disinformation cyberwarfare
        cyberwar wiper wipers cybercrime cybercrimes heist heists cyberoperation cyberoperations
        cyberactivity cyber-activity cyber-activities cyberactivities cyber-operations spying
        snooping eavesdropping wiretapping cyberaggression cyber-intrusions cyberintrusions
        cyber-intrusion cyber-theft cybertheft infiltration infiltrations worm hack-and-leak
        propaganda cyber-crime outage outages blackout blackouts
    """,
    "w": """
        campaign campaigns operation operations activity activities behaviour behavior action
        actions effort efforts conduct pattern patterns use techniques tools tactics infrastructure
        attempt attempts tradecraft program programme programs act acts aggression targeting
        incident incidents role tampering stealing disruption exploits operation's schemes scheme
        deployment violation violations misuse abuse attacking probing reconnaissance prepositioning
        pre-positioning scanning collection willingness readiness intrusion-set
    """,
    "m": """
        malicious malign cyber hostile cyber-enabled reckless destructive disruptive covert
        clandestine illicit criminal irresponsible destabilising destabilizing cyberspace offensive
        unacceptable computer network state-on-state espionage-focused intelligence-gathering online
        digital influence hacking ransomware phishing spying wiper malware disinformation propaganda
        brute-force supply-chain unsanctioned indiscriminate malevolent cyberattack cyber-attack
        cyberespionage hack-and-leak intrusion denial-of-service ddos spear-phishing
        password-spraying
    """,
    "v": """
        hacked hacking breached breaching compromised compromising infiltrated infiltrating
        penetrated penetrating exploited exploiting stole stolen stealing steal targeted targeting
        target attacked attacking sabotaged sabotaging exfiltrated exfiltrating spied spying
        hijacked hijacking infected infecting defaced interfered interfering interfere meddled
        meddling meddle tampered tampering snooped snooping snoop eavesdropped eavesdropping phished
        phishing probed probing harvested harvesting extorted extorting defrauded siphoned siphoning
        exploit exploits broke breaking burrowed looted looting wiped crippled paralysed paralyzed
        disrupted disrupting disrupt accessed accessing gained gaining obtained obtaining implanted
        implanting intruded lurked wiretapped encrypted surveilled targets hacks steals spies
        weaponized weaponised leaked leaking doxxed spearphished prepositioned pre-positioned
        compromises infiltrates penetrates breaches attacks hack infiltrate penetrate breach
        compromise sabotage undermined subverted burgled monitored intercepted robbed robs robbing
        erased erasing shut knocked crashed destroyed deleted corrupted manipulated impersonated
        impersonating tricked lured duped planted launder laundered swiped copied read amplified
        doxed extorts rifled ransacked raided infects sabotages tampers probes scanned gains
        hunted hunting wiping wipes hunts struck bugged tapped plundered pilfered prowling prowled trawled burgling
        vandalised vandalized bombarded besieged poisoned backdoored blackmailed blackmailing cracked
    """,
    "l": """
        conducted conducting conduct conducts carried carrying carry carries launched launching
        launch launches waged waging wage wages mounted mounting mount perpetrated perpetrating
        perpetrate committed committing engaged engaging engage engages orchestrated orchestrating
        orchestrate masterminded executed executing undertaken undertook undertaking sponsored
        sponsoring sponsor directed directing direct ordered ordering deployed deploying deploy
        deploys used using uses utilized utilised pursued pursuing pursue staged staging coordinated
        coordinating led leading ran running unleashed unleashing planned created built developed
        initiated authorised authorized approved oversaw commissioned facilitated facilitating
        enabled enabling continued continues escalated attempted attempting sought seeking tried
        trying taken turn turned prepared preparing prepares planning released releasing directs
        runs controls controlled oversees funds funded finances financed tasks tasked sponsors
        orders order took plans mobilised mobilized caused causes causing arranged masterminding
    """,
    "a": """
        is was were are be been being has have had do does did will would can could may might must
        should shall 're 've having
    """,
    "x": "not never no neither nor without cannot none hardly",
    "d": "the a an this that these those its their his her our my your any some such both all each",
    "o": "of",
    "y": "by",
    "u": "it they he she them him",
    "e": "we i us",
    "k": "who which whose whom",
    "F": "from",
    "h": """
        lets let letting harbouring harboring harbours harbors harboured harbored sheltering
        shelters sheltered tolerates tolerated tolerating tolerate allows allowed allowing allow
        permits permitted permitting fostered fostering fosters foster condones condoned condoning
        shielded shielding shields protects protected protecting encourages encouraged unwillingness
        refusal failure ignored ignores ignoring turned turns turning giving gave gives give given
        providing provides provided offers offered offer offering
    """,
    "C": "hold holds held holding",
    "E": """
        end stop cease halt refrain desist abandon curb rein
    """,
    "c": """
        suspect suspects suspected suspecting accuse accuses accused accusing blame blames blamed blaming pinned
        fingered pinning
        implicate implicated implicates implicating
    """,
    "t": """
        attribute attributes attributed attributing attribution traced tracing trace ascribe ascribes ascribed ascribing
    """,
    "I": """
        link linked links linking ties tied tying connect connected connects pointed points pointing
        point associate associated associates associating pinpointed
    """,
    "i": """
        indicted indicting indicts indictment charged charging charges sanctioned sanctioning
        sanctions designated designating designates expelled listed listing unmasked unmasks exposed
        exposing exposes expose condemn condemns condemned condemning condemnation criticised
        criticized criticizing criticising denounce denounced denounces denouncing called calling
        calls
    """,
    "N": "named naming names identified identifying identifies",
    "s": """
        said say says saying told tells believe believes believed assess assesses assessed judged
        judge concluded concludes confirmed confirm confirms announced found warned estimated
        reported reports know knows known aware alleged alleges allege claimed claims stated states
        noted added determined
    """,
    "z": """
        denied denies deny denying rejected rejects reject rejecting dismissed dismisses dismissing
        refuted refutes rebuffed repudiated disputed disputes
    """,
    "f": "if whether unless",
    "&": "and or & plus nor",
    "r": "to",
    "H": "responsibility culpability complicity involvement doing handiwork",
    "G": "against",
    "Y": "regime authorities leadership rulers junta ministry service corps directorate bureau",
    "q": """
        in on at for with into over under during after before about between through across within
        around as than via toward towards among amid since until despite like including because when
        while where although though but so up out off inside upon per how why what
    """,
}
KINDS = {word: kind for kind, words in reversed(_WORDS.items()) for word in words.split()}
"""Every word's letter; a word of several stands for the first in the table."""

NOUN_OR_VERB = frozenset(
    """attack attacks hack hacks hacking breach breaches compromise compromises exploits target targets sabotage spying
    phishing snooping meddling stealing targeting conduct use uses direct attacking probing eavesdropping tampering
    infiltrate disruption spies links ties points names sanctions charges calls""".split()
)
"""Verbs after "to", an auxiliary, a pronoun or those who act; nouns elsewhere."""

SUFFIXES = {
    "backed": "backed_by",
    "sponsored": "backed_by",
    "supported": "supported_by",
    "funded": "supported_by",
    "linked": "linked_to",
    "tied": "linked_to",
    "connected": "linked_to",
    "affiliated": "associated_with",
    "associated": "associated_with",
    "aligned": "associated_with",
    "nexus": "associated_with",
    "directed": "directed_by",
    "controlled": "directed_by",
    "run": "directed_by",
    "led": "directed_by",
    "ordered": "directed_by",
    "orchestrated": "directed_by",
    "employed": "directed_by",
    "owned": "backed_by",
    "enabled": "tolerated_by",
    "tolerated": "tolerated_by",
    "speaking": "located_in",
    "based": "located_in",
    "origin": "located_in",
    "originating": "located_in",
}
"""What a compound says of the state, government or organ before its hyphen."""

STATE_WORDS = frozenset("state government nation-state nation regime state's military intelligence".split())
"""What stands for a state without naming it, before such a suffix or before those who act (government hackers)."""

ASIDE = frozenset(
    """also then now later still again indeed already earlier afterwards meanwhile moreover furthermore therefore thus
    however yesterday today tonight once just even perhaps maybe instead nonetheless nevertheless twice""".split()
)
"""Words that say when or how but not who did what: the grammar does not see them, nor adverbs in -ly."""

NO_ADVERBS = frozenset(
    """family ally italy early only supply reply apply assembly anomaly monopoly july sicily bully rely fly imply comply
    multiply ugly daily weekly monthly quarterly yearly elderly friendly deadly costly likely unlikely hourly""".split()
)
"""Words in -ly that are no adverbs, or that matter as they stand."""
