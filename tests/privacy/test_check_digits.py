"""Our own arithmetic says what python-stdnum's does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn as theirs
from stdnum.iso7064 import mod_97_10

from kcs.privacy.check_digits import luhn, mod_97


@given(st.text("0123456789", min_size=1, max_size=30))
def test_luhn_is_that_of_stdnum(digits: str) -> None:
    assert luhn(digits) == theirs.is_valid(digits)
    whole = digits + theirs.calc_check_digit(digits)
    assert luhn(whole) and theirs.is_valid(whole)


@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2),
    st.text("0123456789ABCXYZabcxyz ", min_size=11, max_size=30),
)
def test_an_ibans_check_digits_are_those_of_stdnum(country: str, rest: str) -> None:
    dense = rest.replace(" ", "").upper()
    digits = mod_97_10.calc_check_digits(dense + country)
    assert mod_97(country + digits + rest)
    wrong = f"{(int(digits) + 1) % 100:02}"
    assert not mod_97(country + wrong + rest) or mod_97_10.is_valid(dense + country + wrong)
