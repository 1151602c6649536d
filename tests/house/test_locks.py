"""The lock files hold what pyproject.toml asks for, once, with hashes."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
RUN, TEST = "requirements/run.txt", "requirements/test.txt"


def pins(lock: str) -> dict[str, str]:
    """Package names and their versions."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)
    assert len(dict(found)) == len(found), "one version of each package, on every Python"
    return {canonicalize_name(package): version for package, version in found}


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_every_package_is_pinned_with_hashes(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines
    assert [
        line for line in lines if not re.search(r"^[\w.-]+==\S+.* --hash=sha256:[0-9a-f]{64}", line)
    ] == []


def test_the_lock_to_run_is_part_of_the_lock_to_test():
    assert pins(RUN).items() <= pins(TEST).items()
    assert "pytest" not in pins(RUN)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (RUN, PROJECT["dependencies"]),
        (RUN, PYPROJECT["build-system"]["requires"]),
        (TEST, PROJECT["optional-dependencies"]["test"]),
    ],
)
def test_a_lock_satisfies_what_is_declared(lock: str, wanted: list[str]):
    locked = pins(lock)
    for requirement in map(Requirement, wanted):
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement}: run `make lock`"
