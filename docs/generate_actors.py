"""Writes ``src/tocsin/record/gazetteers/actors.csv`` from the published lists of threat actors.

Run as ``python docs/generate_actors.py FOLDER``; with ``--check`` it only compares. ``FOLDER`` has the three files of
``SOURCES`` (``docs/reference/gazetteer.md`` says where they come from).
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parents[1] / "src" / "tocsin" / "record" / "gazetteers" / "actors.csv"
SOURCES = {
    "misp": "misp-threat-actor-v349.json.xz",
    "attack": "attack-v18.1-groups-campaigns.json.xz",
    "microsoft": "misp-microsoft-activity-group.json.xz",
}
HEAD = """\
# Names of threat actors, one row for each source that says so. Made by docs/generate_actors.py; do not edit.
# misp: MISP galaxy "Threat Actor" 349; microsoft: MISP galaxy "Microsoft Activity Group actor" 23; both of commit
# 9434ace4eb, CC0 1.0 (or BSD-2-Clause). attack: MITRE ATT&CK 18.1, groups. (c) 2025 The MITRE Corporation. This work is
# reproduced and distributed with the permission of The MITRE Corporation. ATT&CK is a registered trademark of it.
# tocsin: gangs that the lists leave out, written for tocsin.
# Version: 2026-08-06. country: where that source places the actor. read_as: whom the name means in a text; empty
# where texts are not searched for it. note: why not, or "capitals" (only so), or "ambiguous" (sources differ).
"""

KNOWN_AS = {
    "sandworm": "Sandworm;Sandworm Team;APT44;Seashell Blizzard",
    "lazarus": "Lazarus Group;Lazarus",
    "kimsuky": "Kimsuky;APT43;Emerald Sleet",
    "andariel": "Andariel;APT45;Onyx Sleet",
    "hafnium": "HAFNIUM;Silk Typhoon",
    "apt29": "UNC2452",
    "apt34": "OilRig",
    "apt35": "Charming Kitten",
    "callisto": "Callisto;Star Blizzard",
    "dragonfly": "Dragonfly;Energetic Bear",
    "evil-corp": "Evil Corp;Indrik Spider",
    "lapsus": "LAPSUS;LAPSUS$",
    "salt-typhoon": "Salt Typhoon;GhostEmperor",
    "gamaredon": "Gamaredon Group",
    "equation-group": "Equation Group",
    "shadow-brokers": "The Shadow Brokers;Shadow Brokers",
    "sidewinder": "RAZOR TIGER;Sidewinder",
    "patchwork": "QUILTED TIGER;Patchwork",
}
"""Actors under their best known name: the id, and the entries' own names that get it. Ids are ours; rows stay apart."""

OWN = (
    "LockBit", "REvil;Sodinokibi", "DarkSide", "BlackMatter", "ALPHV;BlackCat", "Clop;Cl0p;CL0P", "Conti", "Ryuk",
    "Rhysida", "Qilin", "BlackSuit", "Black Basta", "Hive ransomware", "Royal ransomware", "Akira ransomware",
    "Play ransomware", "Medusa ransomware", "Ragnar Locker", "NetWalker", "Vice Society", "Anonymous Sudan",
    "Lizard Squad", "Killnet;KillNet", "Cyber Army of Russia Reborn;CARR;CyberArmyofRussia_Reborn", "XakNet",
    "Fancy Bears", "Guccifer 2.0", "DCLeaks", "CyberBerkut", "TrickBot gang;Trickbot gang", "Jabber Zeus",
)  # fmt: skip
"""Gangs, fronts and personas that the lists leave out or bury; the first name gives the id."""

ORDINARY = frozenset(
    """
    adrastea aeon akira alibaba aluminum amoeba armageddon atlascross auriga axiom basin bitter boron bottle
    bowser butterfly calcium calypso cardinal castle cca chameleon chimera chlorine chromium cleaver cobalt
    combine confucius copper covenant danti deadwood dune equation fishmonger foxmail foxtrot frankenstein
    gingersnap gold golem gop gorilla grayling havex haymaker helium hellfire hezb hippo honeybee horde hydrogen
    icecap inception indra inteid iodine kairos karma karst kazu konni krypton labubu lamberts lead lexus lurid
    machete madi magnesium mana manganese mantis mask mercury mimo mirage moneytaker monsoon monti moonlight
    morpho nazar newscaster nian nickel nitro orova oxygen paladin parasite phantom pickaxe pioneer platinum
    play plutonium polaris popeye potassium pupa radium rancor rattlesnake reaper rocke sandman sauron scarab
    scimitar sea sharpshooter siesta silence silicon sima slingshot snake sodium sportsfans springtail strider
    sulphur summit superman swallowtail tailgater templar thrip tick timmy topgear trident tsb uca ups usdod uuc
    venom vermin voyeur watchdog webfans webmasters wildcard wraith zinc
    animal-farm beijing-group big-bang-apt black-cube black-technology brown-fox chrome-loader cold-river
    conference-crew copy-paste cyber-alliance double-dragon dust-storm emperor-dragonfly evil-eye genesis-day
    golden-eye-dog islamic-state-hacking-division lumma-stealer pla-navy red-eyes red-wolf
    russian-angry-hackers-did-it sands-casino sea-turtle shadow-network social-network-team space-pirates
    storm-cloud team-bear the-big-bang the-gentlemen the-mask underground-team vault-7-8 white-giant
    """.split()
)
"""Slugs of names that are ordinary words or common elements, or name something else. Chosen by hand: go on so."""

SHORTEST = 4
NUMBER = re.compile(r"apt\d+")


class Actor(NamedTuple):
    """One entry of one source: its own name first among its names."""

    source: str
    names: tuple[str, ...]
    country: str


class Row(NamedTuple):
    """One line of the table."""

    alias: str
    actor: str
    source: str
    country: str
    read_as: str
    note: str


def actors(folder: Path) -> Iterator[Actor]:
    """Every group of the three lists, in the order of ``SOURCES``, then ours."""
    for source, file in SOURCES.items():
        data = json.loads(lzma.decompress((folder / file).read_bytes()))
        if source == "attack":
            for entry in data["groups_campaigns"]:
                if entry["stix_type"] == "intrusion-set" and not entry["revoked"]:
                    yield Actor(source, (entry["name"], *entry["aliases"]), "")
        else:
            for entry in data["values"]:
                meta = entry.get("meta", {})
                yield Actor(source, (entry["value"], *meta.get("synonyms", ())), _country(meta))
    for names in OWN:
        yield Actor("tocsin", tuple(names.split(";")), "")


def rows(found: list[Actor]) -> list[Row]:
    """One row for each name, actor and source; names that differ in case alone are one."""
    ids: list[str] = []
    for actor in found:
        ids.append(_id(actor, found[: len(ids)], ids))
    table: dict[tuple[str, str, str], Row] = {}
    claims: dict[str, Counter[str]] = {}
    for actor, id_ in zip(found, ids, strict=True):
        for name in filter(None, map(_cleaned, actor.names)):
            key = (name.casefold(), id_, actor.source)
            if key not in table:
                table[key] = Row(name, id_, actor.source, actor.country, "", _why_not(name))
                claims.setdefault(slug(name), Counter())[id_] += 1
    return [_resolved(row, claims[slug(row.alias)]) for row in table.values()]


def page(folder: Path) -> str:
    """The whole table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(rows(list(actors(folder))))
    return HEAD + out.getvalue()


def slug(name: str) -> str:
    """A name as an id: lower case, ``apt40`` for ``APT 40``, hyphens between words."""
    words = "-".join(re.findall(r"[^\W_]+", name.casefold()))
    return re.sub(r"^apt-(?=\d+$)", "apt", words)


def _country(meta: dict[str, str]) -> str:
    """Two letters, or nothing; the threat-actor list gives two countries for a few, which is no place."""
    country = meta.get("country", "")
    return country if re.fullmatch("[A-Z]{2}", country) else ""


def _id(actor: Actor, earlier: list[Actor], ids: list[str]) -> str:
    """The id: as best known, by APT number, that of the one earlier entry which shares its own name; else that name."""
    own = slug(_cleaned(actor.names[0]))
    known = {slug(name): id_ for id_, names in KNOWN_AS.items() for name in names.split(";")}
    if own in known or NUMBER.fullmatch(own):
        return known.get(own, own)
    numbers = {known.get(name, name) for name in map(slug, actor.names) if NUMBER.fullmatch(name)}
    if len(numbers) == 1:
        return numbers.pop()
    same = {
        id_
        for other, id_ in zip(earlier, ids, strict=True)
        if other.source != actor.source
        and (own in map(slug, other.names) or slug(_cleaned(other.names[0])) in map(slug, actor.names))
    }
    return same.pop() if len(same) == 1 else own


def _cleaned(name: str) -> str:
    """The name without what the lists put around it: a kind, a finder in brackets, a stray comma."""
    name = re.sub(r"^Subgroup: |\s*\([^)]*\)?$|,$", "", name.strip())
    return "" if name.startswith("[") else " ".join(name.replace("‑", "-").split())


def _why_not(name: str) -> str:
    """Why texts are not searched for the name, or in capitals alone; empty when they are."""
    word = slug(name)
    if not re.match(r"\w", name) or not word:
        return "no word"
    if re.search(r"\b(operation|op|campaign|unnamed|unknown)\b", name.casefold()):
        return "an operation or no name"
    if len(word) < SHORTEST:
        return "too short"
    if word in ORDINARY:
        return "capitals" if name.isupper() and len(word) > SHORTEST else "ordinary word"
    return ""


def _resolved(row: Row, claims: Counter[str]) -> Row:
    """With whom the name means: its own actor, the one that most sources give it to, or an actor of that name alone."""
    if row.note not in ("", "capitals"):
        return row
    own = slug(row.alias)
    most = [actor for actor, sources in claims.items() if sources == max(claims.values())]
    whom = own if own in claims or len(most) > 1 else most[0]
    return row._replace(read_as=whom, note=row.note or ("ambiguous" if len(claims) > 1 else ""))


if __name__ == "__main__":
    arguments = [word for word in sys.argv[1:] if word != "--check"]
    if len(arguments) != 1:
        sys.exit("usage: python docs/generate_actors.py [--check] FOLDER")
    made = page(Path(arguments[0]))
    if "--check" not in sys.argv:
        TABLE.write_text(made, "utf-8")
    elif TABLE.read_text("utf-8") != made:
        sys.exit("actors.csv is not current\n  → run: python docs/generate_actors.py FOLDER")
