"""What we tell: findings gathered per constituent into notices, letters, and what became of each."""

from tocsin.notices.notice import Item, Kind, Notice, Plan, Recipient, Withheld
from tocsin.notices.policy import Policy
from tocsin.notices.state import Event, Standing

__all__ = ["Event", "Item", "Kind", "Notice", "Plan", "Policy", "Recipient", "Standing", "Withheld"]
