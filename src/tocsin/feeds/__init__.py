"""What was seen: bytes of a scan report go in, observations and rejected rows with their lines come out."""

from tocsin.feeds.blocks import RawChunk, peek
from tocsin.feeds.chunks import Chunk
from tocsin.feeds.mapping import COVERAGES, FeedMapping, read_mapping
from tocsin.feeds.readers import Reader, choose_reader
from tocsin.feeds.recipe import Scope

__all__ = ["COVERAGES", "Chunk", "FeedMapping", "RawChunk", "Reader", "Scope", "choose_reader", "peek", "read_mapping"]
