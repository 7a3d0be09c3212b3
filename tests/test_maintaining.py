"""What maintainers run, in `.ci`, is told, and means what is there."""

import ast
import os
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted(path for path in (ROOT / ".ci").iterdir() if path.is_file())
DEVELOPERS = (ROOT / "docs" / "developers.md").read_text("utf-8")


@pytest.fixture(scope="module")
def mutate() -> ModuleType:
    """The script as a module; nothing is compiled beside it."""
    spec = spec_from_loader("mutate", SourceFileLoader("mutate", str(ROOT / ".ci" / "mutate")))
    assert spec
    assert spec.loader
    sys.modules["mutate"] = module = module_from_spec(spec)
    is_quiet, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = is_quiet
    return module


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_told_and_can_be_started(script: Path) -> None:
    assert f"`.ci/{script.name}" in DEVELOPERS
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").startswith("#!/usr/bin/env ")


def test_what_is_changed_and_what_must_notice_is_there(mutate: ModuleType) -> None:
    for area in mutate.AREAS:
        for place in area.places:
            file, _, names = place.partition(":")
            there = {getattr(node, "name", "") for node in ast.parse((ROOT / file).read_text("utf-8")).body}
            assert set(filter(None, names.split(","))) <= there, file
        assert all((ROOT / test).exists() for test in area.tests)


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("a < b", ["a <= b"]),
        ("a and b", ["a or b"]),
        ("not a", ["+bool(a)"]),
        ("x in y", ["x not in y"]),
        ("3", ["4"]),
        ("True", ["False"]),
        ("a + b", ["a - b"]),
        ("'words'", []),
        ("a if b else c", ["a if not b else c"]),
        ("a if b > 1 else c", []),  # its condition is a node of its own
    ],
)
def test_an_expression_is_changed_in_its_ways(written: str, changed: list[str], mutate: ModuleType) -> None:
    found = []
    for kind in range(2):
        node = ast.parse(written, mode="eval").body
        if mutate.becomes(node, kind):
            found.append(ast.unparse(ast.fix_missing_locations(node)))
    assert found == changed


def test_what_only_describes_is_not_changed(mutate: ModuleType) -> None:
    source = "class A:\n    size: int = 1\n    def f(self, a: int = 2) -> int:\n        return f'{3}'\n"
    nodes = mutate.nodes_within(ast.parse(source), frozenset())
    assert [ast.unparse(node) for node in nodes if mutate.becomes(node, 0)] == ["return None"]
