"""Whether mail of a sender will be believed: SPF, DKIM and DMARC of its domain, judged from answers of the DNS.

Sources: RFC 7208 (SPF), RFC 6376, section 3.6.1 (key records), RFC 7489, sections 3.1 and 6.6.3 (DMARC and alignment).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tocsin.notices._spf import Ask, SpfError, spf_records, spf_result

__all__ = ["Ask", "Check", "Outlook", "Signing", "check_mail", "check_sender"]

_NOBODY = "192.0.0.8"
"""An address from which no mail ever comes: the dummy of RFC 7600."""


class Outlook(StrEnum):
    """A ``FAULT`` holds a plan back; a ``WARNING`` does not."""

    FINE = "fine"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at: what was found, and what to do about it (empty where it is fine)."""

    name: str
    outlook: Outlook
    what: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        return {"name": self.name, "outlook": str(self.outlook), "what": self.what, "remedy": self.remedy}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """How mail is signed: ``is_ours`` says whether our signatures hold by a key record."""

    domain: str
    selector: str
    is_ours: Callable[[str], bool]


def check_sender(domain: str, *, relay: Sequence[str], signing: Signing | None, ask: Ask) -> list[Check]:
    """SPF, DKIM and DMARC of ``domain``. ``relay`` are the public addresses from which mail leaves, as far as known."""
    spf, spf_passes = _spf(domain, relay, ask)
    dkim, signed_by = _dkim(domain, signing, ask)
    return [spf, dkim, _dmarc(domain, spf_passes, signed_by, ask)]


def check_mail(domain: str, ask: Ask) -> Check:
    """Whether bounces and replies can reach the sender's domain."""
    if ask(domain, "MX"):
        return Check(name="mail", outlook=Outlook.FINE, what=f"{domain} receives mail")
    if ask(domain, "A") or ask(domain, "AAAA"):
        what, outlook = f"{domain} has no MX record, only an address", Outlook.WARNING
    else:
        what, outlook = f"{domain} receives no mail: it has neither MX record nor address", Outlook.FAULT
    return Check(
        name="mail", outlook=outlook, what=what, remedy="publish an MX record, or bounces and replies are lost"
    )


def _spf(domain: str, relay: Sequence[str], ask: Ask) -> tuple[Check, bool | None]:
    """The check, and whether SPF passes; ``None`` where the relay may send from other addresses than its own."""
    records = spf_records(domain, ask)
    if not records:
        remedy = f'publish a TXT record for {domain}: "v=spf1 ip4:ADDRESS-OF-YOUR-RELAY -all"'
        return Check(name="spf", outlook=Outlook.FAULT, what=f"{domain} has no SPF record", remedy=remedy), False
    try:
        results = {address: spf_result(domain, address, ask) for address in relay}
        anybody = spf_result(domain, _NOBODY, ask)
    except SpfError as fault:
        return Check(name="spf", outlook=Outlook.FAULT, what=str(fault), remedy="mend the SPF record"), False
    if anybody == "pass":
        what = f"the SPF record of {domain} lets anybody send for it"
        return Check(name="spf", outlook=Outlook.FAULT, what=what, remedy='end it with "-all"'), False
    refused = [address for address, result in results.items() if result != "pass"]
    if refused:
        what = f"the SPF record of {domain} does not name the relay {', '.join(refused)} ({results[refused[0]]})"
        return Check(name="spf", outlook=Outlook.WARNING, what=what, remedy="add the addresses mail leaves from"), None
    what = f"{domain} has an SPF record" + (f" that names {', '.join(relay)}" if relay else "")
    return Check(name="spf", outlook=Outlook.FINE, what=what), True


def _dkim(domain: str, signing: Signing | None, ask: Ask) -> tuple[Check, str | None]:
    """The check, and the domain that signs, if it does so for sure."""
    if signing is None:
        what = "[dkim] is not set up: mail is signed by the relay or not at all, which cannot be seen from here"
        remedy = "let the relay sign, and look at a rehearsal's headers (--redirect-to); or set up [dkim]"
        return Check(name="dkim", outlook=Outlook.WARNING, what=what, remedy=remedy), None
    name = f"{signing.selector}._domainkey.{signing.domain}"
    records = [text for text in ask(name, "TXT") if "p" in _tags(text)]
    remedy = f'publish a TXT record for {name}: "v=DKIM1; k=rsa; p=YOUR-PUBLIC-KEY"'
    if not records:
        what = f"there is no key at {name}, so no signature of ours can be checked"
    elif not any(_tags(text)["p"] for text in records):
        what, remedy = f"the key at {name} is revoked", "choose another selector and publish its key"
    elif not any(signing.is_ours(text) for text in records):
        what = f"the key at {name} is not the one that goes with ours, so every signature will fail"
    else:
        return Check(name="dkim", outlook=Outlook.FINE, what=f"{name} holds our key"), signing.domain
    return Check(name="dkim", outlook=Outlook.FAULT, what=what, remedy=remedy), None


def _dmarc(domain: str, spf_passes: bool | None, signed_by: str | None, ask: Ask) -> Check:
    found = [tags for text in _dmarc_texts(domain, ask) if (tags := _tags(text)).get("v") == "DMARC1"]
    if len(found) != 1 or found[0].get("p") not in ("none", "quarantine", "reject"):
        what = f"{domain} has no DMARC record" if not found else f"the DMARC record of {domain} cannot be used"
        remedy = f'publish one TXT record for _dmarc.{domain}: "v=DMARC1; p=quarantine; rua=mailto:…"'
        return Check(name="dmarc", outlook=Outlook.FAULT, what=what, remedy=remedy)
    strict = found[0].get("adkim", "r") == "s"
    aligned = signed_by is not None and (
        signed_by == domain or (not strict and (domain.endswith(f".{signed_by}") or signed_by.endswith(f".{domain}")))
    )
    if aligned or (spf_passes and signed_by is None):
        how = "the signature" if aligned else "SPF alone, which does not survive forwarding"
        outlook = Outlook.FINE if aligned else Outlook.WARNING
        remedy = "" if aligned else "sign with DKIM as well"
        return Check(name="dmarc", outlook=outlook, what=f"mail of {domain} passes DMARC by {how}", remedy=remedy)
    if signed_by is not None and spf_passes:
        what, remedy = f"{signed_by} signs, which is not {domain}: DMARC passes by SPF alone", f"sign with {domain}"
        return Check(name="dmarc", outlook=Outlook.WARNING, what=what, remedy=remedy)
    if spf_passes is None:
        what = f"whether mail of {domain} passes DMARC cannot be seen from here"
        remedy = "sign with DKIM, or look at the headers of a rehearsal (--redirect-to)"
        return Check(name="dmarc", outlook=Outlook.WARNING, what=what, remedy=remedy)
    what = f"mail of {domain} fails its own DMARC policy ({found[0]['p']}): neither SPF nor a signature stands for it"
    return Check(name="dmarc", outlook=Outlook.FAULT, what=what, remedy="mend what is said of SPF and DKIM above")


def _dmarc_texts(domain: str, ask: Ask) -> tuple[str, ...]:
    """Those of the domain, or of the nearest one above it that has any."""
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        found = tuple(text for text in ask("_dmarc." + ".".join(labels[start:]), "TXT") if text.startswith("v=DMARC1"))
        if found:
            return found
    return ()


def _tags(text: str) -> dict[str, str]:
    """``v=DKIM1; p=…`` as a mapping."""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
