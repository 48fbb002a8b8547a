"""kill -9 at any moment, again and again: no notice is lost and none goes twice. Counted at the server."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.queued import NOW, PLAN, number_of
from tests.tasks.notified import clock_from, make_workspace, sent
from tests.transports.mail_servers import MailServer, Script

from tocsin.store.audit import verify
from tocsin.store.desk import open_desk
from tocsin.store.outbox_state import counts, settle, uncertain_ones
from tocsin.store.workspace import Workspace

ROOT = Path(__file__).parents[2]
MANY = [f"it@o{count}.example" for count in range(240)]
ROUNDS = 8


@pytest.mark.parametrize("senders", [1, 2])
def test_kill_9_in_many_rounds_loses_nothing_and_repeats_nothing(tmp_path: Path, senders: int) -> None:
    chance = random.Random(senders)
    script = Script(waits=lambda: chance.random() * 0.04)
    killed = 0
    with MailServer(script) as server:
        workspace = make_workspace(tmp_path / "w", MANY, port=server.port, timeout=10)
        for number in range(ROUNDS):
            goal = len(script.taken) + chance.randrange(5, 30)
            killed += _killed(
                workspace, number, senders, lambda goal=goal: len(script.taken) >= goal, chance.random() * 0.05
            )
        after = sent(workspace, clock=clock_from(hours=ROUNDS + 1))
        assert set(after.queue) <= {"done", "uncertain"}, "nobody waits, nobody failed"
        assert max(_times(script).values()) == 1, "none twice, before anybody looked"
        assert killed, "no sender was killed in time"
        _settled_by_the_servers_log(workspace, script)
        sent(workspace, clock=clock_from(hours=ROUNDS + 2))
        assert counts(open_desk(workspace.desk_url), PLAN) == {"done": len(MANY)}
    assert _times(script) == Counter(f"<{number_of(count)}@cert.example>" for count in range(len(MANY)))
    assert verify(open_desk(workspace.desk_url)).broken is None


def test_kill_9_while_writing_into_the_folder_needs_nobody(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", MANY)
    outbox = tmp_path / "w" / "outbox"
    for number in range(4):
        goal = 10 + 40 * number
        _killed(workspace, number, 1, lambda goal=goal: len(list(outbox.glob("*.eml"))) >= goal, 0.0)
    assert sent(workspace, clock=clock_from(hours=9)).queue == {"done": len(MANY)}
    assert len(list(outbox.glob("*.eml"))) == len(MANY)


def _times(script: Script) -> Counter[str]:
    return Counter(taken.message_id for taken in script.taken)


def _settled_by_the_servers_log(workspace: Workspace, script: Script) -> None:
    """What a person does with the uncertain ones: looks each up at the server."""
    desk, there = open_desk(workspace.desk_url), _times(script)
    for number, _, message_id, _ in uncertain_ones(desk):
        assert settle(
            desk,
            number,
            was_sent=message_id in there,
            reason="looked up in the server's log",
            author="A. Officer",
            deadline=timedelta(hours=48),
            now=NOW + timedelta(hours=ROUNDS + 1),
        )


def _killed(workspace: Workspace, hours: int, senders: int, is_time: Callable[[], bool], wait: float) -> int:
    """Starts senders and kills them without warning; how many had not ended by themselves."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [sys.executable, "-m", "tests.tasks.killed_sender", str(workspace.root), str(hours)]
    processes = [
        subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, cwd=ROOT, stdout=subprocess.DEVNULL)
        for _ in range(senders)
    ]
    patience = time.monotonic() + 60
    while not is_time() and time.monotonic() < patience and any(each.poll() is None for each in processes):
        time.sleep(0.002)
    time.sleep(wait)
    for each in processes:
        each.send_signal(signal.SIGKILL)
    return sum(each.wait() == -signal.SIGKILL for each in processes)
