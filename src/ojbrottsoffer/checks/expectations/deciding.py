"""What decides what a rule says, as digests: a rule need not be run again on the same.

Most rules look at each row for itself. Such a rule passes whatever the order and number of the
rows, as long as no row has values that it has not passed before; a changed answer seldom does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

NULLS = {"expect_column_values_to_not_be_null", "expect_column_values_to_be_null"}
"""Expectations that only ask where a value is missing."""
OF_EACH_ROW = NULLS | {
    "expect_column_values_to_be_in_set",
    "expect_column_values_to_be_between",
    "expect_column_values_to_match_regex",
    "expect_column_value_lengths_to_be_between",
    "expect_column_distinct_values_to_equal_set",
    "expect_column_pair_values_to_be_equal",
    "expect_column_pair_values_a_to_be_greater_than_b",
}
"""Expectations that hold or not whatever the order and number of the values, also with a
condition on the row (the column it names is among the columns read)."""


def digest(about: object) -> str:
    return hashlib.sha256(repr(about).encode()).hexdigest()


@dataclass(frozen=True)
class Content:
    """A column as numbers: which of its different `values`, as text, stands on each row."""

    dtype: str
    values: list[str]
    codes: np.ndarray

    @cached_property
    def digest(self) -> str:
        return digest((self.dtype, self.values, hashlib.sha256(self.codes.tobytes()).hexdigest()))


def content(column: pd.Series) -> Content:
    dtype = str(column.dtype)
    if dtype == "object":  # where 1, 1.0 and True are not the same
        column = column.map(repr)
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return Content(
        dtype, [repr(value) for value in np.asarray(values, dtype=object).tolist()], codes.astype(np.int64)
    )


class Deciding:
    """What decides what the rules say of one table."""

    def __init__(self, frame: pd.DataFrame, parameters: dict[str, object], located: Iterable[str]):
        """`located`: the columns that tell a finding's place."""
        self.frame, self.parameters = frame, parameters
        self.located = [name for name in located if name in frame.columns]
        self._contents: dict[str, Content] = {}
        self._empties: dict[str, np.ndarray] = {}

    def _content(self, name: str) -> Content:
        if name not in self._contents:
            self._contents[name] = content(self.frame[name])
        return self._contents[name]

    def _empty(self, name: str) -> np.ndarray:
        if name not in self._empties:
            self._empties[name] = self.frame[name].isna().to_numpy()
        return self._empties[name]

    def passing(self, rule: dict) -> str:
        """Decides whether the rule holds, and how many rows it has tested."""
        about, read = self._about(rule)
        if rule["type"] not in OF_EACH_ROW or "mostly" in rule["kwargs"]:
            return digest(("holds", about, self._whole(read)))
        condition = rule["kwargs"].get("row_condition")
        if condition is None and rule["type"] in NULLS:
            return digest(("holds", about, self._missing(read)))
        nullity = isinstance(condition, dict) and condition.get("type") == "nullity"
        counted = [] if condition is None or nullity else read
        return digest(
            ("holds", about, self._missing(read), self._rows(read), self._rows(counted, with_numbers=True))
        )

    def finding(self, rule: dict) -> str:
        """Decides everything that the rule's findings say: the rows' keys and places too."""
        about, read = self._about(rule)
        if rule["type"] == "expect_column_values_to_be_null" and len(read) == 1:
            rows = np.flatnonzero(~self._empty(read[0]))
            told = self.frame.iloc[rows][list(dict.fromkeys([*read, *self.located]))]
            return digest(("finds", about, rows.tolist(), [content(told[name]).digest for name in told]))
        return digest(("finds", about, self._whole(read), self._whole(self.located)))

    def _about(self, rule: dict) -> tuple[object, list[str]]:
        """The rule with what it compares with, and the columns it reads."""
        text = json.dumps(rule["kwargs"], ensure_ascii=False, sort_keys=True)
        read = [name for name in self.frame.columns if f'"{name}"' in text]
        used = {key: value for key, value in self.parameters.items() if f'"{key}"' in text}
        return (rule, len(self.frame), used), read

    def _whole(self, read: list[str]) -> list[tuple[str, str]]:
        return [(name, self._content(name).digest) for name in read]

    def _missing(self, read: list[str]) -> list:
        """How many rows lack each combination of the columns: what is tested is decided by it."""
        masks = [self._empty(name) for name in read]
        patterns = sum(
            (mask.astype(np.int64) << n for n, mask in enumerate(masks)), np.zeros(len(self.frame), np.int64)
        )
        return [read, [part.tolist() for part in np.unique(patterns, return_counts=True)]]

    def _rows(self, read: list[str], with_numbers: bool = False) -> list[tuple]:
        """The different rows of some columns, in an order of their own."""
        contents = [self._content(name) for name in read]
        codes = np.zeros(len(self.frame), np.int64)
        for one in contents:
            codes = pd.factorize(codes * (len(one.values) or 1) + one.codes)[0].astype(np.int64)
        _, first, numbers = np.unique(codes, return_index=True, return_counts=True)
        return sorted(
            (
                *((one.dtype, one.values[one.codes[row]]) for one in contents),
                int(number) if with_numbers else 0,
            )
            for row, number in zip(first.tolist(), numbers.tolist(), strict=True)
        )
