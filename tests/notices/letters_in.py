"""Letters as mail servers, machines and people write them. The words are our own; the forms are those of the RFCs."""

from __future__ import annotations

from base64 import b64encode

NUMBER = "abcdefghijklmnopqrstuvwx23"
GROUPED = "abcde-fghij-klmno-pqrst-uvwx2-3"
MESSAGE_ID = f"<{NUMBER}@cert.example>"
ADDRESS = "security@council.example"


def dsn(
    *, address: str = ADDRESS, action: str = "failed", original: str | None = None, about: str = MESSAGE_ID
) -> bytes:
    """A delivery report as RFC 3464 asks for."""
    first = f"Original-Recipient: rfc822; {original}\n" if original else ""
    return f"""\
From: Mail Delivery System <MAILER-DAEMON@mx.council.example>
To: cert@cert.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.council.example

{first}Final-Recipient: rfc822; {address}
Action: {action}
Status: {"4.4.1" if action == "delayed" else "5.1.1"}
Diagnostic-Code: smtp; 550 5.1.1 no mailbox of that name

--b
Content-Type: text/rfc822-headers

Message-ID: {about}
Subject: Your mail server

--b--
""".encode()


def letter(body: str = "We have updated it.\n", **headers: str) -> bytes:
    """A letter with these headers; ``In_Reply_To`` is written In-Reply-To."""
    given = {"From": "Jo Admin <jo@council.example>", "Subject": "Re: Your mail server", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
    return ("\n".join(lines) + '\nContent-Type: text/plain; charset="utf-8"\n\n' + body).encode()


def huge(megabytes: int) -> bytes:
    """A reply with a very large attachment."""
    blob = b64encode(b"\0" * 57) + b"\n"
    begin = letter(In_Reply_To=MESSAGE_ID).replace(
        b'Content-Type: text/plain; charset="utf-8"\n\n',
        b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n',
    )
    middle = b"\n--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"
    return begin + middle + blob * (megabytes * 1_000_000 // len(blob)) + b"--b--\n"
