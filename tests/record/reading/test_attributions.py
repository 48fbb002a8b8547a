"""Who is said to have done it, sentence by sentence. Every incident, product and person here is invented."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from tocsin.record.assertions import Attribution
from tocsin.record.document import Document
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.attributions import read_attributions
from tocsin.record.reading.laying import lay_out
from tocsin.record.reading.page import Candidate


def read(text: str) -> list[Candidate]:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = Document(sha256=sha256, text=text, media_type="text/plain", source="x.txt", published=date(2023, 5, 2))
    return list(read_attributions(lay_out(document, load_gazetteer())))


def told(text: str) -> list[str]:
    """Each attribution as ``level accused polarity``."""
    shown = []
    for found in read(text):
        assert isinstance(found.body, Attribution)
        parties = ";".join(party.canonical for party in found.body.accused)
        shown.append(f"{found.body.level.word} {parties} {found.polarity}")
    return shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran hacked the Example Ports Authority last spring.", "state state:IR asserted"),
        ("Russia's military intelligence, the GRU, was behind the attack.", "state-organ organ:RU-GRU asserted"),
        ("The GRU was almost certainly responsible for the breach.", "state-organ organ:RU-GRU asserted"),
        ("Britain accused Moscow of orchestrating the cyberattack.", "state gov:RU asserted"),
        ("Officials blamed North Korea for the ransomware outbreak.", "state state:KP asserted"),
        ("Officials blamed the outage at Example Bank on Pyongyang.", "state gov:KP asserted"),
        ("The attack was carried out by APT28.", "group actor:apt28 asserted"),
        ("The intrusion was conducted by Iranian hackers.", "group group:hackers-ir asserted"),
        ("Tehran's campaign of cyberattacks against its neighbours continues.", "state gov:IR asserted"),
        ("The Kremlin-backed group stole many emails.", "state-affiliated group:ru-state-backed-actors asserted"),
        ("Hackers linked to the FSB stole thousands of emails.", "state-organ organ:RU-FSB asserted"),
        ("The malicious traffic originated from Belarus.", "territory territory:BY asserted"),
        ("The attacks were launched from the territory of Belarus.", "territory territory:BY asserted"),
        ("The ministry attributed the operation to Russia.", "state state:RU asserted"),
        ("The United States attributes this activity to the GRU.", "state-organ organ:RU-GRU asserted"),
        ("Sandworm is a unit of the GRU.", "state-organ actor:sandworm;organ:RU-GRU asserted"),
        ("North Korean state-sponsored actors targeted exchanges of the industry.",
         "state-affiliated group:kp-state-backed-actors asserted"),
        ("The PRC's theft of trade secrets must be answered.", "state state:CN asserted"),
        ("We call on Russia to cease its malicious cyber activity.", "state state:RU asserted"),
        ("Russia must end its cyberattacks on hospitals.", "state state:RU asserted"),
        ("Russia will be held to account for its reckless cyber campaign.", "state state:RU asserted"),
        ("China harbours criminal hackers who hold companies to ransom.", "state state:CN asserted"),
        ("Russia has allowed ransomware gangs to operate with impunity.", "state state:RU asserted"),
        ("The Government did not attribute the attack to Russia.", "state state:RU negated"),
        ("The ministry declined to say whether Russia was behind the attack.", "state state:RU abstained"),
        ("Was Russia behind the attack?", "state state:RU questioned"),
        ("If Iran was responsible for the attack, there would be consequences.", "state state:IR hypothetical"),
        ("Five GRU officers were indicted over the hack.", "state-organ organ:RU-GRU asserted"),
        ("The department charged two Iranian nationals with hacking the archive.", "group group:hackers-ir asserted"),
        ("China's foreign ministry accused the US of hacking the Example Institute.", "state state:US asserted"),
        ("The US National Security Agency broke into the network of the Example Institute.",
         "state-organ org:NSA asserted"),
        ("Suspected Chinese spies breached the gateway.", "group group:hackers-cn asserted"),
        ("The breach has been traced to the MSS.", "state-organ organ:CN-MSS asserted"),
        ("Evidence points to Iranian involvement in the hack.", "state state:IR asserted"),
        ("They were working on behalf of the Chinese government when they broke in.",
         "state-affiliated gov:CN asserted"),
        ("The sanctions answer Russian interference in the election.", "state state:RU asserted"),
    ],
)  # fmt: skip
def test_one_is_found_at_its_level(text: str, expected: str) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Russia denied that it was behind the attack.",
        "Beijing rejected the accusation that it had hacked the archive.",
        "The embassy said China opposes all forms of cyberattacks.",
        "Russia's economy grew last year.",
        "The US sanctioned two Russian banks.",
        "China is a major trading partner of the United Kingdom.",
        "We work with the United States to defend against attacks.",
        "The attack on the Ukrainian power grid was widely reported.",
        "The German parliament was hacked.",
        "British hospitals were hit by ransomware.",
        "Hackers stole thousands of emails.",
        "The Iranian ambassador was summoned.",
        "The NCSC advises organisations to patch.",
        "The minister travelled from China to Japan.",
    ],
)
def test_none_is_found_where_nobody_is_accused(text: str) -> None:
    assert told(text) == []
