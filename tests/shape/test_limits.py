"""The limits of shape that DESIGN section 2 sets, held over the whole package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import detente

ROOT = Path(detente.__file__).parent
MODULES = sorted(path for path in ROOT.rglob("*.py"))
MAX_MODULE, MAX_FUNCTION, MAX_POSITIONAL = 400, 60, 6


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_a_small_room(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_MODULE
    for function in _functions(path):
        assert function.end_lineno - function.lineno + 1 <= MAX_FUNCTION, function.name
        if "app" not in path.relative_to(ROOT).parts:  # typer reads options from parameters
            assert len(function.args.posonlyargs) + len(function.args.args) <= MAX_POSITIONAL, function.name


def test_only_the_app_prints() -> None:
    for path in MODULES:
        if path.relative_to(ROOT).parts[0] == "app":
            continue
        calls = [
            node.lineno
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        ]
        assert not calls, f"{path}:{calls}"


def test_data_holds_no_python() -> None:
    assert not list((ROOT / "data").rglob("*.py"))


def test_every_public_function_says_what_it_does() -> None:
    silent = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                parents = [
                    f
                    for f in _functions(path)
                    if f is not node and f.lineno < node.lineno and f.end_lineno >= node.end_lineno
                ]
                if not parents:
                    silent.append(f"{path.name}:{node.name}")
    assert not silent


def test_nothing_heavy_is_imported_with_the_package() -> None:
    import subprocess
    import sys

    code = (
        "import sys, detente, detente.app.cli as cli; cli.application(); "
        "print([m for m in ('spacy','duckdb','deltalake','numpy','trafilatura','py3langid','rich.table') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
