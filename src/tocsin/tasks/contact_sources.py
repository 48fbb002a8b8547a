"""Asks one source after the other, and keeps each answer with what it led to before the next is asked.

So a run that is stopped at any moment goes on where it was: what was answered is not asked again before its time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from tocsin.constituency import Contact, MailRoute
from tocsin.constituency.bootstrap import BOOTSTRAPS, Bootstrap, read_bootstrap
from tocsin.constituency.openpgp import Key, read_key
from tocsin.constituency.prefixes import PrefixIndex, span_of
from tocsin.constituency.rdap import RdapAnswer, rdap_contacts, read_rdap
from tocsin.constituency.security_txt import domain_contacts, read_security_txt
from tocsin.store.contacts import MACHINE, Saved, retire_missing, save_contacts
from tocsin.store.keys import load_keys
from tocsin.store.lookups import Lookup, add_lookup, fresh_questions, latest_answers, latest_lookup
from tocsin.transports.asking import Asked, Asker
from tocsin.transports.rdap import fetch_bootstrap, fetch_rdap
from tocsin.transports.security_txt import PLACES, fetch_security_txt

Progress = Callable[[int, int], None]
AskMail = Callable[[str], MailRoute]

_KEPT_DAYS = {"security.txt": 7, "rdap": 30, "bootstrap": 7, "mx": 1}
_SUBJECTS = {"security.txt": "domain"}
_AFTER_FAILURE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of the questions to one source; ``fresh`` were answered before, ``problems`` are told to a person."""

    source: str
    asked: int = 0
    fresh: int = 0
    answers: int = 0
    nothing: int = 0
    failed: int = 0
    saved: Saved = field(default_factory=Saved)
    problems: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        names = ("source", "asked", "fresh", "answers", "nothing", "failed")
        contacts = {name: getattr(self.saved, name) for name in ("added", "changed", "seen_again")}
        return {name: getattr(self, name) for name in names} | {"contacts": contacts, "problems": list(self.problems)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How sources are reached: everything that a test replaces by a server of its own."""

    asker: Asker
    clock: Callable[[], datetime]
    progress: Progress
    security_txt_places: Sequence[str] = PLACES
    bootstraps: Sequence[str] = tuple(BOOTSTRAPS.values())
    workers: int = 8


def ask_security_txt(desk: Engine, domains: Sequence[str], ways: Ways) -> Tally:
    """The security.txt of each domain, several servers at a time."""
    keys = _domain_keys(desk, ways.clock())

    def ask(domain: str) -> Asked:
        return fetch_security_txt(ways.asker, domain, places=ways.security_txt_places)

    def read(domain: str, asked: Asked, now: datetime) -> tuple[str, list[Contact], list[str]]:
        assert asked.fetched is not None
        found = read_security_txt(
            asked.fetched.content,
            domain=domain,
            asked=asked.place,
            found_at=asked.fetched.address,
            now=now,
            keys=keys.get(domain, ()),
        )
        contacts = domain_contacts(found, domain=domain, pointer=asked.fetched.address, now=now)
        return _text(asked), list(contacts), [f"{domain}: {each}" for each in (*found.blockers, *found.faults)]

    return _Run("security.txt", desk, ways).run(domains, ask, read, workers=ways.workers)


def ask_rdap(desk: Engine, numbers: Sequence[str], ways: Ways) -> Tally:
    """The registries about each address and AS number; what lies in a network that was told of is not asked again."""
    bootstraps, problems = _bootstraps(desk, ways)
    told = PrefixIndex[datetime]()
    for lookup in latest_answers(desk, "rdap"):
        if lookup.outcome == "answer":
            _note_networks(told, read_rdap(lookup.answer.encode(), asked=lookup.asked), lookup.expires_at)

    def is_known(number: str) -> bool:
        return not number.isdigit() and any(
            until > ways.clock() for _, moments in told.covering(span_of(number)) for until in moments
        )

    def read(number: str, asked: Asked, now: datetime) -> tuple[str, list[Contact], list[str]]:
        answer = read_rdap(asked.fetched.content if asked.fetched else b"", asked=number)
        _note_networks(told, answer, now + timedelta(days=_KEPT_DAYS["rdap"]))
        contacts = rdap_contacts(answer, asked=number, pointer=asked.place, now=now)
        return _text(asked), list(contacts), [f"{number}: {each}" for each in (*answer.refused, *answer.faults)]

    run = _Run("rdap", desk, ways, problems=problems)
    return run.run(numbers, lambda number: fetch_rdap(ways.asker, number, bootstraps), read, is_known=is_known)


def ask_mail_routes(desk: Engine, domains: Sequence[str], ways: Ways, ask_mail: AskMail) -> Tally:
    """Where the mail of each domain is received."""

    def ask(domain: str) -> Asked:
        route = ask_mail(domain)
        outcome = "failed" if route.outcome == "unknown" else "answer"
        return Asked(outcome=outcome, place=json.dumps(route.as_json()), why=route.detail)

    def read(_domain: str, asked: Asked, _now: datetime) -> tuple[str, list[Contact], list[str]]:
        return asked.place, [], []

    return _Run("mx", desk, ways, server="the DNS").run(domains, ask, read, workers=ways.workers)


class _Run:
    """One source asked about many things."""

    def __init__(
        self, kind: str, desk: Engine, ways: Ways, *, problems: Sequence[str] = (), server: str | None = None
    ) -> None:
        self._kind, self._desk, self._ways, self._server = kind, desk, ways, server
        self._problems = list(problems)
        self._counts = {"answer": 0, "nothing": 0, "failed": 0}
        self._saved = Saved()

    def run(
        self,
        questions: Sequence[str],
        ask: Callable[[str], Asked],
        read: Callable[[str, Asked, datetime], tuple[str, list[Contact], list[str]]],
        *,
        is_known: Callable[[str], bool] = lambda _: False,
        workers: int = 1,
    ) -> Tally:
        fresh = fresh_questions(self._desk, self._kind, now=self._ways.clock())
        todo = [each for each in dict.fromkeys(questions) if each not in fresh]
        skipped = 0
        for done, (question, asked) in enumerate(_answers(todo, ask, is_known, workers), 1):
            if asked is None:
                skipped += 1
            else:
                self._keep(question, asked, read)
            self._ways.progress(done, len(todo))
        return Tally(
            source=self._kind,
            asked=len(todo) - skipped,
            fresh=len(set(questions)) - len(todo) + skipped,
            answers=self._counts["answer"],
            nothing=self._counts["nothing"],
            failed=self._counts["failed"],
            saved=self._saved,
            problems=tuple(self._problems),
        )

    def _keep(
        self,
        question: str,
        asked: Asked,
        read: Callable[[str, Asked, datetime], tuple[str, list[Contact], list[str]]],
    ) -> None:
        """The look-up and its contacts, in one transaction."""
        now, outcome, text, contacts = self._ways.clock(), asked.outcome, asked.why, list[Contact]()
        about = [f"{_SUBJECTS[self._kind]}:{question}"] if self._kind in _SUBJECTS else []
        if outcome == "answer":
            try:
                text, contacts, problems = read(question, asked, now)
                self._problems += problems
            except ValueError as fault:
                outcome, text = "failed", str(fault)
        if outcome == "failed":
            self._problems.append(f"{question}: {text}")
            until = asked.not_before or now + _AFTER_FAILURE
        else:
            until = now + timedelta(days=_KEPT_DAYS[self._kind])
        self._counts[outcome] += 1
        lookup = Lookup(
            kind=self._kind,
            asked=question,
            server=self._server or asked.place,
            asked_at=now,
            outcome=outcome,
            answer=text,
            expires_at=until,
        )
        with self._desk.begin() as connection:
            if contacts:
                self._saved += save_contacts(connection, contacts, author=MACHINE, now=now)
            if outcome != "failed":
                subjects = {*about, *(each.subject for each in contacts)}
                retire_missing(connection, subjects, self._kind, {each.id for each in contacts}, now=now)
            add_lookup(connection, lookup)


def _answers(
    questions: Sequence[str], ask: Callable[[str], Asked], is_known: Callable[[str], bool], workers: int
) -> Iterator[tuple[str, Asked | None]]:
    """Each question with its answer as it comes, ``None`` for what is known by then; stopped at once by Ctrl-C."""
    if workers <= 1:
        for question in questions:
            yield question, None if is_known(question) else ask(question)
        return
    pool = ThreadPoolExecutor(workers)
    try:
        waiting = {pool.submit(ask, question): question for question in questions}
        for future in as_completed(waiting):
            yield waiting.pop(future), future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _bootstraps(desk: Engine, ways: Ways) -> tuple[dict[str, Bootstrap], list[str]]:
    """The bootstrap files, fetched anew when a week old; an older one serves where that fails."""
    found, problems = dict[str, Bootstrap](), list[str]()
    fresh = fresh_questions(desk, "bootstrap", now=ways.clock())
    for place in ways.bootstraps:
        if place not in fresh:
            asked = fetch_bootstrap(ways.asker, place)
            run = _Run("bootstrap", desk, ways)
            run._keep(place, asked, _read_bootstrap)
            problems += run._problems
    for lookup in latest_answers(desk, "bootstrap"):
        if lookup.asked in ways.bootstraps and lookup.outcome == "answer":
            bootstrap = read_bootstrap(lookup.answer.encode())
            sorts = {"asn"} if bootstrap.spans else {f"ipv{network.version}" for network, _ in bootstrap.networks}
            found.update(dict.fromkeys(sorts, bootstrap))
    return found, problems


def _read_bootstrap(_place: str, asked: Asked, _now: datetime) -> tuple[str, list[Contact], list[str]]:
    text = _text(asked)
    read_bootstrap(text.encode())
    return text, [], []


def _note_networks(told: PrefixIndex[datetime], answer: RdapAnswer, until: datetime) -> None:
    if answer.kind == "network" and not any("gave to nobody" in each for each in answer.refused):
        for subject in answer.subjects(""):
            told.add(subject.removeprefix("network:"), until)


def _domain_keys(desk: Engine, now: datetime) -> dict[str, tuple[Key, ...]]:
    """The keys that are kept here, by the domains of their mailboxes."""
    found = dict[str, tuple[Key, ...]]()
    for stored in load_keys(desk).values():
        key = read_key(stored.armored.encode(), now=now)
        for domain in {mailbox.rpartition("@")[2].lower() for mailbox in key.mailboxes}:
            found[domain] = (*found.get(domain, ()), key)
    return found


def _text(asked: Asked) -> str:
    return asked.fetched.content.decode("utf-8", "replace").replace("\0", "\ufffd") if asked.fetched else ""


def latest_of(desk: Engine, kind: str, questions: Iterable[str]) -> list[Lookup]:
    """The newest look-up of each question that was ever asked."""
    return [found for each in questions if (found := latest_lookup(desk, kind, each)) is not None]
