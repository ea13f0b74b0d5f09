"""Scope lint: a door that asks a protected model for rows starts at ``visible_to``.

A door is ``views.py``, ``api.py``, ``forms.py`` or any module they share the work with. Flagged: an expression
``Model.objects...`` of a protected model in whose chain neither ``visible_to``, ``open_to``, ``of``, ``asked_by``,
``none`` nor ``create`` stands. Run as ``python -m tests.lint_doors``; ``# not a door: reason`` on the line lets one
through.
"""

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("slf", "families", "referrals", "casework", "performance")
DOORS = ("views.py", "api.py", "forms.py")
STARTS = {"visible_to", "open_to", "of", "asked_by", "none", "kept_by", "drafts_of"}
EXCUSE = "# not a door:"
REFUSES = "get_or_refuse"


def protected_models() -> set[str]:
    """Return the names of models behind a policy."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.apps import apps

    from slf.access.unprotected import UNPROTECTED

    models = (model for floor in FLOORS for model in apps.get_app_config(floor).get_models())
    return {model.__name__ for model in models if model._meta.label not in UNPROTECTED}


def doors() -> list[Path]:
    return sorted(path for floor in FLOORS for name in DOORS for path in (ROOT / floor).rglob(name))


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


def findings(path: Path, models: set[str]) -> Iterator[str]:
    text = path.read_text()
    tree, lines = ast.parse(text), text.splitlines()
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr == "objects" and getattr(node.value, "id", "") in models):
            continue
        if chain_of(node, parents) & STARTS or asked_as_argument(node, parents) or EXCUSE in lines[node.lineno - 1]:
            continue
        yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.value.id}.objects without visible_to"


def main() -> int:
    models = protected_models()
    found = [line for path in doors() for line in findings(path, models)]
    print("\n".join(found) or f"Every one of {len(doors())} doors starts at visible_to.")  # noqa: T201
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
