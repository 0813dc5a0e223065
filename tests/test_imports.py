"""Imports point one way; a module without a place in this table is a failure, so that its place is thought about."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Every module of monitor/ by its layer; a name that ends with "." stands for everything below it.
LAYERS = {
    "bottom": """monitor model model. errors redact""",
    "pure": """
        profile profile.words profile.address profile.rules profile.context profile.tags profile.table profile.tree
        profile.line profile.parse profile.verdict profile.classify profile.tell profile.identify profile.read site site.exchange site.hops site.where
        record record.match record.review record.reread record.diff record.believe record.candidate record.decide
        record.apply record.said
        evidence evidence.looks evidence.looked evidence.keeps evidence.replay evidence.differences evidence.files evidence.due evidence.judge evidence.needs evidence.shape evidence.tongue evidence.proof evidence.chain evidence.account evidence.bundle
        alert alert.texts alert.files alert.markup alert.news alert.message alert.notices alert.health alert.outbox alert.settle alert.turns
        alert.pace alert.press alert.tell alert.choice alert.book alert.hours alert.roundup alert.digest alert.heartbeat alert.duty alert.set_back alert.troubles alert.restored alert.afterwards alert.tell_files alert.questions
        board board. picture picture.outlines picture.palette picture.shades picture.world_map picture.over_time picture.poster web web. names language language. dialogue dialogue. telegram pledge pledge. signals signals.observer signals.backlog signals.standing signals.figures""",
    "edge": """
        config config. logs
        site.wire site.dial site.fetch site.body site.answers site.patience site.pace site.robots
        disk owner drawing signals.families signals.meter picture.png evidence.archive evidence.inspect evidence.pdf
        record.backup record.codec record.copies record.inbox record.lock record.parts record.rescue record.schema record.seal record.storage record.store record.uncollected
        telegram.""",
    "use case": """sweep journal pinging settle pledging documents alert.batch alert.deliver profile.probe evidence.looker evidence.keeper evidence.witness""",
    "app": """app reload assembly standstill restore replay answering making listening serving showing port signalling checkup exporting upkeep service once signatures chats contact setting_up setting_up. inspection schedule show show. cli cli. demo demo. __main__""",
}
MAY_IMPORT = {
    "bottom": {"bottom"},
    "pure": {"bottom", "pure"},
    "edge": {"bottom", "pure", "edge"},
    "use case": {"bottom", "pure", "use case"},
    "app": {"bottom", "pure", "edge", "use case", "app"},
}
LIBRARIES = {
    "jinja2": "web.render",
    "uvicorn": "serving",
    "prometheus_client": "signals.families signals.meter",
    "resvg_py": "picture.png",
    "httpx": "site.wire telegram.request",
    "httpcore": "site.dial",
    "httpx_retries": "site.answers site.fetch site.patience",
    "protego": "site.robots",
    "bs4": "profile. pledge. site.body",
    "lxml": "profile.",
    "tinydb": "record.storage record.store",
    "pydantic": "config. record.codec",
    "telegram": "telegram.",
    "apscheduler": "schedule",
    "click": "cli cli.",
    "rich": "show. once app service cli. demo. telegram.terminal",
    "orjson": "record. inspection cli.",
    "babel": "language. pledge.dates",
    "pypdf": "evidence.",
    "structlog": "logs journal reload upkeep pinging site.patience evidence.keeper evidence.witness sweep pledging documents app service port standstill demo.play telegram.",
}
OUTSIDE_WORLD = {"asyncio", "os", "socket", "subprocess", "threading", "time", "urllib.request", "random"}


def module_of(path: Path) -> str:
    """Name a file's module without the leading ``monitor.``: ``profile.parse``, ``cli``, or ``monitor`` itself."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    kept = parts[:-1] if parts[-1] == "__init__" else parts
    return ".".join(kept[1:]) or "monitor"


FILES = {module_of(path): path for path in sorted((ROOT / "monitor").rglob("*.py"))}


def imported(tree: ast.AST) -> Iterator[str]:
    """Name all that is imported, also inside functions, with ``from a import b`` as a.b where that is a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "no relative imports"
            assert node.module
            for alias in node.names:
                inner = f"{node.module}.{alias.name}".removeprefix("monitor.")
                is_ours = node.module.partition(".")[0] == "monitor"
                yield f"monitor.{inner}" if is_ours and inner in FILES else node.module


def named_in(words: str, module: str) -> bool:
    return any(module == word or (word.endswith(".") and module.startswith(word)) for word in words.split())


def layers_of(module: str) -> list[str]:
    return [layer for layer, words in LAYERS.items() if named_in(words, module)]


def layer_of(module: str) -> str:
    """Give the module's layer; nothing where it has no place (one test says so, the others go on)."""
    return next(iter(layers_of(module)), "")


def own(names: set[str]) -> set[str]:
    ours = {name.removeprefix("monitor.") for name in names if name.partition(".")[0] == "monitor"}
    return {name for name in ours if name in FILES}


@cache
def imports() -> dict[str, set[str]]:
    """Tell what every module imports; not before it is asked, because every worker collects this file."""
    return {module: set(imported(ast.parse(path.read_text("utf-8")))) for module, path in FILES.items()}


def test_every_module_has_one_place() -> None:
    wrong = {module: places for module in FILES if len(places := layers_of(module)) != 1}
    assert wrong == {}, "give these one place in tests/test_imports.py"


def test_every_place_has_a_module() -> None:
    words = [word for text in LAYERS.values() for word in text.split()]
    assert [word for word in words if not any(named_in(word, module) for module in FILES)] == []


def test_imports_point_one_way() -> None:
    wrong = {(module, layer_of(module)): names for module in FILES if (names := forbidden_to(module))}
    assert wrong == {}


def forbidden_to(module: str) -> dict[str, str]:
    """Give what a module imports and may not, with the layer of each."""
    allowed = MAY_IMPORT.get(layer_of(module), set())
    return {name: layer_of(name) for name in own(imports()[module]) if layer_of(name) not in allowed}


def test_edges_do_not_know_edges_of_other_packages() -> None:
    edges = [module for module in FILES if layer_of(module) == "edge"]
    # disk writes a file whole, for whoever keeps files; owner says why that is not allowed.
    known = set(edges) - {"disk", "owner"}
    pairs = {(module, name) for module in edges for name in own(imports()[module]) & known}
    assert {pair for pair in pairs if pair[0].partition(".")[0] != pair[1].partition(".")[0]} == set()


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_known_only_where_its_edge_is(library: str) -> None:
    users = [
        module
        for module, names in imports().items()
        if any(name.partition(".")[0] == library for name in names)
    ]
    assert [module for module in users if not named_in(LIBRARIES[library], module)] == []
    assert users or library == "lxml"


def test_pure_modules_do_not_know_the_outside_world() -> None:
    pure = [module for module in FILES if layer_of(module) in {"bottom", "pure"}]
    found = {module: sorted(imports()[module] & OUTSIDE_WORLD) for module in pure}
    assert {module: names for module, names in found.items() if names} == {}


def test_nobody_imports_the_command_line_and_only_it_imports_the_demo() -> None:
    users = {
        (module.partition(".")[0], name.partition(".")[0])
        for module in FILES
        for name in own(imports()[module])
    }
    assert {user for user, used in users if used == "cli"} == {"__main__", "cli"}
    assert {user for user, used in users if used == "demo"} == {"cli", "demo"}


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: own(names) - {"monitor", module} for module, names in imports().items()}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(FILES) - 1


def test_the_command_line_starts_without_the_bot_the_scheduler_and_the_parser() -> None:
    heavy = "telegram apscheduler httpx bs4 lxml pydantic rich tinydb"
    code = f"import sys, monitor.cli; print(*sorted(set(sys.modules) & set({heavy!r}.split())))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
