"""Runs tocsin's commands as an officer would type them, shows what they print, and keeps it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tocsin.errors import AskError

SHOWN_LINES = 24

Ask = Callable[[Sequence[str], Path], tuple[int, str]]
"""Runs ``tocsin`` with these words in that folder: the exit code, and what it printed on stdout."""


@dataclass(slots=True, kw_only=True)
class CommandLine:
    """Runs tocsin's commands in the demo's folder; each one's whole output is kept in ``output/``."""

    folder: Path
    ask: Ask
    show: Callable[[str], None]
    count: int = 0

    def run(self, *words: str) -> None:
        """Runs one command and shows its line and what it prints, long output cut."""
        self.count += 1
        kept = self.folder / "output" / f"{self.count:02d}-{words[0]}.txt"
        self.show(f"\n$ tocsin {' '.join(words)}")
        text = self.printed(*words)
        kept.write_text(text, encoding="utf-8")
        lines = text.splitlines()
        for line in lines[:SHOWN_LINES]:
            self.show(line)
        if len(lines) > SHOWN_LINES:
            self.show(f"… {len(lines) - SHOWN_LINES:,} more lines in {kept}")

    def printed(self, *words: str) -> str:
        """What one command prints on stdout; ``*`` in a word stands for the files that match. Raises ``AskError``."""
        code, text = self.ask([name for word in words for name in self._expanded(word)], self.folder)
        if code:
            raise AskError(
                f"'tocsin {shlex.join(words)}' ended with {code}",
                remedy=f"see what it said above, or run it again in {self.folder}",
            )
        return text

    def rows(self, *words: str) -> Iterator[Mapping[str, object]]:
        """The objects that a command with ``--format jsonl`` prints, a line each."""
        return (json.loads(line) for line in self.printed(*words).splitlines())

    def _expanded(self, word: str) -> list[str]:
        if "*" not in word:
            return [word]
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.glob(word))
