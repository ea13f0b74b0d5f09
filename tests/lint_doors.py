"""Scope lint: a door that asks a protected model for rows starts at ``visible_to``.

A door is ``views.py``, ``api.py``, ``forms.py``, ``paper.py`` or a page's tag, and so is every module it imports,
directly or through another, except what is asked only for rows that a door has found (``BEHIND``: verbs, rules,
tables). Flagged: an expression ``Model.objects...`` of a protected model, or of a class that only the running program
knows, in whose chain none of ``STARTS`` stands. Run as ``python -m tests.lint_doors``; ``# not a door: reason`` on
the line lets one through.
"""

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("slf", "families", "referrals", "casework", "performance")
DOORS = ("views.py", "api.py", "forms.py", "paper.py", "templatetags/*.py")
BEHIND = {"models", "rules", "services", "tasks", "sql", "policies", "jobs", "reference", "apps", "checks"}
"""What stands behind the doors. ``services`` are given rows and lock them; the rest asks nothing for anybody."""
OURSELVES = ("slf.access", "slf.accounts", "slf.history")
"""The wall itself, and people, who are behind no policy."""
STARTS = {"visible_to", "open_to", "of", "asked_by", "none", "kept_by", "drafts_of", "counted_for"}
EXCUSE = "# not a door:"
REFUSES = "get_or_refuse"
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def open_models() -> set[str]:
    """Return the names of models behind no policy; of every other class the rows are somebody's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.apps import apps

    from slf.access.unprotected import UNPROTECTED

    models = apps.get_models()
    return {m.__name__ for m in models if m._meta.label in UNPROTECTED or m._meta.app_label not in FLOORS}


def doors() -> list[Path]:
    """Return every door and every module that one leads to."""
    waiting = [path for floor in FLOORS for name in DOORS for path in (ROOT / floor).rglob(name)]
    found: set[Path] = set()
    while waiting:
        if (path := waiting.pop()) not in found:
            found.add(path)
            waiting += led_to(path)
    return sorted(found)


def led_to(path: Path) -> list[Path]:
    """Return the modules of ours that a module imports, but for those that stand behind the doors."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    ours = (name for name in names if name.split(".")[0] in FLOORS and not name.startswith(OURSELVES))
    files = (ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in ours if name.split(".")[-1] not in BEHIND)
    return [file for file in files if file.exists()]


def chain_of(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> set[str]:
    """Return the method names called on ``Model.objects`` in one chain."""
    names = set()
    while isinstance(parent := parents.get(node), ast.Attribute | ast.Call):
        if isinstance(parent, ast.Call) and parent.func is not node:
            break
        if isinstance(parent, ast.Attribute):
            names.add(parent.attr)
        node = parent
    return names


def asked_as_argument(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether the rows are handed to ``get_or_refuse``, which starts at ``visible_to`` itself."""
    while (parent := parents.get(node)) is not None:
        if isinstance(parent, ast.Call) and parent.func is not node:
            return getattr(parent.func, "id", "") == REFUSES
        if isinstance(parent, ast.Assign):
            return handed_over(parent, parents)
        node = parent
    return False


def handed_over(assigned: ast.Assign, parents: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether ``rows = Model.objects...`` goes into ``get_or_refuse(rows, ...)`` in the same function."""
    name, function = getattr(assigned.targets[0], "id", ""), assigned
    while not isinstance(function, ast.FunctionDef):
        function = parents[function]
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(getattr(c.func, "id", "") == REFUSES and c.args and getattr(c.args[0], "id", "") == name for c in calls)


def findings(path: Path, free: set[str]) -> Iterator[str]:
    text = path.read_text()
    tree, lines = ast.parse(text), text.splitlines()
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in MANAGERS or ast.unparse(node.value) in free:
            continue
        if chain_of(node, parents) & STARTS or asked_as_argument(node, parents) or EXCUSE in lines[node.lineno - 1]:
            continue
        yield f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)} without visible_to"


def main() -> int:
    free = open_models()
    found = [line for path in doors() for line in findings(path, free)]
    print("\n".join(found) or f"Every one of {len(doors())} doors starts at visible_to.")  # noqa: T201
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
