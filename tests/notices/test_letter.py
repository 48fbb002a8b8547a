"""The letter: what is in it, in which language, and what a template cannot do."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.notices.telling import (
    CORRECTION,
    FINGERPRINT,
    FIRST,
    GENERAL,
    LINKS,
    OPEN,
    PACK,
    REMINDER,
    SENDER,
    SHELL,
    SHELLED,
    adviser,
    in_german,
    many,
    writer,
)

from tocsin.cases import Reference
from tocsin.errors import PackError
from tocsin.notices import Notice
from tocsin.notices.evidence import cells_of, tell
from tocsin.notices.letter import Letter, LetterWriter, Links

TRACES = {("192.0.2.18", 443, "tcp"): f"url: {SHELL}"}


def letter_of(
    notice: Notice, *, by: LetterWriter | None = None, links: Links = LINKS, encrypted: bool = False, rows: int = 25
) -> Letter:
    told = tell(notice, adviser(), traces=TRACES, is_encrypted=encrypted)
    return (by or writer()).write(told, SENDER, links, fingerprint=FINGERPRINT, rows_in_body=rows)


def words_of(part: str) -> str:
    """The words of a part, without markup and line ends."""
    return " ".join(html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", part, flags=re.DOTALL)).split())


def pack(body: str, page: str = "{{ number_printed }} {{ links.check }} {{ sender.phone }}") -> LetterWriter:
    return LetterWriter(
        pack={"en.txt.j2": f"Subject: s\n{body}", "en.html.j2": page}, general=GENERAL, source="packs/p"
    )


def test_both_parts_hold_everything_that_the_table_holds() -> None:
    told = tell(FIRST, adviser(), traces={}, is_encrypted=False)
    letter = letter_of(FIRST)
    for part in (letter.text, letter.html):
        shown = words_of(part)
        for row in told.rows:
            cells = cells_of(row)
            for name in ("address", "hostname", "build", "evidence", "update_first", "update_next"):
                assert cells[name] in shown
            assert all(cve in shown for cve in row.item.cves if row.item.status == "affected")


def test_it_says_what_to_do_first_and_next_and_by_when() -> None:
    shown = words_of(letter_of(FIRST).text)
    assert "1. First install KB5000871, Exchange Server 2016 CU18 Mar21SU (15.1.2106.13)." in shown
    assert "2. Next, if 15.1.2106 (CU18) is no longer supported by its maker, move to KB5000871" in shown
    assert "Please update by 21 March 2021." in shown
    assert "Test-ProxyLogon.ps1" in shown


@pytest.mark.parametrize("part", ["text", "html"])
def test_it_can_be_checked(part: str) -> None:
    shown = words_of(getattr(letter_of(FIRST), part))
    assert "k3v7q-m2rtx-5ybn4-wc6dz-hjf2a-e" in shown
    assert LINKS.check in shown
    assert SENDER.phone in shown
    assert "0123 4567 89AB CDEF" in shown
    assert all(link in html.unescape(getattr(letter_of(FIRST), part)) for link in LINKS.answers.values())


def test_without_a_public_page_the_number_and_the_telephone_are_left() -> None:
    letter = letter_of(FIRST, links=Links())
    assert "The notice number is k3v7q-m2rtx-5ybn4-wc6dz-hjf2a-e." in letter.text
    assert "TELL US" not in letter.text
    assert "https://notices" not in letter.text + letter.html


def test_where_a_web_shell_is_stands_only_in_an_encrypted_letter() -> None:
    open_, sealed = letter_of(FIRST), letter_of(FIRST, encrypted=True)
    assert "supp0rt" not in open_.text + open_.html
    assert "encrypted mail or on the telephone only" in words_of(open_.text)
    assert SHELL in sealed.text
    assert SHELL in sealed.html


@pytest.mark.parametrize(
    ("wanted", "found"), [("de-AT", "de"), ("de_CH", "de"), ("DE", "de"), ("fr", "en"), ("", "en"), ("en-GB", "en")]
)
def test_the_language_is_the_contacts_or_the_nearest(wanted: str, found: str) -> None:
    notice = replace(FIRST, recipient=replace(FIRST.recipient, language=wanted))
    assert letter_of(notice).language == found


def test_german_letters_are_german() -> None:
    letter = letter_of(in_german(FIRST))
    assert letter.subject.startswith("Einbruch festgestellt: 3 Dienste von Beispielgemeinde Ü")
    assert "Bitte spielen Sie das Update bis 21. März 2021 ein." in words_of(letter.text)
    assert '<html lang="de">' in letter.html


@pytest.mark.parametrize(
    ("notice", "begins"),
    [
        (FIRST, "Break-in found: 3 services of "),
        (replace(FIRST, items=(OPEN,)), "Open to attack: 1 service of "),
        (in_german(replace(FIRST, items=(OPEN,))), "Angreifbar: 1 Dienst von "),
    ],
)
def test_the_subject_says_how_grave_it_is(notice: Notice, begins: str) -> None:
    assert letter_of(notice).subject.startswith(begins)


def test_a_pack_without_letters_has_the_general_ones() -> None:
    general = LetterWriter(pack={}, general=GENERAL, source="p")
    for notice, words in ((FIRST, "Four flaws in on-premises Exchange"), (in_german(FIRST), "ausgenutzt")):
        assert words in words_of(letter_of(notice, by=general).text)


def test_a_correction_says_what_was_wrong_and_asks_for_nothing() -> None:
    letter = letter_of(CORRECTION)
    shown = words_of(letter.text)
    assert "Our notice aaaab-bbbcc-ccddd-deeee-ffffg-g was wrong. The address 192.0.2.17 was" in shown
    assert "WHAT TO DO" not in letter.text
    assert "Please update" not in letter.text + letter.html


def test_a_reminder_says_so() -> None:
    assert letter_of(REMINDER).subject.startswith("Reminder: ")
    assert "We told you about this before" in words_of(letter_of(REMINDER).html)


def test_many_findings_stand_in_the_body_up_to_the_limit() -> None:
    letter = letter_of(replace(FIRST, items=many(300)), rows=10)
    assert "290 more are in the attached table (findings.csv)." in letter.text
    assert letter.html.count('<th scope="row">') == 10


@given(st.text(max_size=200), st.text(max_size=100))
def test_names_of_strangers_are_text_and_nothing_else(name: str, host: str) -> None:
    notice = replace(
        FIRST,
        recipient=replace(FIRST.recipient, name=f"{name}<script>{{{{ 7*7 }}}}"),
        items=(replace(OPEN, hostname=host),),
    )
    letter = letter_of(notice)
    assert "<script" not in letter.html
    assert "\n" not in letter.subject
    assert letter.html.count("<") == letter_of(replace(FIRST, items=(replace(OPEN, hostname="a"),))).html.count("<")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{{ ''.__class__.__mro__ }}", "asks for what is not given"),
        ("{{ sender.__class__ }}", "asks for what is not given"),
        ("{{ case['__init__'] }}", "asks for what is not given"),
        ("{{ secret }}", "asks for what is not given"),
        ("{{ sender.name.upper() }}", "calls nothing"),
        ("{{ range(10**9) }}", "has no place|calls nothing"),
        ("{{ 'a' * 1000000000 }}", "mul has no place"),
        ("{{ '%1000000000d' % 1 }}", "mod has no place"),
        ("{{ 'a' ~ 'b' }}", "concat has no place"),
        ("{% set a = 'aa' %}", "assign has no place"),
        ("{% macro f() %}{% endmacro %}", "macro has no place"),
        ("{% include '/etc/passwd' %}", "include has no place"),
        ("{% import 'general/en.txt.j2' as x %}", "import has no place"),
        ("{% extends '../../secrets' %}", "extends one of"),
        ("{{ case.title|pprint }}", "the filter 'pprint'"),
        ("{{ case.title|attr('__class__') }}", "the filter 'attr'"),
        ("{{ case.title|safe }}", "the filter 'safe'"),
        ("{% for a in findings recursive %}{% endfor %}", "none calls itself"),
        (f"{'{% for a in findings %}' * 3}{'{% endfor %}' * 3}", "at most 2 deep"),
        ("{% for a in case.title %}{% endfor %}", "a text is no list"),
        ("{% for a in case.title|lower %}{% endfor %}", "a list that is given"),
        ("{% for a in 'aaaa' %}{% endfor %}", "a list that is given"),
        (f"{{{{ '{'a' * 30_000}'|join('{'b' * 30_000}')|length }}}}", "join takes a list"),
        (f"{{{{ findings|join('{'b' * 61}') }}}}", "at most 60 characters between"),
        ("{{ case.cves|join('x')|join('y') }}", "join takes a list"),
        ("{% for a in findings %}{% if super() %}{% endif %}{% endfor %}", "no place in a loop"),
        (f"{{{{ {'9' * 5_000} }}}}", "cannot be read"),
        (f"{'{% if total %}' * 150}{'{% endif %}' * 150}", "nested too deeply"),
        (f"{{{{ {'1 if total else ' * 900} 2 }}}}", "nested too deeply"),
        ("{% if %}", "cannot be read"),
        ("{{ sender.name|cell(-1)|length / 0 }}", "div has no place"),
    ],
)
def test_a_template_reaches_nothing_but_the_data(body: str, why: str) -> None:
    with pytest.raises(PackError, match=why):
        letter_of(FIRST, by=pack(body + " {{ number_printed }} {{ links.check }} {{ sender.phone }}"))


def test_a_template_that_writes_too_much_is_stopped() -> None:
    body = "{% for a in findings %}" + "x" * 60_000 + "{% endfor %}"
    with pytest.raises(PackError, match="writes more than"):
        letter_of(replace(FIRST, items=many(10)), by=pack(body))


def test_a_template_that_is_too_long_is_not_read() -> None:
    with pytest.raises(PackError, match="a letter has at most"):
        pack("x" * 70_000)


def test_a_letter_that_cannot_be_checked_is_refused_with_its_file() -> None:
    with pytest.raises(PackError, match=r"does not show the notice's number") as fault:
        letter_of(FIRST, by=pack("hello"))
    assert str(fault.value.where) == "packs/p/letters/en.txt.j2"


def test_a_letter_needs_a_subject_and_both_parts() -> None:
    with pytest.raises(PackError, match="must begin with a line"):
        letter_of(FIRST, by=LetterWriter(pack={**PACK, "en.txt.j2": "hello"}, general=GENERAL, source="p"))
    with pytest.raises(PackError, match="has no html part"):
        LetterWriter(pack={"fr.txt.j2": ""}, general=GENERAL, source="p")
    with pytest.raises(PackError, match="is no name of a letter"):
        LetterWriter(pack={"../en.txt.j2": ""}, general=GENERAL, source="p")


def test_a_compromised_server_that_is_fixed_is_not_told_to_update() -> None:
    letter = letter_of(replace(FIRST, items=(SHELLED,)))
    assert "WHAT TO DO" not in letter.text
    assert "HOW TO LOOK FOR A BREAK-IN" in letter.text


def test_a_hundred_different_builds_do_not_make_a_hundred_pieces_of_advice() -> None:
    items = tuple(
        replace(OPEN, address=f"192.0.2.{n}", build=f"15.1.2106.{n % 13}", branch="15.1.2106") for n in range(99)
    )
    strange = tuple(replace(OPEN, address=f"192.0.2.{n}", build=f"9.{n}", branch="") for n in range(99))
    letter = letter_of(replace(FIRST, items=items + strange))
    assert letter.text.count("For 192.0.2.") == 12
    assert "For the others, see the columns update_first and update_next" in words_of(letter.text)
    assert "For the others, see the columns" in words_of(letter.html)


def test_a_reference_of_a_pack_is_a_page_and_nothing_else() -> None:
    told = tell(FIRST, adviser(), traces={}, is_encrypted=False)
    evil = replace(told.case, references=(Reference(title="more", url="javascript:alert(1)"),))
    letter = writer().write(replace(told, case=evil), SENDER, LINKS, fingerprint="", rows_in_body=25)
    assert "javascript" not in letter.html + letter.text


@pytest.mark.parametrize(
    ("library", "module"),
    [
        ("jinja2", "tocsin.notices.letter"),
        ("pysequoia", "tocsin.transports.openpgp"),
        ("dkim", "tocsin.transports.dkim"),
    ],
)
def test_without_what_writes_notices_it_says_what_to_install(library: str, module: str) -> None:
    program = f"import sys; sys.modules[{library!r}] = None; import {module}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ)
    assert "WorkspaceError: " in done.stderr
    assert f"not installed: {library}" in done.stderr
    assert "pip install 'tocsin[notify]'" in done.stderr
