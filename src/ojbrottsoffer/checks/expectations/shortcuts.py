"""What makes Great Expectations quicker without changing what it finds (tested)."""

from __future__ import annotations

import importlib.util
import marshal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def imported_on_use(*names: str) -> Iterator[None]:
    """Modules that are first imported here are run when something in them is first used."""

    class Finder:
        @staticmethod
        def find_spec(name: str, path: object = None, target: object = None):
            if name not in names or name in searching:
                return None
            searching.add(name)
            try:
                spec = importlib.util.find_spec(name)
            finally:
                searching.discard(name)
            if spec is not None:
                spec.loader = importlib.util.LazyLoader(spec.loader)
            return spec

    searching: set[str] = set()
    sys.meta_path.insert(0, Finder)
    try:
        yield
    finally:
        sys.meta_path.remove(Finder)


@contextmanager
def rules_read_once() -> Iterator[None]:
    """Great Expectations makes an expectation out of its configuration, and the other way round,
    each time either is read, 48,000 times for our rules, and turns the arguments of each measure
    into an id as often. What it makes does not change while the rules run.
    """
    from great_expectations.core.id_dict import IDDict
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    configuration_of, id_of = Expectation.configuration, IDDict.to_id
    expectation_of = ExpectationConfiguration.to_domain_obj
    # Identity -> what was made, and of what: kept so that the identity is not reused.
    configurations: dict[int, tuple] = {}
    expectations: dict[tuple[int, bytes], tuple] = {}
    ids: dict[bytes, object] = {}

    def configuration(expectation):
        if id(expectation) not in configurations:
            configurations[id(expectation)] = configuration_of.fget(expectation), expectation
        return configurations[id(expectation)][0]

    def to_domain_obj(configuration):
        content = _plain(configuration.kwargs)
        if content is None:
            return expectation_of(configuration)
        key = id(configuration), content
        if key not in expectations:
            expectations[key] = expectation_of(configuration), configuration
        return expectations[key][0]

    def to_id(arguments, id_keys=None, id_ignore_keys=None):
        chosen = id_keys is not None or id_ignore_keys is not None or arguments._id_ignore_keys
        content = None if chosen else _plain(arguments)
        if content is None:
            return id_of(arguments, id_keys, id_ignore_keys)
        if content not in ids:
            ids[content] = id_of(arguments)
        return ids[content]

    Expectation.configuration, IDDict.to_id = property(configuration), to_id
    ExpectationConfiguration.to_domain_obj = to_domain_obj
    try:
        yield
    finally:
        Expectation.configuration, IDDict.to_id = configuration_of, id_of
        ExpectationConfiguration.to_domain_obj = expectation_of


def _plain(arguments: dict) -> bytes | None:
    """What the arguments say, if they are numbers, texts and lists; else None."""
    try:
        return marshal.dumps(dict(arguments), 2)
    except ValueError:
        return None
