"""How notices are sent: the policy of one workspace, with defaults that hurt nobody."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What, to whom, how often.

    ``unchanged_days``: no notice about unchanged findings within so many days of the last one; then a reminder, by
    another channel or contact only. ``deadline_days``: by when it asks to be fixed. ``opens`` and ``closes``: the hours
    in which mail goes, on business days of the recipient's country (in its time zone where it has just one; else UTC).
    ``in_all_per_minute`` and ``per_domain_per_minute``: rates. ``approve_above``: a plan of more notices, together
    with what its maker approved alone within a day, needs a second person. ``rows_in_body``: findings in the letter
    itself; all are attached. ``most_reminders``: then a person takes over. ``token_days``: for so long a link in a
    notice takes an answer. ``waves_within_days``: the most by which a random order may delay a notice.
    """

    unchanged_days: int = 14
    deadline_days: int = 7
    opens: time = time(8, 0)
    closes: time = time(18, 0)
    business_days_only: bool = True
    in_all_per_minute: int = 600
    per_domain_per_minute: int = 60
    approve_above: int = 50
    rows_in_body: int = 25
    most_reminders: int = 3
    token_days: int = 90
    waves_within_days: int = 7

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, int) and not isinstance(value, bool) and value < 0:
                raise ValueError(f"{field.name} is below nothing")
        if self.in_all_per_minute < 1 or self.per_domain_per_minute < 1:
            raise ValueError("a rate of none a minute sends nothing, ever")
        if self.opens >= self.closes:
            raise ValueError("'opens' is not before 'closes'")

    def as_json(self) -> dict[str, object]:
        return {name: str(value) if isinstance(value, time) else value for name, value in asdict(self).items()}
