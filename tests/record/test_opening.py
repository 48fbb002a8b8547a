"""What the door of the record lets in, as which text, and what it sends away with advice."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from tests.record.opening_files import PROSE, docx, docx_paragraph, html_page, pdf

from tocsin.errors import DocumentError
from tocsin.record import Document, Genre, Origin
from tocsin.record.opening import DOCX, HTML, MOST_BYTES, MOST_CHARACTERS, PDF, TEXT, open_document


def opened(content: bytes | str, source: str = "a.txt", **words: str) -> Document:
    content = content.encode() if isinstance(content, str) else content
    return open_document(content, source=source, **words).document


def page_text(body: str, **words: str) -> str:
    return opened(html_page(body, **words), "a.html").text


class TestText:
    def test_the_text_is_the_decoded_bytes_sign_by_sign(self) -> None:
        content = "One\r\ntwo\n\n\ttab\x00 nul \u202eright to left\u202c שלום\x0cpage é".encode()
        document = opened(content)
        assert document.text == content.decode()
        assert document.sha256 == sha256(content).hexdigest()
        assert (document.media_type, document.source) == (TEXT, "a.txt")

    @given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip() and text[0] != "\ufeff"))
    def test_utf_8_comes_through_as_it_is(self, text: str) -> None:
        text = f"{PROSE} {text}"
        assert opened(text).text == text

    @pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
    def test_other_forms_of_unicode_are_known_and_the_mark_is_no_text(self, name: str) -> None:
        assert opened(PROSE.encode(name)).text == PROSE

    def test_what_is_no_utf_8_is_read_as_windows_1252_and_said(self) -> None:
        found = open_document("“Café” – £3".encode("cp1252"), source="a.txt")
        assert found.document.text == "“Café” – £3"
        assert found.remarks == ("5 bytes are not UTF-8 and were read as windows-1252",)

    def test_mixed_encodings_are_mended_byte_by_byte(self) -> None:
        found = open_document("“Café” ".encode() + "“Café”".encode("cp1252"), source="a.txt")
        assert found.document.text == "“Café” “Café”"
        assert found.remarks

    @given(st.binary(min_size=1, max_size=60))
    def test_no_bytes_are_lost_in_decoding(self, tail: bytes) -> None:
        prose = PROSE * 50  # so long that the tail does not make it a file of control characters
        text = opened(prose.encode() + tail).text
        assert text.startswith(prose)
        assert len(text) > len(prose)
        text.encode("utf-8")

    def test_a_declared_encoding_holds_and_a_persons_word_over_it(self) -> None:
        content = "Москва".encode("cp1251")
        assert opened(content, content_type="text/plain; charset=windows-1251").text == "Москва"
        assert opened(content, content_type="text/plain; charset=koi8-r", charset="windows-1251").text == "Москва"

    def test_an_encoding_that_a_server_made_up_is_not_believed(self) -> None:
        found = open_document(PROSE.encode(), source="a", content_type="text/plain; charset=klingon")
        assert (found.document.text, found.remarks) == (PROSE, ("the declared encoding 'klingon' is not known",))

    @pytest.mark.parametrize("name", ["klingon", "base64", "hex", "idna\x00", "unicode_escape"])
    def test_an_encoding_that_is_none_is_refused(self, name: str) -> None:
        with pytest.raises(DocumentError, match="no character encoding"):
            opened(PROSE, charset=name)

    def test_a_text_about_pdf_is_a_text_and_a_pdf_with_something_before_it_a_pdf(self) -> None:
        assert opened(f"Files begin with %PDF-1.7. {PROSE}").media_type == TEXT
        assert opened(b"x\n" + pdf([(700, 10, PROSE)]), "a.pdf").text == PROSE

    def test_markup_in_a_text_file_is_its_text(self) -> None:
        assert opened("<html><body>x</body></html>").text == "<html><body>x</body></html>"


class TestDescription:
    def test_what_text_metadata_and_inference_say_is_told_apart(self) -> None:
        head = '<meta property="og:site_name" content="Example Times">'
        document = opened(html_page(f"<p>Published 3 March 2022</p><p>{PROSE}</p>", head=head), "a.html")
        assert (document.published, document.publisher) == (date(2022, 3, 3), "Example Times")
        origins = dict(document.origins)
        assert (origins["published"], origins["publisher"]) == (Origin.TEXT, Origin.METADATA)

    def test_metadata_hold_over_the_text_for_the_day(self) -> None:
        head = '<meta property="article:published_time" content="2022-03-02T23:30:00+02:00">'
        document = opened(html_page(f"<p>Updated 3 March 2022</p><p>{PROSE}</p>", head=head), "a.html")
        assert (document.published, dict(document.origins)["published"]) == (date(2022, 3, 2), Origin.METADATA)

    def test_json_ld_names_genre_day_publisher_and_licence(self) -> None:
        linked = (
            '{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "headline": "A statement",'
            ' "datePublished": "2022-03-02", "publisher": {"name": "Example Times"}, "license": "https://l.example"}]}'
        )
        document = opened(html_page(head=f'<script type="application/ld+json">{linked}</script>'), "a.html")
        assert (document.genre, document.published, document.publisher, document.licence, document.title) == (
            Genre.NEWS,
            date(2022, 3, 2),
            "Example Times",
            "https://l.example",
            "A statement",
        )
        assert {origin for _, origin in document.origins} == {Origin.METADATA}

    @pytest.mark.parametrize(
        "linked", ["{", "[" * 100_000, '{"datePublished": {"name": 7}}', '{"datePublished": "soon"}']
    )
    def test_hostile_metadata_state_nothing(self, linked: str) -> None:
        page = html_page(head=f'<script type="application/ld+json">{linked}</script>')
        assert opened(page, "a.html").published is None

    def test_a_text_without_marks_has_no_genre_and_no_day(self) -> None:
        document = opened("Rain is expected in the north, and some wind.")
        assert (document.genre, document.published, document.origins) == (Genre.OTHER, None, ())


class TestHtml:
    def test_paragraphs_headings_items_and_captions_are_blocks(self) -> None:
        body = (
            f"<h1>A statement</h1><p>{PROSE}</p><h2>More</h2><ul><li>one <b>it</b>em<li>two</ul>"
            "<figure><img alt=x><figcaption>A server. Photograph: A Sample</figcaption></figure>"
            "<blockquote><p>Quoted &amp; <q>inner</q></p></blockquote>"
        )
        assert page_text(body).split("\n\n") == [
            "A statement",
            PROSE,
            "More",
            "one item",
            "two",
            "A server. Photograph: A Sample",
            "Quoted & “inner”",
        ]

    def test_white_space_collapses_as_a_browser_shows_it(self) -> None:
        body = f"<p>  {PROSE}\n\t with&nbsp;a\n break<br>here </p><pre>as\n  typed</pre>"
        assert page_text(body) == f"{PROSE} with\xa0a break\nhere\n\nas\n  typed"

    def test_a_row_of_a_table_is_a_block(self) -> None:
        body = f"<p>{PROSE}</p><table><tr><th>State</th><th>Hit</th></tr><tr><td>Xanadu</td><td>12</td></tr></table>"
        assert page_text(body).endswith("\n\nState\tHit\n\nXanadu\t12")

    @pytest.mark.parametrize(
        "furniture",
        [
            "<script>alert('SECRET')</script>",
            "<style>SECRET {}</style>",
            "<template>SECRET</template>",
            "<div hidden>SECRET</div>",
            "<div aria-hidden=true>SECRET</div>",
            '<p style="color: red; display : none">SECRET</p>',
            "<nav>SECRET</nav>",
            "<aside>SECRET</aside>",
            '<div class="article related-links">SECRET</div>',
            '<div id="cookie-banner">SECRET</div>',
            '<div role="navigation">SECRET</div>',
            "<button>SECRET</button>",
            "<svg><text>SECRET</text></svg>",
            "<!-- SECRET -->",
            '<ul><li><a href="#">SECRET</a><li><a href="#">two</a><li><a href="#">three</a></ul>',
        ],
    )
    def test_furniture_and_what_is_hidden_is_no_text(self, furniture: str) -> None:
        assert page_text(f"<p>{PROSE}</p>{furniture}<p>End.</p>") == f"{PROSE}\n\nEnd."

    def test_a_class_of_that_name_around_the_whole_text_hides_nothing(self) -> None:
        assert page_text(f'<div class="share-enabled"><p>{PROSE}</p></div>') == PROSE

    def test_a_headline_outside_the_main_part_is_kept(self) -> None:
        page = html_page(title="A statement | Example Times").replace(b"<main>", b"<h1>A statement</h1><main>")
        assert opened(page, "a.html").text == f"A statement\n\n{PROSE}"

    def test_a_page_without_any_main_part_is_read_whole(self) -> None:
        assert opened(f"<html><body><div>{PROSE}</div><div>{PROSE}</div></body></html>", "a.html").text == (
            f"{PROSE}\n\n{PROSE}"
        )

    def test_the_charset_of_the_page_is_found_the_header_first(self) -> None:
        page = f'<html><head><meta charset="windows-1251"></head><body><p>{PROSE} Москва'.encode("cp1251")
        assert opened(page, "a.html").text.endswith("Москва")
        utf_8 = page.decode("cp1251").encode()
        assert opened(utf_8, "a", content_type="text/html; charset=utf-8").text.endswith("Москва")

    @pytest.mark.parametrize("source", ["page", "page.HTM", "https://example.org/page"])
    def test_a_page_is_known_by_its_name_or_beginning(self, source: str) -> None:
        assert opened(html_page(), source).media_type == HTML

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "<div id=app></div><script>document.write('all of it')</script>",
            "<ul>"
            + "<li><a href=#>A section of the site with a rather long name, which is all there is</a>" * 9
            + "</ul>",
            "<p>Menu</p><p>Search</p><p>Sign in</p>",
        ],
    )
    def test_a_page_that_is_only_navigation_is_refused(self, body: str) -> None:
        with pytest.raises(DocumentError, match="only navigation"):
            opened(html_page(body), "a.html")

    @pytest.mark.parametrize(
        "page",
        [
            "<div>" * 500_000,
            "<div><marquee></div></marquee>" * 100_000,
            "".join(f"<b id={number}>" for number in range(3000)) + "<p>x" * 300_000,
            "<a>" * 300_000 + "<div>" * 1000,
            "<svg>" * 300_000,
            "<table><td>" * 200_000,
        ],
    )
    def test_a_page_nested_to_choke_is_refused_at_once(self, page: str) -> None:
        with pytest.raises(DocumentError, match="nested deeper"):
            opened(page, "a.html")

    @pytest.mark.parametrize(
        "page", ["<", "<!--", "<script>", "&", '<p a="', "</p>", "<p>", "<![CDATA[", "&#x110000;", "<p b=c "]
    )
    def test_a_tail_of_broken_marks_is_read_to_its_end(self, page: str) -> None:
        assert PROSE.split()[0] in opened(f"<html><body><p>{PROSE}</p>" + page * 100_000, "a.html").text

    def test_long_furniture_nested_in_itself_is_measured_once(self) -> None:
        found = page_text("<div class=menu>" * 1500 + f"<p>{PROSE}</p>" * 200)
        assert found is not None


class TestPdf:
    LINES = (
        (800, 16, "A statement on Example Mail"),
        (760, 10, "The Ministry of Examples said that a group had broken into state-"),
        (748, 10, "owned servers; the infor-"),
        (736, 10, "mation is under review. Information came late, and information"),
        (712, 10, "A second paragraph begins here."),
        (700, 10, "• and a point"),
    )

    def test_lines_become_paragraphs(self) -> None:
        document = opened(pdf(list(self.LINES), title="A statement"), "a.pdf")
        assert document.text.split("\n\n") == [
            "A statement on Example Mail",
            (
                "The Ministry of Examples said that a group had broken into state-owned servers; the information "
                "is under review. Information came late, and information"
            ),
            "A second paragraph begins here.",
            "• and a point",
        ]
        assert (document.media_type, document.title, document.language) == (PDF, "A statement", "en-GB")
        assert dict(document.origins)["title"] is Origin.METADATA

    def test_running_heads_and_page_numbers_go_and_a_paragraph_runs_on(self) -> None:
        def page(number: int, *words: str) -> list[tuple[float, float, str]]:
            middle = [(700 - 12 * place, 10, text) for place, text in enumerate(words)]
            return [(820, 8, f"Ministry of Examples, issue {number}"), *middle, (30, 8, f"Page {number} of 3")]

        text = opened(pdf(page(1, "One sentence runs"), page(2, "over the page."), page(3, "Another.")), "a.pdf").text
        assert text == "One sentence runs over the page.\n\nAnother."

    def test_pages_that_are_all_alike_keep_their_text(self) -> None:
        page = [(700.0 - 12 * place, 10.0, PROSE) for place in range(9)]
        assert opened(pdf(page, page, page), "a.pdf").text.count(PROSE) == 15

    def test_pages_without_text_are_counted(self) -> None:
        found = open_document(pdf([(700, 10, PROSE)], []), source="a.pdf")
        assert found.remarks == ("1 of 2 pages have no text",)

    def test_a_scan_without_text_needs_ocr_first(self) -> None:
        with pytest.raises(DocumentError, match="no text in this PDF of 2 pages") as refused:
            opened(pdf([], []), "scan.pdf")
        assert "OCR" in refused.value.remedy
        assert refused.value.where is not None

    @pytest.mark.parametrize(("password", "is_open"), [("", True), ("secret", False)])
    def test_a_locked_pdf_is_refused_and_one_that_anybody_may_open_is_not(
        self, password: str, *, is_open: bool
    ) -> None:
        writer = PdfWriter(clone_from=BytesIO(pdf([(700, 10, PROSE)])))
        writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
        locked = BytesIO()
        writer.write(locked)
        if is_open:
            assert opened(locked.getvalue(), "a.pdf").text == PROSE
            return
        with pytest.raises(DocumentError, match="locked with a password"):
            opened(locked.getvalue(), "a.pdf")

    @given(st.integers(0, 900), st.binary(min_size=1, max_size=8), st.integers(10, 1200))
    def test_a_damaged_pdf_is_a_document_error_or_text(self, place: int, noise: bytes, length: int) -> None:
        whole = pdf(list(self.LINES))
        damaged = (whole[:place] + noise + whole[place + len(noise) :])[:length]
        try:
            assert opened(damaged, "a.pdf").text.strip()
        except DocumentError as error:
            assert error.remedy  # noqa: PT017  # either is right


class TestDocx:
    def test_paragraphs_tabs_breaks_and_tables(self) -> None:
        body = (
            docx_paragraph("A statement & more")
            + "<w:p><w:r><w:t>One </w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p><w:p/>"
            + f"<w:tbl><w:tr><w:tc>{docx_paragraph('State')}</w:tc><w:tc>{docx_paragraph('Hit')}</w:tc></w:tr></w:tbl>"
        )
        document = opened(docx(body), "a.docx")
        assert document.text == "A statement & more\n\nOne \ttwo\nthree\n\nState\tHit"
        assert document.media_type == DOCX

    def test_what_was_deleted_and_the_other_copy_of_a_text_box_are_not_text(self) -> None:
        box = "<w:txbxContent>" + docx_paragraph("boxed") + "</w:txbxContent>"
        body = (
            f"<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
            f"<mc:AlternateContent xmlns:mc='m'><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
            f"</mc:AlternateContent><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        )
        assert opened(docx(body), "a.docx").text == "boxed\n\nKept"

    def test_its_title_and_language_are_metadata(self) -> None:
        core = "<p xmlns:d='dc'><d:title>A  statement</d:title><d:language>en</d:language></p>"
        document = opened(docx(docx_paragraph(PROSE), core=core), "a.docx")
        assert (document.title, document.language) == ("A statement", "en")

    def test_entities_that_unfold_are_refused(self) -> None:
        prolog = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        with pytest.raises(DocumentError, match="document type"):
            opened(docx(docx_paragraph("x").replace("x", "&b;"), prolog=prolog), "a.docx")

    def test_a_part_that_unfolds_without_measure_is_refused(self) -> None:
        bomb = docx("<w:p>" + " " * 101_000_000 + "</w:p>")
        assert len(bomb) < 200_000
        with pytest.raises(DocumentError, match="unfolds to more than"):
            opened(bomb, "a.docx")

    def test_more_text_than_anybody_keeps_is_refused(self) -> None:
        with pytest.raises(DocumentError, match="5,000,000 characters"):
            opened(docx(docx_paragraph("word " * 1_100_000)), "a.docx")

    @given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
    def test_a_damaged_file_is_a_document_error_or_text(self, place: int, noise: bytes) -> None:
        whole = docx(docx_paragraph(PROSE))
        try:
            assert opened(whole[:place] + noise + whole[place + len(noise) :], "a.docx").text
        except DocumentError as error:
            assert error.remedy  # noqa: PT017  # either is right


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no text in it"),
        (b" \r\n\t\xc2\xa0", "no text in it"),
        (b"\xef\xbb\xbf", "no text in it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old or locked Office file"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"PK\x03\x04 nothing", "an archive"),
        (b"%PDF-1.7 and no more", "damaged"),
        (bytes(range(1, 32)) * 50, "no text: too many control characters"),
        (b"\x7fELF" + b"\x00\x01\x02" * 300, "no text: too many control characters"),
        (b"x" * (MOST_CHARACTERS + 1), "more than 5,000,000 characters"),
        (b"x" * (MOST_BYTES + 1), "more than 20,000,000 bytes"),
    ],
)
def test_what_is_no_document_is_sent_away_with_its_name_and_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says) as refused:
        opened(content, "given")
    assert refused.value.remedy
    assert str(refused.value.where) == "given"
