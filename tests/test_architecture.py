"""The floors, rooms and house measures hold."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

import bot

PACKAGE = Path(bot.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = {
    "domain": 0,
    "text": 1,
    "topics": 2,
    "parsing": 3,
    "storage": 3,
    "questions": 3,
    "answering": 4,
    "intake": 4,
    "boards": 5,
    "presentation": 5,
    "admin": 6,
    "discord": 7,
    "cli": 7,
}
OUTSIDE = {"__main__", "__init__", "settings"}
"""Modules that stand outside the floors and plug the parts together."""

EDGES = {"discord", "cli"}
READ_BY_EDGES = {"settings"}
"""Of those outside, what an edge may import: the settings that it is started with."""

MOST_FILES, MOST_FILES_IN_FOLDER, LONGEST_FILE, SHORT_FILE = 170, 25, 500, 100
LONGEST_FUNCTION, MEDIAN_FUNCTION = 50, 12
MOST_PARAMETERS, MOST_POSITIONAL = 5, 2
MOST_OPTIONS = 15
"""Of a slash command: discord.py makes them of its function's parameters. Discord takes 25."""

PRESCRIBED = {"translate", "from_custom_id", "resolve", "connect", "count", "follow"}
"""Functions whose parameters a library prescribes; those of a slash command begin with the interaction."""
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "common"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(module: Path) -> str:
    return ".".join(module.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(module): module for module in MODULES}


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


@cache
def imports_of(module: Path) -> tuple[str, ...]:
    return tuple(_imports_of(module))


def _imports_of(module: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def functions_of(module: Path) -> list[Function]:
    return [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def code_lines(function: Function) -> int:
    """Lines of the body, its docstring left out."""
    body = function.body
    has_docstring = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and isinstance(body[0].value.value, str)
    if has_docstring and len(body) == 1:
        return 0
    first = body[1] if has_docstring else body[0]
    return (body[-1].end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_imports_from_its_own_room_or_a_lower_floor(module: Path) -> None:
    room = room_of(module)
    if room in OUTSIDE:
        return
    assert room in FLOORS, f"{room} is in no floor: add it to the design and to this test"
    for name in imports_of(module):
        parts = name.split(".")
        if room in EDGES and len(parts) > 1 and parts[1] in READ_BY_EDGES:
            continue
        if parts[0] == "bot" and len(parts) > 1 and parts[1] != room:
            assert parts[1] in FLOORS, f"{module} imports {name}"
            assert FLOORS[parts[1]] < FLOORS[room], f"{module} imports {name} from its own floor or a higher one"


def test_domain_needs_nothing_but_pydantic_and_the_standard_library() -> None:
    allowed = {"pydantic", "bot", "typing", "enum", "datetime", "collections", "functools"}
    for module in (PACKAGE / "domain").glob("*.py"):
        assert {name.split(".")[0] for name in imports_of(module)} <= allowed, module


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("rapidfuzz", {"questions", "intake"}),
        ("discord", {"discord"}),
        ("simcord", {"discord"}),
        ("sqlalchemy", {"storage"}),
        ("rich", {"cli"}),
    ],
)
def test_a_library_is_imported_in_its_rooms_only(library: str, rooms: set[str]) -> None:
    assert {room_of(module) for module in MODULES if any(name.split(".")[0] == library for name in imports_of(module))} <= rooms


def imported_modules(module: Path) -> set[str]:
    """The modules of the package that a module imports, those for the type checker among them."""
    found = {next((part for part in (name, name.rpartition(".")[0]) if part in NAMES), "") for name in imports_of(module)}
    return found - {"", name_of(module)}


def test_nothing_imports_in_a_circle() -> None:
    left = {name: imported_modules(module) for name, module in NAMES.items()}
    while ready := {name for name, needed in left.items() if not needed & left.keys()}:
        left = {name: needed for name, needed in left.items() if name not in ready}
    assert {name: sorted(needed & left.keys()) for name, needed in left.items()} == {}


def test_a_short_module_has_more_than_one_user() -> None:
    """What is short and used by one module of its own room stands there."""
    users: dict[str, set[str]] = {name: set() for name in NAMES}
    for name, module in NAMES.items():
        for imported in imported_modules(module):
            users[imported].add(name)
    lonely = {
        name: next(iter(users[name]))
        for name, module in NAMES.items()
        if module.name != "__init__.py"
        and len(module.read_text("utf-8").splitlines()) < SHORT_FILE
        and len(users[name]) == 1
        and room_of(NAMES[next(iter(users[name]))]) == room_of(module)
        and not is_registered(module)
    }
    assert lonely == {}


def is_registered(module: Path) -> bool:
    """Whether a module is one word in a registry: a format, a topic, a migration."""
    return module.parent.name in {"formats", "topics", "versions"}


def test_there_are_few_enough_files_to_find_ones_way() -> None:
    folders: dict[Path, int] = {}
    for module in MODULES:
        folders[module.parent] = folders.get(module.parent, 0) + 1
    assert {folder: count for folder, count in folders.items() if count > MOST_FILES_IN_FOLDER} == {}
    assert len([module for module in MODULES if counts(module)]) < MOST_FILES


def counts(module: Path) -> bool:
    """Whether somebody may look for something in a module: not in a room's mark, nor in a step of the migrations, which is never merged."""
    return len(tree_of(module).body) > 1 and module.parent.name != "versions"


def test_most_of_the_package_works_without_discord() -> None:
    lines = {module: len(module.read_text("utf-8").splitlines()) for module in MODULES}
    with_discord = sum(count for module, count in lines.items() if any(name.split(".")[0] == "discord" for name in imports_of(module)))
    assert with_discord <= 0.15 * sum(lines.values())


def test_files_are_short() -> None:
    lengths = {module: len(module.read_text("utf-8").splitlines()) for module in MODULES}
    assert {module: length for module, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    lengths = {f"{module}:{function.name}": code_lines(function) for module in MODULES for function in functions_of(module)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    assert median(lengths.values()) <= MEDIAN_FUNCTION


def test_functions_take_few_arguments_and_name_them_from_the_third_on() -> None:
    for module in MODULES:
        for function in functions_of(module):
            arguments = function.args
            positional = [a.arg for a in (*arguments.posonlyargs, *arguments.args) if a.arg not in {"self", "cls"}]
            options = [name for name in positional if name != "interaction"]
            is_command = any(ast.unparse(one).startswith("app_commands.describe(") for one in function.decorator_list)
            most = MOST_OPTIONS if is_command else MOST_PARAMETERS
            assert len(options) + len(arguments.kwonlyargs) <= most, f"{module}:{function.name}"
            if not function.name.startswith("_") and function.name not in PRESCRIBED and positional[:1] != ["interaction"]:
                assert len(positional) <= MOST_POSITIONAL, f"{module}:{function.name} takes {positional}"


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert not {module.stem for module in MODULES} & FORBIDDEN_NAMES


def test_every_public_module_class_and_function_says_what_it_is() -> None:
    for module in MODULES:
        tree = tree_of(module)
        assert ast.get_docstring(tree), f"{module} has no docstring"
        for node in tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{module}:{node.name} has no docstring"


def test_tests_mirror_the_package() -> None:
    tests = Path(__file__).parent
    assert not list(tests.rglob("__init__.py"))
    for test in tests.rglob("test_*.py"):
        folder = test.relative_to(tests).parent
        assert folder == Path() or folder.parts[0] in {"accuracy", "training"} or (PACKAGE / folder).is_dir(), (
            f"{test} mirrors no folder of the package"
        )
