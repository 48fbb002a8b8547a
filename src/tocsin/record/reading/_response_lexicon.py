"""The deeds by which states, agencies and companies answer an attack: verbs, what they are done to, and the measure.

Source: the response types of EuRepoC's codebook and the measures of the EU's cyber diplomacy toolbox (Council of the
European Union, document 10289/23), with the ordinary English verbs for them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.record.assertions import Standing
from tocsin.record.reading._verb_forms import Form, inflected


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb that, done to one of ``objects`` (empty: to anything), is ``measure``.

    ``objects`` are single words, at most ``reach`` words away; ``particle`` must follow the verb within three words
    (``call … out``). ``is_lasting``: its present tense is a state of affairs (``we support``), not the act itself
    (``we condemn``). ``standing``: the verb itself tells it (``demand sanctions``). ``is_official``: counts only when a
    state or a public body does it, ``needs_state``: only when done to a state or its people. ``is_active``: never in
    the passive ("is linked to" blames, "linked it to" is a deed). ``spares``: words after it that make it another deed
    ("apologise to the noble Lord").
    """

    measure: str
    verb: str
    objects: frozenset[str] = frozenset()
    particle: str = ""
    is_lasting: bool = False
    is_official: bool = False
    needs_state: bool = False
    is_active: bool = False
    spares: frozenset[str] = frozenset()
    standing: Standing | None = None
    reach: int = 16


_PEOPLE = (
    "hackers hacker officers officer individuals individual entities entity companies company firms people persons"
    " officials nationals citizens members men operatives spies suspects group groups"
)
_AFFECTED = (
    "victims customers affected organisations organizations users businesses companies clients partners operators"
    " bodies institutions providers firms patients residents citizens councils hospitals universities schools parents"
    " employees individuals owners everyone everybody"
)
_ENVOYS = (
    "diplomats diplomat personnel officers officials ambassador ambassadors envoy envoys attache attaché staff spies"
)
_ADVISED = (
    "companies organisations organizations businesses users customers administrators firms operators everyone defenders"
    " owners agencies departments people consumers entities administrator sector those victims staff employees students"
    " residents citizens patients institutions operators public councils hospitals banks schools"
)
_STATES = "states countries governments nations authorities states' parties"
_BODIES = "commission council member members states agency agencies partners parties committee"
_STRENGTH = "security cybersecurity cyber defences defenses resilience capability capabilities capacity protection"
_JUDGEMENT = "findings assessment attribution conclusion conclusions statement measures sanctions decision declaration"
_MONEY = "funds cryptocurrency money assets bitcoin wallets proceeds coins accounts"
_SANCTIONS = "sanctions sanction penalties restrictive"
_CHARGES = "charges indictment indictments warrant warrants complaint"
_ADVICE = (
    "advice guidance advisory advisories alert alerts recommendations bulletin bulletins mitigations workarounds tips"
    " instructions checklist warning warnings playbook notice"
)
_PATCH = "patch patches update updates fix fixes hotfix hotfixes version versions firmware"
_RULES = "directive directives regulation regulations rules standards requirements guidelines"
_INQUIRY = "investigation investigations inquiry inquiries probe enquiry evaluation review assessment"
_DATA = (
    "information intelligence indicators details data samples findings telemetry evidence assessment assessments"
    " lessons"
    " hashes signatures iocs"
)
_NETWORKS = (
    "botnet infrastructure domains domain servers server network networks operation operations malware shells website"
    " websites site sites forum marketplace computers routers devices botnets panel panels c2"
)
_STATEMENT = "statement statements declaration communique communiqué announcement"
_COURSE = "course courses training programme programmes program programs workshop workshops capacity"
_SYSTEMS = (
    "systems system servers server network networks services website websites passwords defences defenses resilience"
)


def _row(
    measure: str,
    verbs: str,
    objects: str = "",
    *,
    particle: str = "",
    is_lasting: bool = False,
    is_official: bool = False,
    needs_state: bool = False,
    is_active: bool = False,
    spares: str = "",
    standing: Standing | None = None,
    reach: int = 16,
) -> tuple[Deed, ...]:
    return tuple(
        Deed(
            measure=measure,
            verb=verb,
            objects=frozenset(objects.split()),
            particle=particle,
            is_lasting=is_lasting,
            is_official=is_official,
            needs_state=needs_state,
            is_active=is_active,
            spares=frozenset(spares.split()),
            standing=standing,
            reach=reach,
        )
        for verb in verbs.split()
    )


_IMPOSE = (
    "impose announce adopt apply introduce unveil renew extend expand levy slap outline use issue back prolong act"
    " agree approve coordinate prepare toughen tighten"
)
_LAUNCH = (
    "open launch begin start order conduct make undertake complete commission carry lead announce establish request"
)
_PUBLISH = "issue publish release provide offer give circulate share update distribute put send post"

DEEDS: tuple[Deed, ...] = (
    *_row("trade_sanctions", _IMPOSE, "tariffs tariff embargo trade imports"),
    *_row("asset_freeze", "freeze", "assets funds accounts"),
    *_row("asset_freeze", "impose announce", "freeze freezes"),
    *_row("travel_ban", "ban bar", "entering travelling traveling entry visas"),
    *_row("travel_ban", "impose announce revoke cancel", "visa visas bans travel"),
    *_row("sanctions", _IMPOSE, _SANCTIONS),
    *_row("sanctions", "issue", "prohibits prohibiting"),
    *_row("travel_ban", "deny restrict refuse", "visa visas entry"),
    *_row("trade_sanctions", "bar exclude ban", "procurement contracts supply exports imports"),
    *_row("sanctions", "sanction blacklist proscribe"),
    *_row("sanctions", "designate", is_official=True),
    *_row("sanctions", "add place put include", "list lists sanctions annex blacklist", is_official=True),
    *_row("sanctions", "ban outlaw prohibit", "equipment products software supplier suppliers vendor"),
    *_row("asset_freeze", "block", "property assets interests funds", is_official=True),
    *_row("asset_freeze", "recover seize trace", _MONEY),
    *_row("executive_order", "sign issue", "executive decree e.o"),
    *_row("indictment", "announce bring file unseal press lay impose issue", _CHARGES),
    *_row("indictment", "indict convict prosecute"),
    *_row("indictment", "charge", particle="with"),
    *_row("indictment", "charge", particle="in", needs_state=True),
    *_row("indictment", "put place", "wanted"),
    *_row("indictment", "sentence jail imprison", "years months prison"),
    *_row("indictment", "plead", "guilty"),
    *_row("indictment", "charge", f"{_PEOPLE} conspiracy conspiring fraud court jury prosecutors justice"),
    *_row("arrest", "arrest detain"),
    *_row("extradition", "extradite"),
    *_row("reward", "offer announce post increase raise", "reward rewards bounty"),
    *_row("reward", "offer pay", "information", is_official=True),
    *_row("expulsion", "expel", f"{_ENVOYS} delegation two three four five six seven eight nine ten dozen"),
    *_row("expulsion", "declare", "persona non-grata undesirable"),
    *_row("expulsion", "order", "leave"),
    *_row("expulsion", "close shut", "consulate consulates embassy mission"),
    *_row("diplomatic_break", "sever suspend downgrade cut break end", "relations ties"),
    *_row("diplomatic_representation", "summon", f"{_ENVOYS} chargé chargee representative diplomat"),
    *_row("diplomatic_representation", "call", "ambassador ambassadors envoy chargé", particle="in"),
    *_row("diplomatic_representation", "call", "ambassador ambassadors envoy chargé", particle="to"),
    *_row("ambassador_recall", "recall withdraw", "ambassador ambassadors envoy"),
    *_row("diplomatic_representation", "cancel postpone suspend", "visit summit talks meeting", needs_state=True),
    *_row("public_attribution", "expect", "suit", standing=Standing.EXPECTED),
    *_row("public_attribution", "attribute"),
    *_row("public_attribution", "call", particle="out", needs_state=True),
    *_row(
        "public_attribution", "call",
        "action actions activity behaviour behavior attack attacks hacking links", particle="out",
    ),
    *_row("public_attribution", "accuse blame", is_official=True, needs_state=True),
    *_row(
        "public_attribution", "name",
        "perpetrator perpetrators responsible behind culprit", is_official=True, reach=30,
    ),
    *_row("public_attribution", "expose", "campaign campaigns activity operation operations unit", needs_state=True),
    *_row("public_attribution", "point", "finger"),
    *_row("public_attribution", "confirm", "responsible behind carried conducted perpetrated", needs_state=True),
    *_row("public_attribution", "hold", "responsible accountable", needs_state=True),
    *_row(
        "public_attribution", "associate link tie trace", "state states government", is_active=True, needs_state=True,
    ),
    *_row("public_attribution", "establish", "links link", needs_state=True),
    *_row(
        "public_attribution", "conclude determine declare announce reveal state establish",
        "responsible behind carried conducted attributable perpetrated run attribution",
        is_official=True, needs_state=True,
    ),
    *_row("condemnation", "condemn denounce deplore decry"),
    *_row("condemnation", "express voice", "outrage indignation condemnation dismay anger concern", is_official=True),
    *_row(
        "condemnation", "describe",
        "irresponsible unacceptable reckless harmful malicious destabilising", is_official=True,
    ),
    *_row("diplomatic_demand", "call", particle="on", needs_state=True),
    *_row("diplomatic_demand", "call", particle="upon", needs_state=True),
    *_row("diplomatic_demand", "urge press ask demand implore", "to that", needs_state=True, is_official=True),
    *_row("diplomatic_demand", "urge implore press", _STATES, is_official=True),
    *_row("diplomatic_demand", "demand request seek", "explanation extradition end halt apology", is_official=True),
    *_row("diplomatic_evidence_sharing", "present hand pass give", "dossier dossiers evidence", needs_state=True),
    *_row("diplomatic_representation", "make", "representations", is_lasting=True),
    *_row("diplomatic_representation", "raise express convey", "concerns concern", needs_state=True, is_official=True),
    *_row(
        "diplomatic_representation", "raise protest discuss",
        "matter issue authorities it this with", needs_state=True, is_official=True,
    ),
    *_row(
        "diplomatic_representation", "raise",
        "government governments counterpart counterparts ambassador", is_official=True,
    ),
    *_row(
        "diplomatic_representation", "lodge deliver hand file send", "protest complaint démarche démarches demarche"
        " representations note",
    ),
    *_row("diplomatic_representation", "protest", "strongly formally to", needs_state=True),
    *_row("diplomatic_demand", "call", "those perpetrators countries governments states authorities", particle="on"),
    *_row("multilateral_action", "table adopt back sponsor submit circulate", "resolution"),
    *_row("alliance_declaration", "invoke trigger", "article"),
    *_row("unspecified_action", "activate trigger", "plan toolbox mechanism clause framework procedure"),
    *_row("unspecified_action", "convene", "cobr cobra meeting session committee council"),
    *_row(
        "alliance_declaration", "declare",
        "security threat risk challenge attack", is_official=True, needs_state=True,
    ),
    *_row(
        "multilateral_action", "raise discuss table refer play take convene remain bring",
        "un nations nato osce multilateral", is_lasting=True,
    ),
    *_row(
        "military_exercise", "hold conduct plan join incorporate run stage host lead organise organize",
        "exercise exercises drill drills wargame",
    ),
    *_row("regulation", _PUBLISH, _RULES),
    *_row(
        "regulation", "propose adopt unveil draft consider bring tighten", "rules regulations standards requirements",
    ),
    *_row("regulation", "ban prohibit outlaw", "payments payment ransoms"),
    *_row("regulation", "issue sign", "order"),
    *_row("regulation", "launch open publish hold", "consultation", is_official=True),
    *_row("regulation", "order direct instruct", "agencies departments operators owners", is_official=True),
    *_row(
        "regulation", "require oblige compel mandate",
        f"{_ADVISED} exchanges carriers providers vendors", is_official=True, is_lasting=True,
    ),
    *_row("regulation", "lay", "regulations regulation order"),
    *_row("regulation", "take consider", "e.o executive", is_official=True),
    *_row(
        "legislation", "pass introduce propose enact adopt table draft approve debate bring sign", "legislation bill"
        " law laws act amendment",
    ),
    *_row("patch", "release issue ship publish push develop deploy make provide", _PATCH),
    *_row("patch", "patch fix close remediate", "vulnerability vulnerabilities flaw flaws bug bugs"),
    *_row("vulnerability_disclosure", "disclose report", "vulnerability vulnerabilities flaw flaws bug bugs"),
    *_row(
        "vulnerability_disclosure", "notify alert",
        "vulnerability vulnerabilities flaw flaws patches vendor manufacturer",
    ),
    *_row(
        "victim_notification", "notify alert contact inform advise warn write call telephone",
        "victims customers affected potential potentially risk",
    ),
    *_row("victim_notification", "notify", f"{_AFFECTED} people"),
    *_row("victim_notification", "write speak", _AFFECTED, particle="to"),
    *_row(
        "information_sharing", "publish release share post",
        "indicators iocs hashes signatures telemetry", is_lasting=True,
    ),
    *_row("advice", _PUBLISH, _ADVICE),
    *_row("advice", "publish release post", "tool tools scanner script scripts rules"),
    *_row("joint_statement", "issue publish release sign make back join endorse", "joint"),
    *_row("joint_statement", "back endorse join align associate", _STATEMENT),
    *_row("joint_statement", "join", "exposing condemning criticising criticizing attributing denouncing"),
    *_row(
        "joint_statement", "coordinate co-ordinate", "attribution announcement move response action", is_lasting=True,
    ),
    *_row("public_statement", "support back endorse welcome share", _JUDGEMENT, is_official=True),
    *_row("public_statement", "express reaffirm reiterate", "solidarity support"),
    *_row("public_statement", "issue publish release make", f"{_STATEMENT} statements", is_official=True),
    *_row("public_statement", "expect await", f"{_STATEMENT} announcements", standing=Standing.EXPECTED),
    *_row("advice", "advise recommend", f"{_ADVISED} patch update install that", is_lasting=True),
    *_row("advice", "urge encourage instruct warn caution", f"{_ADVISED} member members"),
    *_row("advice", "tell ask", _ADVISED, particle="to"),
    *_row("advice", "discourage"),
    *_row("advice", "warn caution", "of about against", is_official=True, reach=4),
    *_row(
        "investigation", "ask instruct task commission direct order", "review investigate assess examine probe study",
    ),
    *_row("investigation", "demand request order ask seek", _INQUIRY),
    *_row("regulation", "invite ask task request", _BODIES, is_official=True),
    *_row("advice", "call", _ADVISED, particle="on"),
    *_row(
        "account_suspension", "suspend remove ban disable block delete close",
        "accounts pages profiles channels bots",
    ),
    *_row("takedown", "dismantle seize disrupt disable", f"{_NETWORKS} gang group"),
    *_row("takedown", "take", _NETWORKS, particle="down"),
    *_row("takedown", "knock shut", _NETWORKS, particle="offline"),
    *_row("takedown", "take gain", "control", is_official=True, reach=3),
    *_row("technical_disruption", "conduct launch carry", "hunt offensive", is_official=True),
    *_row("technical_disruption", "remove delete uninstall", "malware shells backdoor backdoors shell"),
    *_row(
        "victim_support", "support assist help",
        f"{_AFFECTED} targeted targets hospitals institutions", is_lasting=True,
    ),
    *_row("victim_support", "provide offer give send lend", "assistance help monitoring", spares="how"),
    *_row("victim_support", "send deploy dispatch offer", "team teams experts specialists responders engineers"),
    *_row("victim_support", "establish set open launch staff", "hotline helpline helpdesk desk taskforce"),
    *_row("compensation", "compensate reimburse refund"),
    *_row("compensation", "pay offer", "compensation damages refunds"),
    *_row("compensation", "make", "whole", reach=6),
    *_row("apology", "apologise apologize", spares="noble lord lords lady gentleman member house interrupt"),
    *_row("apology", "offer issue make", "apology apologies", reach=4),
    *_row("information_sharing", "share exchange pass", _DATA, is_lasting=True),
    *_row(
        "information_sharing", "brief",
        "lawmakers senators members committee parliament congress partners allies", is_active=True,
    ),
    *_row("information_sharing", "publish release", "report reports decryptor keys", is_official=True),
    *_row("investigation", "investigate", is_lasting=True),
    *_row("investigation", "hire engage retain appoint", "firm experts specialists forensic investigators consultants"),
    *_row("investigation", "call bring", "firm experts specialists forensic investigators consultants", particle="in"),
    *_row("legal_action", "sue"),
    *_row("legal_action", "file bring launch", "lawsuit suit proceedings"),
    *_row("legal_action", "fine", "million company firm regulator"),
    *_row("investigation", _LAUNCH, _INQUIRY, is_lasting=True),
    *_row("capacity_building", "provide offer fund launch run deliver", _COURSE, is_lasting=True),
    *_row(
        "capacity_building", "invest spend",
        "security cybersecurity cyber defences defenses resilience capability", is_lasting=True,
    ),
    *_row("protective_measures", "spend invest", "replacing replace rebuilding upgrading systems", reach=9),
    *_row(
        "capacity_building", "provide give commit allocate pledge make award",
        "million billion funding", is_lasting=True,
    ),
    *_row("capacity_building", "spend", "million billion", is_official=True),
    *_row(
        "capacity_building", "increase boost double strengthen raise", f"funding budget {_STRENGTH}", is_official=True,
    ),
    *_row("capacity_building", "establish create set", "agency centre center unit force fund", is_official=True),
    *_row("capacity_building", "train", "policymakers staff officials defenders experts partners"),
    *_row(
        "protective_measures",
        "disconnect isolate shut reset restore rebuild harden replace secure upgrade segment suspend", _SYSTEMS,
    ),
    *_row("protective_measures", "take", "offline", is_lasting=True),
    *_row("protective_measures", "declare", "emergency"),
    *_row("protective_measures", "switch revert", "paper manual backup", reach=6),
    *_row("unspecified_action", "take", "countermeasures retaliatory necessary", is_official=True),
    *_row("protective_measures", "take", "steps measures precautions", is_lasting=True),
    *_row("protective_measures", "strengthen", _SYSTEMS, is_lasting=True),
    *_row("ransom_payment", "pay", "ransom"),
    *_row("unspecified_action", "retaliate"),
    *_row(
        "warning", "promise vow threaten pledge",
        "retaliation response reprisals consequences", standing=Standing.THREATENED, reach=6,
    ),
    *_row("warning", "draw", "consequences", standing=Standing.THREATENED, reach=6),
    *_row("warning", "warn", "consequences", standing=Standing.THREATENED),
    *_row("unspecified_action", "announce adopt impose", "measures restrictions countermeasures"),
    *_row(
        "denial", "deny reject",
        "allegations allegation accusation accusations claims involvement charges claim responsibility",
    ),
)  # fmt: skip

_STANCES = {
    Standing.CONSIDERED: "consider weigh mull study explore examine contemplate",
    Standing.PLANNED: "plan prepare pledge promise",
    Standing.DEMANDED: "demand seek urge propose want",
    Standing.THREATENED: "threaten",
    Standing.EXPECTED: "expect await",
}
_NAMED_DEEDS = (("trade_sanctions", "tariffs embargo"), ("sanctions", "sanctions"), ("expulsion", "expulsions"))

STANCES: tuple[Deed, ...] = tuple(
    deed
    for standing, verbs in _STANCES.items()
    for measure, objects in _NAMED_DEEDS
    for deed in _row(measure, verbs, objects, standing=standing, reach=5)
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
