"""What the deeds of a response are done to and done with: the words for it, by what they have in common."""

from __future__ import annotations

PEOPLE = (
    "hackers hacker officers officer individuals individual entities entity companies company firms people persons"
    " employees contractors officials nationals citizens members men operatives spies suspects group groups"
)
AFFECTED = (
    "victims customers affected organisations organizations users businesses companies clients partners operators"
    " bodies institutions providers firms patients residents citizens councils hospitals universities schools parents"
    " employees individuals owners everyone everybody"
)
ENVOYS = (
    "diplomats diplomat personnel officers officials ambassador ambassadors envoy envoys attache attaché staff spies"
)
ADVISED = (
    "companies organisations organizations company organisation organization business businesses users customers"
    " administrators firms operators everyone defenders"
    " owners agencies departments people consumers entities administrator sector those victims staff employees students"
    " residents citizens patients institutions public councils hospitals banks schools"
)
STATES = "states countries governments nations authorities parties"
BODIES = "commission council member members states agency agencies partners parties committee"
STRENGTH = "security cybersecurity cyber defences defenses resilience capability capabilities capacity protection"
JUDGEMENT = "findings assessment attribution conclusion conclusions statement measures sanctions decision declaration"
MONEY = "funds cryptocurrency money assets bitcoin wallets proceeds coins accounts"
SANCTIONS = "sanctions sanction penalties restrictive"
CHARGES = "charges indictment indictments warrant warrants complaint"
ADVICE = (
    "advice guidance advisory advisories alert alerts recommendations bulletin bulletins mitigations workarounds tips"
    " instructions checklist warning warnings playbook notice"
)
PATCH = "patch patches update updates fix fixes hotfix hotfixes version versions firmware"
RULES = "directive directives regulation regulations rules standards requirements guidelines"
INQUIRY = "investigation investigations inquiry inquiries probe enquiry evaluation review assessment"
DATA = (
    "information intelligence indicators details data samples findings telemetry evidence assessment assessments"
    " lessons"
    " hashes signatures iocs"
)
NETWORKS = (
    "botnet infrastructure domains domain servers server network networks operation operations malware shells website"
    " websites site sites forum marketplace computers routers devices botnets panel panels c2"
)
STATEMENT = "statement statements declaration communique communiqué announcement"
COURSE = "course courses training programme programmes program programs workshop workshops capacity"
SYSTEMS = (
    "systems system servers server network networks services website websites passwords defences defenses resilience"
    " controllers devices equipment routers service flights trading classes production credentials accounts"
)
IMPOSE = (
    "impose announce adopt apply introduce unveil renew extend expand levy slap outline use issue back prolong act"
    " agree approve coordinate prepare toughen tighten"
)
LAUNCH = "open launch begin start conduct make undertake complete commission carry lead announce establish"
PUBLISH = "issue publish release provide offer give circulate share update distribute put send post"
