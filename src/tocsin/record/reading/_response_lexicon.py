"""The deeds by which states, agencies and companies answer an attack: verbs, what they are done to, and the measure.

Source: the response types of EuRepoC's codebook and the measures of the EU's cyber diplomacy toolbox (Council of the
European Union, document 10289/23), with the ordinary English verbs for them.
"""

from __future__ import annotations

from tocsin.record.assertions import Standing
from tocsin.record.reading._response_deed import Deed, row
from tocsin.record.reading._response_words import (
    ADVICE,
    ADVISED,
    AFFECTED,
    BODIES,
    CHARGES,
    COURSE,
    DATA,
    ENVOYS,
    IMPOSE,
    INQUIRY,
    JUDGEMENT,
    LAUNCH,
    MONEY,
    NETWORKS,
    PATCH,
    PEOPLE,
    PUBLISH,
    RULES,
    SANCTIONS,
    STATEMENT,
    STATES,
    STRENGTH,
    SYSTEMS,
)
from tocsin.record.reading._verb_forms import Form, inflected

DEEDS: tuple[Deed, ...] = (
    *row("trade_sanctions", IMPOSE, "tariffs tariff embargo trade imports"),
    *row("asset_freeze", "freeze", "assets funds accounts rouble roubles dollar dollars euro euros pound penny"),
    *row("asset_freeze", "impose announce", "freeze freezes"),
    *row("travel_ban", "ban bar", "entering travelling traveling entry visas"),
    *row("travel_ban", "impose announce revoke cancel", "visa visas bans travel"),
    *row("sanctions", IMPOSE, SANCTIONS),
    *row("sanctions", "issue", "prohibits prohibiting"),
    *row("travel_ban", "deny restrict refuse", "visa visas entry"),
    *row("trade_sanctions", "bar exclude ban", "procurement tenders contracts supply exports imports"),
    *row("sanctions", "draw work", SANCTIONS, particle="up", standing=Standing.PLANNED),
    *row("sanctions", "sanction blacklist proscribe"),
    *row("sanctions", "list", f"{PEOPLE} persons", is_official=True),
    *row("regulation", "add place put", "tier register scheme", is_official=True),
    *row("sanctions", "designate", is_official=True),
    *row("indictment", "put place add", "wanted"),
    *row("sanctions", "add place put include", "list lists sanctions annex blacklist", is_official=True),
    *row(
        "sanctions", "ban outlaw prohibit",
        "equipment products software supplier suppliers vendor routers apps app use technology kit",
    ),
    *row("asset_freeze", "block", "property assets interests funds", is_official=True),
    *row("asset_freeze", "recover seize trace", MONEY),
    *row("executive_order", "sign issue", "executive decree e.o"),
    *row("indictment", "announce bring file unseal press lay impose issue return hand", CHARGES),
    *row("indictment", "indict convict prosecute"),
    *row("indictment", "charge", particle="with"),
    *row("indictment", "charge", particle="in", needs_state=True),
    *row("indictment", "sentence jail imprison", "years months prison"),
    *row("indictment", "plead", "guilty"),
    *row("indictment", "charge", f"{PEOPLE} conspiracy conspiring fraud court jury prosecutors justice"),
    *row("arrest", "arrest detain"),
    *row("arrest", "make coordinate lead announce", "arrests arrest", reach=6),
    *row("extradition", "extradite"),
    *row("reward", "offer announce post increase raise put", "reward rewards bounty bounties"),
    *row("reward", "offer pay", "information", is_official=True, is_active=True),
    *row("expulsion", "expel", f"{ENVOYS} delegation two three four five six seven eight nine ten dozen nobody none"),
    *row("expulsion", "send", ENVOYS, particle="home"),
    *row("expulsion", "expel", needs_state=True, spares="network networks system systems servers"),
    *row("expulsion", "declare", "persona non-grata undesirable"),
    *row("expulsion", "order", "leave"),
    *row("expulsion", "close shut", "consulate consulates embassy mission"),
    *row("diplomatic_break", "sever suspend downgrade cut break end", "relations ties"),
    *row("diplomatic_representation", "summon", f"{ENVOYS} chargé chargee representative diplomat"),
    *row("diplomatic_representation", "call", "ambassador ambassadors envoy chargé", particle="in"),
    *row("diplomatic_representation", "call", "ambassador ambassadors envoy chargé", particle="to"),
    *row("ambassador_recall", "call order", "ambassador ambassadors envoy", particle="back"),
    *row("ambassador_recall", "call order", "ambassador ambassadors envoy", particle="home"),
    *row("diplomatic_representation", "hold undertake launch open", "talks consultations dialogue", is_official=True),
    *row("ambassador_recall", "recall withdraw", "ambassador ambassadors envoy"),
    *row("diplomatic_representation", "cancel postpone suspend", "visit summit talks meeting", needs_state=True),
    *row("public_attribution", "expect", "suit", standing=Standing.EXPECTED),
    *row("public_attribution", "attribute"),
    *row("public_attribution", "call", particle="out", needs_state=True),
    *row(
        "public_attribution", "call",
        "action actions activity behaviour behavior attack attacks hacking links", particle="out",
    ),
    *row("public_attribution", "accuse blame", is_official=True, needs_state=True),
    *row("public_attribution", "pin", particle="on", needs_state=True),
    *row("public_attribution", "link tie", particle="to", is_official=True, needs_state=True, is_active=True),
    *row("public_attribution", "publish release", "attribution attributions findings", is_official=True),
    *row(
        "public_attribution", "name",
        "perpetrator perpetrators responsible behind culprit", is_official=True, reach=30,
    ),
    *row(
        "public_attribution", "expose", "campaign campaigns activity operation operations unit companies network",
        needs_state=True,
    ),
    *row("public_attribution", "point", "finger"),
    *row("public_attribution", "confirm", "responsible behind carried conducted perpetrated", needs_state=True),
    *row("public_attribution", "hold", "responsible accountable", needs_state=True),
    *row(
        "public_attribution", "associate link tie trace", "state states government", is_active=True, needs_state=True,
    ),
    *row("public_attribution", "establish", "links link", needs_state=True),
    *row(
        "public_attribution", "conclude determine declare announce reveal state establish",
        "responsible behind carried conducted attributable perpetrated run attribution",
        is_official=True, needs_state=True,
    ),
    *row("condemnation", "condemn denounce deplore decry"),
    *row("condemnation", "set convey", "condemnation"),
    *row("condemnation", "express voice", "outrage indignation condemnation dismay anger concern", is_official=True),
    *row(
        "condemnation", "describe",
        "irresponsible unacceptable reckless harmful malicious destabilising", is_official=True,
    ),
    *row("diplomatic_demand", "call", particle="on", needs_state=True),
    *row("diplomatic_demand", "reiterate renew repeat", "call calls demand", needs_state=True, reach=4),
    *row("diplomatic_demand", "call", particle="upon", needs_state=True),
    *row(
        "diplomatic_demand", "urge press ask demand implore advise", "to that",
        spares="identified named", needs_state=True, is_official=True,
    ),
    *row("diplomatic_demand", "urge implore press", STATES, is_official=True),
    *row("diplomatic_demand", "demand request seek", "explanation extradition end halt apology", is_official=True),
    *row("diplomatic_evidence_sharing", "present hand pass give", "dossier dossiers evidence", needs_state=True),
    *row("diplomatic_representation", "make", "representations", is_lasting=True),
    *row("diplomatic_representation", "pass convey deliver send relay", "message messages", is_official=True),
    *row("diplomatic_representation", "raise express convey", "concerns concern", needs_state=True, is_official=True),
    *row(
        "diplomatic_representation", "raise protest discuss",
        "matter issue authorities it this with", needs_state=True, is_official=True,
    ),
    *row(
        "diplomatic_representation", "raise",
        "government governments counterpart counterparts ambassador minister president premier", is_official=True,
    ),
    *row(
        "diplomatic_representation", "lodge deliver hand file send", "protest complaint démarche démarches demarche"
        " representations note",
    ),
    *row("diplomatic_representation", "protest", "strongly formally to", needs_state=True),
    *row("diplomatic_demand", "call", "those perpetrators countries governments states authorities", particle="on"),
    *row("multilateral_action", "table adopt back sponsor submit circulate", "resolution"),
    *row("alliance_declaration", "invoke trigger", "article"),
    *row("unspecified_action", "chair", "meeting cobr cobra session"),
    *row("unspecified_action", "activate trigger", "plan toolbox mechanism clause framework procedure"),
    *row("unspecified_action", "convene", "cobr cobra meeting session committee council"),
    *row(
        "alliance_declaration", "declare",
        "security threat risk challenge attack", is_official=True, needs_state=True,
    ),
    *row(
        "multilateral_action", "raise discuss table refer play take convene remain bring",
        "un nations nato osce multilateral", is_lasting=True,
    ),
    *row(
        "military_exercise", "hold conduct plan join incorporate run stage host lead organise organize",
        "exercise exercises drill drills wargame", spares="offensive",
    ),
    *row("regulation", PUBLISH, RULES),
    *row(
        "regulation", "propose adopt unveil draft consider bring tighten", "rules regulations standards requirements",
    ),
    *row("regulation", "ban prohibit outlaw", "payments payment ransoms"),
    *row("regulation", "issue sign", "order"),
    *row("regulation", "launch open publish hold", "consultation", is_official=True),
    *row("regulation", "order direct instruct", "agencies departments operators owners", is_official=True),
    *row(
        "regulation", "require oblige compel mandate",
        f"{ADVISED} exchanges carriers providers vendors", is_official=True, is_lasting=True,
    ),
    *row("regulation", "lay", "regulations regulation order rules"),
    *row("regulation", "take consider", "e.o executive", is_official=True),
    *row(
        "legislation", "pass introduce propose enact adopt table draft approve debate bring sign", "legislation bill"
        " law laws act amendment",
    ),
    *row("patch", "release issue ship publish push develop deploy make provide", PATCH),
    *row("patch", "patch fix close remediate", "vulnerability vulnerabilities flaw flaws bug bugs"),
    *row("warning", "warn", "consequences", standing=Standing.THREATENED),
    *row(
        "information_sharing", "notify inform alert refer",
        "police regulator regulators commissioner commissioner's authorities authority watchdog enforcement fbi cisa"
        " ncsc"
        " ico nca",
    ),
    *row("advice", "advise", "change update install patch apply check monitor reset avoid upgrade follow"),
    *row("vulnerability_disclosure", "disclose report", "vulnerability vulnerabilities flaw flaws bug bugs"),
    *row(
        "vulnerability_disclosure", "notify alert",
        "vulnerability vulnerabilities flaw flaws patches vendor manufacturer",
    ),
    *row(
        "victim_notification", "notify alert contact inform advise warn write call telephone",
        "victims customers affected potential potentially risk",
    ),
    *row("victim_notification", "notify contact", f"{AFFECTED} people"),
    *row("victim_notification", "send mail post", "letters letter emails notices notifications", reach=5),
    *row("victim_notification", "write speak", f"{AFFECTED} warn warning members mps peers", particle="to"),
    *row(
        "information_sharing", "publish release share post",
        "indicators iocs hashes signatures telemetry", is_lasting=True,
    ),
    *row("advice", PUBLISH, ADVICE),
    *row("advice", "publish release post", "tool tools scanner script scripts rules"),
    *row("joint_statement", "issue publish release sign make back join endorse put", "joint"),
    *row("joint_statement", "back endorse join align associate", STATEMENT),
    *row("joint_statement", "join", "exposing condemning criticising criticizing attributing denouncing"),
    *row(
        "joint_statement", "coordinate co-ordinate", "attribution announcement move response action", is_lasting=True,
    ),
    *row("public_statement", "support back endorse welcome share", JUDGEMENT, is_official=True),
    *row("public_statement", "express reaffirm reiterate", "solidarity support"),
    *row("public_statement", "issue publish release make", f"{STATEMENT} statements", is_official=True),
    *row("public_statement", "expect await", f"{STATEMENT} announcements", standing=Standing.EXPECTED),
    *row("advice", "advise recommend", f"{ADVISED} patch update install that", is_lasting=True),
    *row("advice", "urge encourage instruct warn caution", f"{ADVISED} member members"),
    *row("advice", "tell ask", ADVISED, particle="to", spares="trust believe accept"),
    *row("advice", "discourage"),
    *row("advice", "warn caution", "of about against", is_official=True, reach=4),
    *row(
        "investigation", "ask instruct task commission direct order", "review investigate assess examine probe study",
    ),
    *row("investigation", "demand request order ask seek", INQUIRY),
    *row("investigation", "call", INQUIRY, particle="for", standing=Standing.DEMANDED),
    *row("unspecified_action", "rule", "retaliation action sanctions response strikes measures", particle="out"),
    *row("regulation", "invite ask task request", BODIES, is_official=True),
    *row("advice", "call", ADVISED, particle="on"),
    *row(
        "account_suspension", "suspend remove ban disable block delete close",
        "accounts pages profiles channels bots",
    ),
    *row("takedown", "dismantle seize disrupt disable", f"{NETWORKS} gang group"),
    *row("takedown", "take", NETWORKS, particle="down"),
    *row("takedown", "knock shut", NETWORKS, particle="offline"),
    *row("takedown", "take gain", "control", is_official=True, reach=3),
    *row("technical_disruption", "conduct launch carry", "hunt offensive", is_official=True),
    *row("technical_disruption", "remove delete uninstall", "malware shells backdoor backdoors shell"),
    *row("technical_disruption", "take get", "malware shells backdoors implants", particle="off", reach=5),
    *row(
        "victim_support", "support assist help",
        f"{AFFECTED} targeted targets hospitals institutions", is_lasting=True,
    ),
    *row("victim_support", "provide offer give send lend", "assistance help monitoring credit", spares="how"),
    *row("victim_support", "send deploy dispatch offer", "team teams experts specialists responders engineers"),
    *row("victim_support", "establish set open launch staff", "hotline helpline helpdesk desk taskforce"),
    *row("compensation", "compensate reimburse refund"),
    *row("compensation", "demand seek", "compensation refunds", standing=Standing.DEMANDED, reach=6),
    *row("compensation", "pay offer", "compensation damages refunds"),
    *row("compensation", "make", "whole", reach=6),
    *row("apology", "apologise apologize", spares="noble lord lords lady gentleman member house interrupt"),
    *row("apology", "offer issue make", "apology apologies", reach=4),
    *row("information_sharing", "share exchange pass", DATA, is_lasting=True),
    *row(
        "information_sharing", "brief",
        "lawmakers senators members committee parliament congress partners allies", is_active=True,
    ),
    *row("information_sharing", "publish release", "report reports decryptor keys", is_official=True),
    *row("investigation", "investigate", is_lasting=True),
    *row("investigation", "open launch", "case proceedings", reach=6),
    *row("investigation", "hire engage retain appoint", "firm experts specialists forensic investigators consultants"),
    *row("investigation", "call bring", "firm experts specialists forensic investigators consultants", particle="in"),
    *row("legal_action", "sue"),
    *row("legal_action", "file bring launch", "lawsuit suit proceedings"),
    *row("legal_action", "fine", "million company firm regulator"),
    *row("investigation", LAUNCH, INQUIRY, is_lasting=True),
    *row("capacity_building", "provide offer fund launch run deliver", COURSE, is_lasting=True),
    *row(
        "capacity_building", "invest spend",
        "security cybersecurity cyber defences defenses resilience capability", is_lasting=True,
    ),
    *row("protective_measures", "spend invest", "replacing replace rebuilding upgrading systems protection", reach=9),
    *row("protective_measures", "complete finish begin start", "rectification remediation recovery restoration"),
    *row("protective_measures", "revoke rotate", "certificates certificate keys tokens credentials passwords"),
    *row("protective_measures", "offer provide", "scanning scans monitoring"),
    *row(
        "capacity_building", "provide give commit allocate pledge award contribute donate",
        "million billion funding", is_lasting=True,
    ),
    *row("capacity_building", "make", "available", spares="patch patches update updates tool tools use", reach=9),
    *row("capacity_building", "spend invest", "million billion", is_official=True),
    *row(
        "capacity_building", "increase boost double strengthen raise", f"funding budget {STRENGTH}", is_official=True,
    ),
    *row("capacity_building", "establish create set", "agency centre center unit force fund", is_official=True),
    *row("capacity_building", "train", "policymakers staff officials defenders experts partners"),
    *row(
        "protective_measures",
        "disconnect isolate shut reset restore rebuild harden replace secure upgrade segment suspend", SYSTEMS,
    ),
    *row("protective_measures", "take", "offline", is_lasting=True),
    *row("protective_measures", "suspend halt resume", "operations production trading"),
    *row("protective_measures", "declare", "emergency"),
    *row("protective_measures", "switch revert", "paper manual backup", reach=6),
    *row("unspecified_action", "take", "countermeasures retaliatory necessary", is_official=True),
    *row("protective_measures", "take", "steps measures precautions", is_lasting=True),
    *row("protective_measures", "strengthen", SYSTEMS, is_lasting=True),
    *row("ransom_payment", "pay", "ransom"),
    *row("unspecified_action", "retaliate"),
    *row("unspecified_action", "pursue", "actions measures", is_official=True),
    *row(
        "warning", "promise vow threaten pledge",
        "retaliation response reprisals consequences", standing=Standing.THREATENED, reach=6,
    ),
    *row("warning", "draw", "consequences", standing=Standing.THREATENED, reach=6),
    *row("unspecified_action", "announce adopt impose", "measures restrictions countermeasures"),
)  # fmt: skip

_STANCES = {
    Standing.CONSIDERED: "consider weigh mull study explore examine contemplate",
    Standing.PLANNED: "plan prepare pledge promise",
    Standing.DEMANDED: "demand seek urge propose want",
    Standing.THREATENED: "threaten",
    Standing.EXPECTED: "expect await",
}
_NAMED_DEEDS = (
    ("trade_sanctions", "tariffs embargo"),
    ("sanctions", "sanctions listings"),
    ("expulsion", "expulsions"),
)

STANCES: tuple[Deed, ...] = tuple(
    deed
    for standing, verbs in _STANCES.items()
    for measure, objects in _NAMED_DEEDS
    for deed in row(measure, verbs, objects, standing=standing, reach=5)
)


def _by_form(deeds: tuple[Deed, ...]) -> dict[str, tuple[Form, tuple[Deed, ...]]]:
    table: dict[str, tuple[Form, tuple[Deed, ...]]] = {}
    for deed in deeds:
        for word, form in inflected(deed.verb).items():
            earlier = table.get(word, (form, ()))
            table[word] = (earlier[0], (*earlier[1], deed))
    return table


BY_FORM = _by_form(DEEDS + STANCES)
"""Each form of each verb, what form it is, and the deeds it may be, the most telling first."""
