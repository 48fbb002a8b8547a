"""One page or file of the public web, fetched with care: by its address, within limits of time and size.

The address that a name stands for is looked up once, checked, and connected to, at every redirect anew: so no page
leads into the network of whoever asks. Every read counts against one deadline, whatever the server drips.
Sources: OWASP, "Server-Side Request Forgery Prevention"; RFC 9110, section 15.4 (redirects); RFC 6052, section 2.1
(IPv4 addresses within IPv6).
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import httpcore
import idna

import tocsin
from tocsin.errors import DocumentError
from tocsin.provenance import Pointer

_HEADERS = [(b"User-Agent", f"tocsin/{tocsin.__version__}".encode()), (b"Accept-Encoding", b"gzip")]
_ACCEPT = "text/html, application/pdf, text/plain, */*;q=0.5"
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT_IN_PATH = "/:?#[]@!$&'()*+,;=%~"
_LONGEST = 4000
_NAT64 = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        *("192.0.0.0/24", "192.88.99.0/24"),
        *("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "3fff::/20", "5f00::/16", "fec0::/10"),
    )
)
"""What some versions of Python count as global: translators' and other special blocks, in which a private address may
be carried. Source: IANA, special-purpose address registries; RFC 8215; RFC 4291, section 2.5.5.1."""
_REFUSALS = {
    401: ("asks for a name and password", "fetch it in a browser where you are signed in, and add the file"),
    403: ("refuses to give it", "fetch it in a browser, and add the file"),
    404: ("has no such page", "check the address, or look for a copy in a web archive"),
    410: ("no longer has it", "look for a copy in a web archive"),
    429: ("asks to come back later", "wait, then try again"),
    451: ("may not give it, for legal reasons", "look for it elsewhere, and add the file"),
}
_BY_HAND = "try again later, or fetch it in a browser and add the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long and how much: seconds to connect, between two reads and in all; bytes; redirects."""

    connect_seconds: float = 10
    read_seconds: float = 20
    total_seconds: float = 90
    most_bytes: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came, from which address in the end, and the type that its header states (with the charset, if any).

    ``is_measured``: the server said where the body ends. Where it did not, one that was cut off looks whole.
    """

    content: bytes
    address: str
    content_type: str | None
    is_measured: bool = True


class DeclinedError(DocumentError):
    """The server answered, with a status other than success.

    ``retry_after`` is what it says of when to come back: seconds or a date, as it stands.
    """

    def __init__(self, what: str, *, remedy: str, where: Pointer, status: int, retry_after: str | None) -> None:
        super().__init__(what, remedy=remedy, where=where)
        self.status = status
        self.retry_after = retry_after


def is_address(text: str) -> bool:
    """Whether this names something on the web, not a file."""
    return text.lower().startswith(("http://", "https://"))


def fetch(
    address: str, *, patience: Patience | None = None, allow_private: bool = False, accept: str = _ACCEPT
) -> Fetched:
    """What lies at ``address``, in a form that ``accept`` asks for. ``allow_private``: in a network of one's own too.

    Raises ``DocumentError``: no such address, no answer in time, a broken certificate, a status other than success
    (``DeclinedError``), a body cut off or larger than ``patience`` allows, too many redirects, an address that is not
    public.
    """
    allowed = patience or Patience()
    deadline = time.monotonic() + allowed.total_seconds
    network = _Network(deadline, allow_private=allow_private)
    seen = [address]
    with httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(), network_backend=network, max_keepalive_connections=0
    ) as pool:
        while len(seen) <= allowed.redirects + 1:
            found = _fetch_one(pool, _split(seen[-1]), allowed, accept)
            if isinstance(found, Fetched):
                return found
            seen.append(urljoin(seen[-1], found))
    raise _refused(address, f"redirects more than {allowed.redirects} times", "open it in a browser, and add the file")


def _fetch_one(pool: httpcore.ConnectionPool, url: SplitResult, patience: Patience, accept: str) -> Fetched | str:
    """What lies there, or the address it redirects to."""
    where = url.geturl()
    port = url.port or _PORTS[url.scheme]
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    request = httpcore.URL(scheme=url.scheme, host=_host(url), port=port, target=target)
    sent = [(b"Host", url.netloc.encode()), (b"Accept", accept.encode()), *_HEADERS]
    waits = {"connect": patience.connect_seconds, "read": patience.read_seconds, "write": patience.read_seconds}
    try:
        with pool.stream("GET", request, headers=sent, extensions={"timeout": waits}) as answer:
            headers = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
            if answer.status in _REDIRECTS and b"location" in headers:
                return headers[b"location"]
            if answer.status != 200:
                what, remedy = _REFUSALS.get(answer.status, ("does not give it", _BY_HAND))
                raise DeclinedError(
                    f"the server {what} (status {answer.status})",
                    remedy=remedy,
                    where=Pointer(source=where),
                    status=answer.status,
                    retry_after=headers.get(b"retry-after"),
                )
            encoding = headers.get(b"content-encoding", "identity").strip().lower()
            content = _gathered(_decoded(answer.iter_stream(), encoding, where), patience.most_bytes, where)
            return Fetched(
                content=content,
                address=where,
                content_type=headers.get(b"content-type"),
                is_measured=not headers.keys().isdisjoint((b"content-length", b"transfer-encoding")),
            )
    except httpcore.TimeoutException as fault:
        raise _refused(where, "the server did not answer in time", _BY_HAND) from fault
    except httpcore.RemoteProtocolError as fault:
        raise _refused(where, f"the answer is broken or was cut off: {fault}", _BY_HAND) from fault
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as fault:
        raise _unreachable(where, fault) from fault


class _Network(httpcore.NetworkBackend):
    """Connects to addresses that were checked, and lets nothing go on beyond the deadline."""

    def __init__(self, deadline: float, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Tries every public address of ``host``. Raises ``DocumentError`` when it has none."""
        found = _looked_up(host, port)
        public = [each for each in found if self._allow_private or is_public(each)]
        if not public:
            raise DocumentError(
                f"{host} is not on the public internet"
                if host == str(found[0])
                else f"{host} is {found[0]}, which is not on the public internet",
                remedy="if you mean your own network, add --allow-private",
            )
        for number, each in enumerate(public, 1):
            try:
                stream = self._plain.connect_tcp(
                    str(each), port, _left(self._deadline, timeout), local_address, socket_options
                )
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(public):
                    raise
        raise AssertionError("one address or an error")


class _Stream(httpcore.NetworkStream):
    """A connection of which no read or write goes on beyond the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is an address of the public internet; one that carries another within it is judged by that too."""
    if isinstance(address, IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(each is not None and not is_public(each) for each in inner):
            return False
    if any(address.version == network.version and address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast


def _looked_up(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [ip_address(str(address[0]).partition("%")[0]) for *_, address in found]
    except (socket.gaierror, UnicodeError) as fault:
        raise DocumentError(f"no server is called {host}", remedy="check the address and your connection") from fault


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline has passed")
    return left if timeout is None else min(timeout, left)


def _split(address: str) -> SplitResult:
    """The parts of an address as they are sent: without fragment, every other sign escaped."""
    try:
        url = urlsplit(quote(address.strip(), safe=_KEPT_IN_PATH) if address.isascii() else _ascii(address.strip()))
        if url.scheme not in _PORTS or not url.hostname or len(address) > _LONGEST or url.port == 0:
            raise ValueError("it must be http:// or https://, with a host")
        if url.username is not None or url.password is not None:
            raise ValueError("it holds a name or password")
    except ValueError as fault:
        raise _refused(address[:200], f"this is no address to fetch: {fault}", "check the address") from fault
    return url._replace(fragment="")


def _ascii(address: str) -> str:
    """The address with its host in Punycode and its path escaped."""
    url = urlsplit(address)
    try:
        host = idna.encode(url.hostname or "", uts46=True).decode()
    except idna.IDNAError as fault:
        raise ValueError(f"its host is none: {fault}") from fault
    netloc = f"{host}:{url.port}" if url.port else host
    if url.username is not None:
        raise ValueError("it holds a name or password")
    return quote(url._replace(netloc=netloc).geturl(), safe=_KEPT_IN_PATH)


def _host(url: SplitResult) -> str:
    return url.hostname or ""


def _decoded(blocks: Iterable[bytes], encoding: str, where: str) -> Iterator[bytes]:
    """The blocks unpacked, none larger than what the limit needs to see; a body may be of several packed parts."""
    if encoding in ("", "identity"):
        yield from blocks
        return
    if encoding not in ("gzip", "x-gzip"):
        raise _refused(where, f"it comes packed as {encoding[:40]!r}, which was not asked for", _BY_HAND)
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for block in blocks:
            while block:
                if unpacker.eof and not block.startswith(b"\x1f"):
                    return  # what follows is padding, and may be without end
                if unpacker.eof:
                    unpacker = zlib.decompressobj(wbits=31)
                yield unpacker.decompress(block, 1 << 20)
                block = unpacker.unused_data or unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as fault:
        raise _refused(where, f"it is packed wrongly: {fault}", _BY_HAND) from fault
    if not unpacker.eof:
        raise _refused(where, "the answer was cut off", _BY_HAND)


def _gathered(blocks: Iterable[bytes], most: int, where: str) -> bytes:
    content = bytearray()
    for block in blocks:
        content += block
        if len(content) > most:
            raise _refused(where, f"it is larger than {most:,} bytes", "save the text alone, and add that file")
    return bytes(content)


def _unreachable(where: str, fault: Exception) -> DocumentError:
    is_tls = isinstance(fault.__context__, ssl.SSLError) or isinstance(fault.__cause__, ssl.SSLError)
    if is_tls:
        return _refused(
            where, f"the server's certificate cannot be trusted: {fault}", "open it in a browser to see why"
        )
    return _refused(where, f"the server cannot be reached: {fault}", "check the address and your connection")


def _refused(where: str, what: str, remedy: str) -> DocumentError:
    return DocumentError(what, where=Pointer(source=where), remedy=remedy)
