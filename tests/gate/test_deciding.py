"""A rule is not run again on what it has been run on; on anything else it is."""

from __future__ import annotations

import itertools

import pandas as pd

from ojbrottsoffer.checks.expectations import validate
from ojbrottsoffer.checks.expectations.deciding import Deciding

KEY = "indikator_id"
TEXTS = pd.Series(["a", "b", "c", None], dtype="str")
FRAME = pd.DataFrame(
    {
        KEY: pd.Series(["k1", "k2", "k3", "k4"], dtype="str"),
        "text": TEXTS,
        "annan": TEXTS,
        "tal": pd.array([1, 2, 2, None], dtype="Int64"),
        "_hjalp": [None, None, "x", None],
    }
)
NULLITY = {"column": {"name": "text"}, "is_null": False, "type": "nullity"}
IS_TWO = {"column": {"name": "tal"}, "operator": "==", "parameter": 2, "type": "comparison"}
RULES = [
    {"id": str(number), "type": f"expect_{kind}", "kwargs": kwargs, "meta": {}}
    for number, (kind, kwargs) in enumerate(
        [
            ("column_values_to_not_be_null", {"column": "text"}),
            ("column_values_to_be_null", {"column": "_hjalp"}),
            ("column_values_to_be_in_set", {"column": "text", "value_set": ["a", "b", "c"]}),
            ("column_values_to_be_in_set", {"column": "text", "value_set": {"$PARAMETER": "kanda"}}),
            ("column_values_to_be_between", {"column": "tal", "min_value": 1, "max_value": 2}),
            ("column_values_to_match_regex", {"column": "text", "regex": "^[abc]$"}),
            ("column_value_lengths_to_be_between", {"column": "text", "max_value": 1}),
            ("column_values_to_be_unique", {"column": KEY}),
            ("compound_columns_to_be_unique", {"column_list": ["text", "tal"]}),
            (
                "column_pair_values_to_be_equal",
                {"column_A": "text", "column_B": "annan", "ignore_row_if": "both_values_are_missing"},
            ),
            ("column_values_to_not_be_null", {"column": "tal", "row_condition": NULLITY}),
            (
                "column_values_to_be_in_set",
                {"column": "annan", "value_set": ["b", "c"], "row_condition": IS_TWO},
            ),
            ("column_distinct_values_to_equal_set", {"column": "text", "value_set": ["a", "b", "c"]}),
            ("table_row_count_to_equal", {"value": 4}),
        ]
    )
]
KNOWN = {"kanda": ["a", "b", "c"]}


def with_cell(column: str, row: int, value: object) -> pd.DataFrame:
    frame = FRAME.copy()
    frame.loc[row, column] = value
    return frame


CHANGED = [
    FRAME,
    FRAME.iloc[::-1].reset_index(drop=True),
    FRAME.iloc[:3],
    pd.concat([FRAME, FRAME], ignore_index=True),
    with_cell("text", 0, "b"),
    with_cell("text", 0, "q"),
    with_cell("text", 0, "aa"),
    with_cell("text", 0, None),
    with_cell("text", 3, "a"),
    with_cell("annan", 1, "q"),
    with_cell("annan", 0, "q"),
    with_cell("tal", 0, 2),
    with_cell("tal", 0, None),
    with_cell("tal", 1, 9),
    with_cell("_hjalp", 2, None),
    with_cell("_hjalp", 2, "y"),
    with_cell("_hjalp", 0, "x"),
    with_cell(KEY, 2, "k9"),
    with_cell(KEY, 0, "k2"),
]


def test_what_is_decided_alike_is_said_alike():
    """Great Expectations itself says the same of every two tables that a rule is not run twice on."""
    said: dict[tuple[str, str], list] = {}
    for frame, known in [(frame, KNOWN) for frame in CHANGED] + [(FRAME, {"kanda": ["a", "b"]})]:
        deciding = Deciding(frame, known, [KEY])
        outcomes = validate._outcomes("indikatorer", RULES, frame, known)
        for rule in RULES:
            outcome = outcomes[rule["id"]]
            assert not outcome.error, outcome.error
            decided = deciding.passing(rule) if outcome.success else deciding.finding(rule)
            said.setdefault((rule["id"], decided), []).append((outcome.tested, outcome.success, outcome.rows))
            other = deciding.finding(rule) if outcome.success else deciding.passing(rule)
            assert (rule["id"], other) not in said, "ett annat utfall hade återanvänts"
    for (number, _), outcomes in said.items():
        assert all(one == outcomes[0] for one in outcomes), RULES[int(number)]
    shared = {number for (number, _), outcomes in said.items() if len(outcomes) > 1}
    assert shared >= {rule["id"] for rule in RULES if rule["type"] != "expect_compound_columns_to_be_unique"}


def test_types_that_look_alike_are_told_apart():
    rule = {
        "id": "1",
        "type": "expect_column_values_to_be_in_set",
        "kwargs": {"column": "a", "value_set": [1]},
        "meta": {},
    }
    columns = [
        pd.Series(values, dtype=dtype)
        for values, dtype in (
            (["1"], "str"),
            ([1], "Int64"),
            ([1], "int64"),
            ([1.0], "float64"),
            ([True], "boolean"),
            (["1"], object),
            ([1], object),
            ([1.0], object),
            ([True], object),
            ([None], object),
            ([None], "str"),
            ([None], "Int64"),
        )
    ]
    decided = [Deciding(pd.DataFrame({"a": column}), {}, []).passing(rule) for column in columns]
    assert all(a != b for a, b in itertools.combinations(decided, 2))
