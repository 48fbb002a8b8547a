"""Text from outside, made plain."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.notices.plain import plain, without_paths


@given(st.text())
def test_whatever_comes_in_one_line_without_steering_signs_goes_out(text: str) -> None:
    made = plain(text, 80)
    assert len(made) <= 80
    assert made == made.strip()
    assert all(category(sign)[0] != "C" and category(sign) not in ("Zl", "Zp") for sign in made)


def test_words_stay_words() -> None:
    assert plain("Example\r\nBcc: all@example.org") == "Example Bcc: all@example.org"
    assert plain("a\u202eb\x00c") == "a b c"


@pytest.mark.parametrize(
    "told",
    [
        "found at http://192.0.2.18/aspnet_client/supp0rt.aspx",
        "url: /owa/auth/x.aspx; category: webshell",
        "aspnet_client/x.aspx?cmd=1",
        r"\inetpub\wwwroot\x.aspx",
        "HTTPS://mail.council.example/ecp/y.js",
    ],
)
def test_no_path_is_left(told: str) -> None:
    left = without_paths(told)
    assert ".aspx" not in left
    assert "ecp" not in left
    assert "only in encrypted mail" in left


def test_what_is_no_path_stays() -> None:
    words = "15.1.2106.2 is older than 15.1.2106.13 (TCP/443 and/or 2001:db8::/32)"
    assert without_paths(words) == words
