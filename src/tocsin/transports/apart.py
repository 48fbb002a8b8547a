"""Opens a document in a process of its own, within limits of time and memory.

A PDF and a Word file are programs of a kind: a small one may ask for work without end, by pages that share one heavy
part or by parts that unfold. Their libraries know some of these tricks, never all; so the process that opens one is
stopped when it takes too long or too much, and nothing else is touched. So is a text or page of more than a megabyte;
a smaller one is read in proportion to its length, and is opened here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress

from tocsin.errors import DocumentError
from tocsin.provenance import Pointer
from tocsin.record.codec import from_json, to_json
from tocsin.record.opening import Opened, is_packed, open_document

SECONDS = 120.0
MEGABYTES = 2_000
_SMALL = 1_000_000
_NO_MEMORY = 3
_REMEDY = "it may be made to stop whoever reads it: open it in a viewer, save its text, and add that"


def open_apart(
    content: bytes,
    *,
    source: str,
    content_type: str | None = None,
    charset: str | None = None,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Opened:
    """What ``open_document`` gives. Raises ``DocumentError`` too for a document that takes more than these limits."""
    if not is_packed(content) and len(content) <= _SMALL:
        return open_document(content, source=source, content_type=content_type, charset=charset)
    asked = {"source": source, "content_type": content_type, "charset": charset}
    head = json.dumps({"asked": asked, "seconds": seconds, "megabytes": megabytes}).encode()
    where = Pointer(source=source)
    # -P: whatever lies in the folder that one stands in is not taken for a module
    command = [sys.executable, "-P", "-m", "tocsin.transports.apart"]
    try:
        done = subprocess.run(  # noqa: S603  our own module, in the Python that runs this one
            command, input=head + b"\n" + content, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        what = f"this document was not opened within {seconds:g} seconds"
        raise DocumentError(what, where=where, remedy=_REMEDY) from None
    if done.returncode == _NO_MEMORY:
        raise DocumentError(
            f"this document takes more than {megabytes:,} MB of memory to open", where=where, remedy=_REMEDY
        )
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
        ended = f"signal {-done.returncode}" if done.returncode < 0 else f"exit status {done.returncode}"
        raise DocumentError(f"opening this document failed: {last or ended}", where=where, remedy=_REMEDY)
    return _told(json.loads(done.stdout), where)


def _told(answer: Mapping[str, object], where: Pointer) -> Opened:
    error = answer.get("error")
    if isinstance(error, dict):
        raise DocumentError(str(error["what"]), where=where, remedy=str(error["remedy"]))
    return from_json(answer, Opened)


def hold(seconds: float, megabytes: int) -> None:
    """Holds this process to the limits, also when whoever started it is gone; where the system knows none, not."""
    try:
        import resource
    except ImportError:
        return
    for of, wanted in ((resource.RLIMIT_CPU, int(seconds) + 1), (resource.RLIMIT_AS, megabytes * 1_000_000)):
        hard = resource.getrlimit(of)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)  # nobody may raise a hard limit
        with suppress(ValueError, OSError):  # some systems know a limit by name and take none
            resource.setrlimit(of, (most, most))


def _answer() -> int:
    """Reads the question and the document from stdin; writes what was opened, or the error, as JSON."""
    head = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    hold(head["seconds"], head["megabytes"])
    try:
        found = json.dumps(to_json(open_document(content, **head["asked"])))
    except DocumentError as error:
        found = json.dumps(error.as_json())
    except MemoryError:
        return _NO_MEMORY
    sys.stdout.write(found)
    return 0


if __name__ == "__main__":
    sys.exit(_answer())
