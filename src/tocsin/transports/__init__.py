"""How data travels: a path comes in, blocks of the file's content go out."""

from tocsin.transports.files import STDIN, Limits, Member, open_members

__all__ = ["STDIN", "Limits", "Member", "open_members"]
