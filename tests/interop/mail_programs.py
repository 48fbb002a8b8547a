"""Real mail programs on loopback: Postfix as a relay, its smtp-sink, and Dovecot. They are started as root."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.transports.mail_servers import TLS

PASSWORD = "s3cret"
_MAIN = """\
compatibility_level = 3.6
queue_directory = {root}/spool
data_directory = {root}/data
mail_owner = postfix
myhostname = relay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
relayhost = [127.0.0.1]:{next_hop}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_cert_file = {tls}/server.pem
smtpd_tls_key_file = {root}/server.key
smtpd_tls_security_level = may
smtp_dns_support_level = disabled
minimal_backoff_time = 1s
queue_run_delay = 1s
maillog_file = {root}/log
maillog_file_prefixes = /var, /tmp
alias_maps =
"""
_DOVECOT = """\
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{tls}/server.pem
ssl_key = <{tls}/server.key
auth_mechanisms = plain
mail_location = maildir:{root}/mail/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={root}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


@dataclass(frozen=True, kw_only=True)
class Running:
    """Where a program listens, and its folder."""

    port: int
    root: Path


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def postfix(next_hop: int) -> Iterator[Running]:
    """A relay that sends everything on to a port of this machine."""
    with _folder() as root:
        port = free_port()
        for name in ("spool", "data", "etc"):
            (root / name).mkdir()
        shutil.chown(root / "data", "postfix")
        shutil.copy(TLS / "server.key", root / "server.key")
        (root / "server.key").chmod(0o600)
        (root / "etc" / "main.cf").write_text(_MAIN.format(root=root, tls=TLS, next_hop=next_hop))
        (root / "etc" / "master.cf").write_text("\n".join(_services(port)) + "\n")
        (root / "log").touch()
        _run("postfix", "-c", str(root / "etc"), "start")
        try:
            _wait(port, root / "log")
            yield Running(port=port, root=root)
        finally:
            _run("postfix", "-c", str(root / "etc"), "stop")


@contextmanager
def smtp_sink(*words: str) -> Iterator[Running]:
    """Postfix's server that takes everything and keeps nothing."""
    with _folder() as root:
        port = free_port()
        command = [_found("smtp-sink"), "-u", "postfix", *words, f"127.0.0.1:{port}", "1000"]
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL)
        try:
            _wait(port, root / "log")
            yield Running(port=port, root=root)
        finally:
            process.terminate()
            process.wait()


@contextmanager
def dovecot() -> Iterator[Running]:
    """An IMAP server with TLS; every name has a mailbox, and one password."""
    with _folder() as root:
        port = free_port()
        (root / "mail").mkdir()
        shutil.chown(root / "mail", "nobody", "nogroup")
        config = root / "dovecot.conf"
        config.write_text(_DOVECOT.format(root=root, tls=TLS, password=PASSWORD, port=port))
        _run("dovecot", "-c", str(config))
        try:
            _wait(port, root / "dovecot.log")
            yield Running(port=port, root=root)
        finally:
            _run("dovecot", "-c", str(config), "stop")


def put(box: Running, user: str, content: bytes, name: str) -> None:
    """Delivers a letter, as a mail server does."""
    folder = box.root / "mail" / user
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "new" / name).write_bytes(content)
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")


def _services(port: int) -> Iterator[str]:
    """What a relay needs of Debian's master.cf, outside of any chroot."""
    yield f"127.0.0.1:{port} inet n - n - - smtpd"
    rows = {
        "pickup": "unix n - n 60 1 pickup",
        "cleanup": "unix n - n - 0 cleanup",
        "qmgr": "unix n - n 300 1 qmgr",
        "tlsmgr": "unix - - n 1000? 1 tlsmgr",
        "rewrite": "unix - - n - - trivial-rewrite",
        "bounce": "unix - - n - 0 bounce",
        "defer": "unix - - n - 0 bounce",
        "trace": "unix - - n - 0 bounce",
        "flush": "unix n - n 1000? 0 flush",
        "proxymap": "unix - - n - - proxymap",
        "smtp": "unix - - n - - smtp",
        "relay": "unix - - n - - smtp",
        "error": "unix - - n - - error",
        "retry": "unix - - n - - error",
        "discard": "unix - - n - - discard",
        "anvil": "unix - - n - 1 anvil",
        "scache": "unix - - n - 1 scache",
        "postlog": "unix-dgram n - n - 1 postlogd",
    }
    yield from (f"{name} {row}" for name, row in rows.items())


@contextmanager
def _folder() -> Iterator[Path]:
    """One that the programs' own users may enter."""
    root = Path(tempfile.mkdtemp(prefix="tocsin-mail-", dir="/tmp"))
    root.chmod(0o755)
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _found(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/usr/lib/postfix/sbin"]))
    assert found, f"{name} is not here; run: make interop"
    return found


def _run(name: str, *words: str) -> None:
    with tempfile.TemporaryFile("w+") as said:  # a pipe would stay open in the server that is started
        done = subprocess.run([_found(name), *words], stdout=said, stderr=said, preexec_fn=_few_files)
        said.seek(0)
        assert done.returncode == 0, said.read()


def _few_files() -> None:
    """Each of Postfix's processes closes every file it might have: where a million are allowed, that takes minutes."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))


def _wait(port: int, log: Path) -> None:
    for _ in range(200):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text() if log.exists() else f"nothing listens on {port}")
