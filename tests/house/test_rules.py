"""The rules of the house: small explained files, documented settings, nothing from strangers."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

import geo
from geo.settings import Settings
from tests.conftest import ROOT

CODE = sorted((ROOT / "geo").rglob("*.py"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
INSTALLERS = [
    ROOT / "Makefile",
    ROOT / ".ci" / "run",
    *sorted((ROOT / "scripts").glob("*.sh")),
    *sorted((ROOT / "requirements").glob("*")),
]
WEB = [
    path
    for folder in ("geo/maps", "geo/ui")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".js", ".css", ".html", ".svg"}
]
STRANGERS = re.compile(
    r"cdn\.|cdnjs|unpkg|jsdelivr|googleapis|gstatic|bootstrapcdn|tile\.openstreetmap|cartocdn"
)
LOADED = re.compile(
    r"""(\bsrc\s*=|\burl\(|\bfetch\(|@import|\bimport\(|\bfrom|<link\b[^>]*\bhref\s*=)"""
    r"""\s*["'(`]*\s*(https?:)?//"""
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    """The files under version control, or those that would be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    return [path for one in listed.split("\0") if one and (path := ROOT / one).is_file()]


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_file_has_one_noun_and_fits_in_350_lines(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_module_says_what_may_happen_in_it(path: Path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_app_is_under_40_lines():
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < 40


@pytest.mark.parametrize("variable", [row[0] for row in Settings().describe()])
def test_a_setting_is_documented(variable: str):
    assert any(f"`{variable}`" in page.read_text(encoding="utf-8") for page in PAGES if page.exists())


@pytest.mark.parametrize("path", WEB, ids=name)
def test_a_page_loads_nothing_from_strangers(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not STRANGERS.search(text)
    assert not LOADED.search(text)


def test_no_file_names_the_machine_it_was_written_on():
    here = [folder for folder in (ROOT, ROOT.parent / "shared", Path.home()) if folder != Path("/")]
    paths = [*(re.escape(str(folder)) for folder in here), r"/home/\w+", r"/Users/\w+"]
    machine = re.compile(rf"(?<![\w./-])({'|'.join(paths)})/")
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # binary
        found += [f"{name(path)}: {match.group()}" for match in machine.finditer(text)]
    assert found == []


@pytest.mark.parametrize("path", INSTALLERS, ids=name)
def test_what_installs_names_no_host(path: Path):
    hosts = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host|\bpypi\.org|pythonhosted")
    assert hosts.findall(path.read_text(encoding="utf-8")) == []


def test_the_changelog_knows_the_current_version():
    assert f"## [{geo.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_continuous_integration_runs_the_same_command_as_everybody():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert [line for line in script.read_text().splitlines() if line.startswith("make")] == ["make test"]
