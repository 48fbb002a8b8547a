"""How data travels: a path or an address comes in, blocks of the file's content or the page's bytes go out."""

from tocsin.transports.files import STDIN, Limits, Member, open_members
from tocsin.transports.web import Fetched, Patience, fetch, is_address

__all__ = ["STDIN", "Fetched", "Limits", "Member", "Patience", "fetch", "is_address", "open_members"]
