"""Each guard of the house is seen to fail when its rule is broken: one that cannot fail guards nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent

IMPORTS_THAT_BREAK = {
    "upward": (
        "kernel/refused.py",
        "import kaaring.people.models",
        "kaaring.kernel.refused -> kaaring.people.models",
    ),
    "django in the core": ("scoring/standings.py", "import django", "kaaring.scoring.standings -> django"),
    "a clock in the core": ("inference/bands.py", "import datetime", "kaaring.inference.bands -> datetime"),
    "rules call actions": (
        "people/rules.py",
        "import kaaring.people.actions",
        "kaaring.people.rules -> kaaring.people.actions",
    ),
    "audience to audience": (
        "web/public/programmes.py",
        "import kaaring.web.organiser.shell",
        "kaaring.web.public.programmes -> kaaring.web.organiser.shell",
    ),
}
CODE_THAT_BREAKS = {
    "HTTP below web": "from django.http import HttpResponse as Response\n",
    "the time below web": "from django.utils import timezone\n\nNOW = timezone.now()\n",
    "signals of our own": "from django.dispatch import receiver as listen\n",
    "an import inside a function": "def late() -> object:\n    import json\n\n    return json\n",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("guards")
    ignore = shutil.ignore_patterns("__pycache__", "static", "templates", "locale", "tests")
    shutil.copytree(ROOT / "src", copied / "src", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", copied)
    return copied


def run(copy: Path, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOOLS / tool, *arguments],
        cwd=copy,
        env={"PYTHONPATH": str(copy / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_house_as_it_stands_keeps_every_contract(copy: Path) -> None:
    result = run(copy, "lint-imports", "--no-cache")

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line", "named"), IMPORTS_THAT_BREAK.values(), ids=IMPORTS_THAT_BREAK.keys()
)
def test_an_import_that_breaks_the_direction_is_named(copy: Path, file: str, line: str, named: str) -> None:
    broken = copy / "src" / "kaaring" / file
    before = broken.read_text(encoding="utf-8")
    broken.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        result = run(copy, "lint-imports", "--no-cache")
    finally:
        broken.write_text(before, encoding="utf-8")

    assert result.returncode == 1
    assert named in result.stdout


def test_a_package_that_is_not_listed_must_find_its_place(copy: Path) -> None:
    stray = copy / "src" / "kaaring" / "stray"
    stray.mkdir()
    (stray / "__init__.py").write_text('"""Nobody knows where this belongs."""\n')
    try:
        result = run(copy, "lint-imports", "--no-cache")
    finally:
        shutil.rmtree(stray)

    assert result.returncode == 1
    assert "stray" in result.stdout


@pytest.mark.parametrize("code", CODE_THAT_BREAKS.values(), ids=CODE_THAT_BREAKS.keys())
def test_code_that_breaks_a_rule_of_the_house_is_named(copy: Path, code: str) -> None:
    broken = copy / "src" / "kaaring" / "kernel" / "broken.py"
    broken.write_text(f'"""Breaks a rule."""\n\n{code}')
    try:
        result = run(copy, "ruff", "check", "--no-cache", "--select", "TID251,PLC0415", str(broken))
    finally:
        broken.unlink()

    assert result.returncode == 1
    assert "broken.py" in result.stdout
