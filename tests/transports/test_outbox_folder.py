"""One contract for whatever carries notices, and what is the folder's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from pathlib import Path

import pytest
from tests.transports.mail_servers import MailServer, Script

from tocsin.errors import WorkspaceError
from tocsin.notices.delivery import Carrier, LeaseLostError, Outcome, Parcel
from tocsin.transports.outbox_folder import FolderCarrier
from tocsin.transports.smtp import SmtpCarrier, SmtpServer


def parcel(number: str) -> Parcel:
    content = f"Message-ID: <{number}@cert.example>\r\n\r\nUpdate it.\r\n.\r\n..dots\r\n".encode()
    return Parcel(
        number=number,
        message_id=f"<{number}@cert.example>",
        sender="cert@cert.example",
        recipient="it@council.example",
        content=content,
    )


@dataclass(kw_only=True)
class Way:
    """A carrier, and what has arrived at the other end of it, as bytes."""

    make: Callable[[], FolderCarrier | SmtpCarrier]
    arrived: Callable[[], list[bytes]]

    def run(self, act: Callable[[Carrier], Awaitable[None]]) -> None:
        async def go() -> None:
            carrier = self.make()
            await act(carrier)
            await carrier.close()

        asyncio.run(go())


@pytest.fixture(params=["folder", "smtp"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    if request.param == "folder":
        folder = tmp_path / "outbox"
        yield Way(make=lambda: FolderCarrier(folder), arrived=lambda: [p.read_bytes() for p in folder.glob("*.eml")])
        return
    script = Script()
    with MailServer(script) as server:
        settings = SmtpServer(host="127.0.0.1", port=server.port, security="none", timeout=5)
        yield Way(make=lambda: SmtpCarrier(settings), arrived=lambda: [taken.content for taken in script.taken])


def test_what_is_accepted_has_arrived_as_it_was(way: Way) -> None:
    async def act(carrier: Carrier) -> None:
        receipt = await carrier.carry(parcel("a"), handing=_nothing)
        assert receipt.outcome is Outcome.ACCEPTED

    way.run(act)
    assert way.arrived() == [parcel("a").content]


def test_handing_is_awaited_once_and_before_anything_arrives(way: Way) -> None:
    seen = list[int]()

    async def look() -> None:
        await asyncio.sleep(0.05)
        seen.append(len(way.arrived()))

    async def act(carrier: Carrier) -> None:
        await carrier.carry(parcel("a"), handing=look)

    way.run(act)
    assert seen == [0]


def test_when_handing_raises_nothing_arrives_and_the_next_one_goes(way: Way) -> None:
    async def lost() -> None:
        raise LeaseLostError

    async def act(carrier: Carrier) -> None:
        with pytest.raises(LeaseLostError):
            await carrier.carry(parcel("a"), handing=lost)
        await carrier.carry(parcel("b"), handing=_nothing)

    way.run(act)
    assert way.arrived() == [parcel("b").content]


def test_many_at_once_arrive_once_each(way: Way) -> None:
    async def act(carrier: Carrier) -> None:
        await asyncio.gather(*(carrier.carry(parcel(f"n{count}"), handing=_nothing) for count in range(12)))

    way.run(act)
    found = sorted(str(message_from_bytes(content)["Message-ID"]) for content in way.arrived())
    assert found == sorted(f"<n{count}@cert.example>" for count in range(12))


def test_it_says_whether_it_has_one_or_that_it_cannot_tell(way: Way) -> None:
    async def act(carrier: Carrier) -> None:
        before = carrier.has_taken("a")
        await carrier.carry(parcel("a"), handing=_nothing)
        assert (before, carrier.has_taken("a")) in ((False, True), (None, None))

    way.run(act)


def test_a_file_that_is_there_is_never_written_again(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path / "outbox")
    asyncio.run(carrier.carry(parcel("a"), handing=_nothing))
    again = asyncio.run(carrier.carry(replace(parcel("a"), content=b"another"), handing=_nothing))
    assert again.outcome is Outcome.ACCEPTED
    assert "was written before" in again.text
    [path] = (tmp_path / "outbox").iterdir()
    assert path.read_bytes() == parcel("a").content


def test_folder_and_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    asyncio.run(FolderCarrier(tmp_path / "outbox").carry(parcel("a"), handing=_nothing))
    assert (tmp_path / "outbox").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "outbox" / "a.eml").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_says_nothing_of_the_notice(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file")
    receipt = asyncio.run(FolderCarrier(tmp_path / "outbox").carry(parcel("a"), handing=_nothing))
    assert receipt.outcome is Outcome.NO_WAY


def test_a_number_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no notice's number"):
        FolderCarrier(tmp_path).has_taken("../../etc/passwd")


async def _nothing() -> None:
    """What is awaited before the message leaves."""
