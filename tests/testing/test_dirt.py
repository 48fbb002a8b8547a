from __future__ import annotations

import csv
import io

import numpy as np
import pyarrow as pa

from tocsin.testing.dirt import HOSTILE_TEXTS, broken_lines, splice_places, spoil_texts, write_rows

HEADER = ("timestamp", "ip", "port", "tag")


def test_a_few_texts_become_hostile_and_the_rest_stay() -> None:
    texts = spoil_texts(["EX0001"] * 20_000, np.random.default_rng(1))
    assert set(texts) == {"EX0001", *HOSTILE_TEXTS}
    assert texts.count("EX0001") > 19_000


def test_every_kind_of_broken_line_is_there() -> None:
    lines = [line.decode() for line in broken_lines(HEADER, 10, np.random.default_rng(1))]
    assert len(lines) == 9
    assert sum(line.count('"') % 2 for line in lines) == 2, "two are never closed"
    assert not any("\n" in line for line in lines)


def test_good_rows_stand_in_order_between_the_broken_ones() -> None:
    rng = np.random.default_rng(1)
    table = pa.table({"n": [str(number) for number in range(50)]})
    data = write_rows(table, [b"broken"] * 5, splice_places(50, 5, rng))
    read = [row["n"] for row in csv.DictReader(io.StringIO(data.decode()))]
    assert read.count("broken") == 5
    assert [row for row in read if row != "broken"] == table["n"].to_pylist()
