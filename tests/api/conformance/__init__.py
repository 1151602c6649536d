"""The abstract tests of the standards that we declare, as we render them: one function for each.

Each is named by the address of its abstract test, and what it was found to be goes into docs/conformance.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., Any])

TESTED: set[str] = set()
"""The abstract tests that are rendered, such as `ogcapi-features-1/1.0/conf/core/fc-op`."""


def abstract(standard: str, *tests: str) -> Callable[[Test], Test]:
    """Mark a function as the rendering of some abstract tests of a standard: `core/fc-op`."""

    def named(function: Test) -> Test:
        function.abstract = [f"{standard}/1.0/conf/{one}" for one in tests]  # type: ignore[attr-defined]
        TESTED.update(function.abstract)  # type: ignore[attr-defined]
        return function

    return named
