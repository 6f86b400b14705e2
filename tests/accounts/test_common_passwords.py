"""Which passwords are too common: by rule, and many more than the 3,000 that OWASP ASVS 5.0 (V6.2.4) asks for."""

import time
from itertools import product

import pytest

from app.accounts.passwords import SHORTEST, WORDS_FILE, check_password, is_common
from app.core.errors import Refused

# What people put behind a word, and between the same word said twice.
BEHIND = ["", "1", "12", "123", "1234", "12345", "123456", "!", "1!", "123!", "01", "69", "007", "1999", "2026!"]

MADE_LIKE_THAT = [
    "password12", "Password123!", "passw0rd123", "P@ssw0rd2024", "1234567890", "9876543210", "0123456789",
    "07700900123", "01/02/1990", "qwertyuiop", "1q2w3e4r5t", "q1w2e3r4t5", "1qaz2wsx3edc", "zaq12wsxcde3",
    "!qaz2wsx3edc", "asdfghjkl;", "asdfasdfasdf", "123qwe123qwe", "a1b2c3d4e5", "abcdefghij", "abcabcabcabc",
    "iloveyou12", "letmein123", "drowssap123", "michael1985", "charlie.2019", "princess!!!", "passwordpassword",
    "password1password", "liverpool1892", "i-love-you-1", "123456789a", "aaaaaaaaaaaa", "abababababab",
    "1212121212", "sunshines99",
]  # fmt: skip
OF_ONES_OWN = [
    "three plain words", "correct horse battery", "purple teapot evening", "marmalade on toast", "gx7!Kq29vLpz",
    "Sam walks on Tuesdays", "kettle4lemonbus", "quiet-otter-3-lamps", "bicycleteapot", "Vw9#tRz2!pQm",
    "une tasse de thé", "дождь и чайник", "雨の日は紅茶を飲みます",
]  # fmt: skip


def common_words():
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return sorted({word for line in lines if not line.startswith("#") for word in line.split()})


def test_far_more_than_three_thousand_are_refused():
    made = {word + end for word, end in product(common_words(), BEHIND) if len(word + end) >= SHORTEST}
    made |= {word.title() + end for word, end in product(common_words(), BEHIND) if len(word + end) >= SHORTEST}
    assert len(made) > 10_000
    assert [password for password in sorted(made) if not is_common(password)] == []


@pytest.mark.parametrize("password", MADE_LIKE_THAT)
def test_what_is_made_as_the_commonest_are_is_refused_with_a_sentence(password):
    with pytest.raises(Refused, match="easy to guess"):
        check_password(password)


@pytest.mark.parametrize("password", OF_ONES_OWN)
def test_words_of_ones_own_are_taken(password):
    check_password(password)


def test_the_longest_password_is_looked_at_at_once():
    started = time.perf_counter()
    for password in ("ab1" * 66, "password" * 25, "x y" * 66, "\u00e9" * 200):
        is_common(password)
    assert time.perf_counter() - started < 1


def test_a_word_that_is_taken_off_the_list_is_noticed(monkeypatch):
    monkeypatch.setattr("app.accounts.passwords._common_words", lambda: frozenset(common_words()) - {"liverpool"})
    assert not is_common("liverpool1892")
