"""The house rules that no linter knows."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "kaaring"
ORDER = (
    "scoring",
    "inference",
    "planning",
    "kernel",
    "audit",
    "people",
    "programmes",
    "outbox",
    "survey",
    "entries",
    "fieldwork",
    "jury",
    "results",
    "reports",
    "jobs",
    "web",
    "config",
)
LONGEST_FILE, LONGEST_FUNCTION, MOST_BASES = 400, 40, 2
FORBIDDEN_ROOMS = {"services", "utils", "helpers", "managers", "mixins", "signals", "common"}


def sources(*, migrations: bool = False) -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if ("migrations" in path.parts) == migrations:
            yield path


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sources():
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def test_foreign_keys_point_the_way_imports_point() -> None:
    upward = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("kaaring.")
        for field in model._meta.get_fields()
        if field.many_to_one or field.many_to_many
        if field.related_model and str(field.related_model.__module__).startswith("kaaring.")
        if field.concrete
        if ORDER.index(field.related_model.__module__.split(".")[1])
        > ORDER.index(model.__module__.split(".")[1])
    ]

    assert upward == []


def test_migrations_import_nothing_of_kaaring() -> None:
    pattern = re.compile(r"^(?:from|import) kaaring", re.MULTILINE)

    assert [
        path for path in sources(migrations=True) if pattern.search(path.read_text(encoding="utf-8"))
    ] == []


def test_no_room_has_a_name_that_says_nothing() -> None:
    assert [path for path in sources() if path.stem in FORBIDDEN_ROOMS] == []


def test_rules_stand_in_the_room_of_that_name_and_nowhere_beside_it() -> None:
    assert [path for path in sources() if path.stem.endswith("_rules")] == []


def test_files_and_functions_stay_within_their_budgets() -> None:
    over = []
    for path, tree in trees():
        if (ROOT / path).read_text(encoding="utf-8").count("\n") > LONGEST_FILE:
            over.append(f"{path} is too long")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    over.append(f"{path}:{node.lineno} {node.name} has {lines} lines")
            if isinstance(node, ast.ClassDef) and len(node.bases) > MOST_BASES:
                over.append(f"{path}:{node.lineno} {node.name} has {len(node.bases)} bases")

    assert over == []


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{path}:{inner.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert inside == []


def test_views_are_functions_and_nobody_listens_to_signals() -> None:
    guilty = [
        str(path)
        for path, _tree in trees()
        for text in [(ROOT / path).read_text(encoding="utf-8")]
        if "django.views.generic" in text or "django.dispatch" in text or "models.signals" in text
    ]

    assert guilty == []


@pytest.mark.parametrize("attribute", ["style=", "onclick=", "onchange=", "hx-on", "<style", "<script>"])
def test_no_template_holds_inline_style_or_script(attribute: str) -> None:
    guilty = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.html"))
        if re.search(rf"(?<![\w-]){re.escape(attribute)}", path.read_text(encoding="utf-8"))
    ]

    assert guilty == []


def test_no_typst_template_imports_a_package_from_outside() -> None:
    assert [path for path in PACKAGE.rglob("*.typ") if '#import "@' in path.read_text(encoding="utf-8")] == []


def test_every_app_has_one_place_that_writes() -> None:
    writes = re.compile(
        r"\.(save|delete|bulk_create|bulk_update)\(|objects\.(create|update_or_create|get_or_create)\("
    )
    guilty = [
        str(path.relative_to(PACKAGE))
        for path in sources()
        if path.relative_to(PACKAGE).parts[0] == "web"
        if writes.search(
            path.read_text(encoding="utf-8").replace("storage.save(", "").replace("storage.delete(", "")
        )
    ]

    assert guilty == []


def test_pages_do_not_carry_what_only_workers_need() -> None:
    code = (
        "import django, sys; django.setup(); "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "print([name for name in ('openpyxl', 'typst', 'scipy', 'pandas', 'psycopg') if name in sys.modules])"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": "sqlite:///:memory:",
    }
    environment.pop("TEST_DATABASE_URL", None)

    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "[]"
