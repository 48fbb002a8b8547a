"""Small files of every kind that the record opens, made by hand: a page, a PDF, a Word document."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

PROSE = "The Ministry of Examples said that the Example Mail Server had been broken into by a group in March."
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<main><article>{body}</article></main><footer>All rights of Example Times</footer></body></html>"""


def html_page(body: str = f"<p>{PROSE}</p>", *, head: str = "", title: str = "A statement") -> bytes:
    """A page with a menu and a footer around ``body``."""
    return _PAGE.format(body=body, head=head, title=title).encode()


def docx(body: str, *, core: str | None = None, prolog: str = "") -> bytes:
    """A Word document with this content of ``w:body``."""
    xml = f'{prolog}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", xml)
        if core is not None:
            parts.writestr("docProps/core.xml", core)
    return file.getvalue()


def docx_paragraph(text: str) -> str:
    """One paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def pdf(*pages: list[tuple[float, float, str]], title: str = "") -> bytes:
    """A PDF whose pages have these lines, each with its height on the page and its size of type."""
    objects = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"BT /F1 %g Tf 1 0 0 1 72 %g Tm (%b) Tj ET\n" % (size, height, _pdf_text(text))
            for height, size, text in lines
        )
        objects.append(b"<< /Length %d >> stream\n%b\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< /Title (%b) >>" % _pdf_text(title))
    return pdf_of_objects(objects)


def _pdf_text(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def pdf_of_objects(objects: list[bytes]) -> bytes:
    """A PDF of these objects: the first is the catalogue, the last its information."""
    content, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
        + b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (count, len(objects), len(content))
    )
