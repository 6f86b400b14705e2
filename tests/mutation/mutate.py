"""Plant one small fault at a time in the money core and see whether a test notices it.

    python -m tests.mutation.mutate [py|js] [NAME ...] [--cases N]

Python mutants run in a fork with the faulty module in place of the real one; JavaScript mutants in a copy of the
tree. A mutant is caught by the tests of tests/budgets (or tests/js), or by differing from the other language over
generated ledgers. Prints each survivor, then counts. Survivors and why they stay are in docs/mutation.md.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import ModuleType

import hypothesis  # noqa: F401  (loaded once here, not in every fork)
import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("rules", "ledger", "acts", "balance")
LIMIT = 120
MOST = 400
SEED = 11
ALONE = ("-W", "ignore::pytest.PytestAssertRewriteWarning", "--noconftest")
QUICK = ("vectors", "acts", "checks")
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd,
}  # fmt: skip

Cases = dict[str, list[str]]


class Planter(ast.NodeTransformer):
    """Changes the `wanted`th place that can be changed; `what` says how. Counts all places when it is -1."""

    def __init__(self, wanted: int) -> None:
        self.wanted, self.seen, self.what = wanted, 0, ""

    def hit(self, node: ast.AST, what: str) -> bool:
        self.seen += 1
        if self.seen - 1 != self.wanted:
            return False
        self.what = f"line {getattr(node, 'lineno', '?')}: {what}"
        return True

    def swap(self, node: ast.AST, operator: ast.AST) -> ast.AST:
        other = SWAPS.get(type(operator))
        if other and self.hit(node, f"{type(operator).__name__} to {other.__name__}"):
            return other()
        return operator

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        node.ops = [self.swap(node, operator) for operator in node.ops]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        node.op = self.swap(node, node.op)
        return node

    visit_BoolOp = visit_AugAssign = visit_BinOp

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if self.hit(node, f"{type(node.op).__name__} removed") else node

    def visit_If(self, node: ast.If | ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        if self.hit(node, "condition negated"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        return node

    visit_IfExp = visit_If

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        if node.value and self.hit(node, "nothing returned"):
            node.value = ast.Constant(None)
        return node

    def visit_Continue(self, node: ast.Continue) -> ast.AST:
        return ast.Break() if self.hit(node, "continue to break") else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        changed = _changed(node.value)
        if changed is not node.value and self.hit(node, f"{node.value!r} to {changed!r}"):
            return ast.Constant(changed)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                part.value = self.visit(part.value)
        if self.hit(node, "text changed"):
            node.values.append(ast.Constant("~"))
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value:
            node.value = self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(statement) for statement in node.body]
        node.args.kw_defaults = [default and self.visit(default) for default in node.args.kw_defaults]
        node.args.defaults = [self.visit(default) for default in node.args.defaults]
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        is_type = isinstance(node.targets[0], ast.Name) and _is_type(node.value)
        return node if is_type else self.generic_visit(node)


def python_mutants(source: str) -> Iterator[tuple[str, str]]:
    """Each faulty form of the source and what is wrong in it."""
    tree = ast.parse(source)
    counter = Planter(-1)
    counter.visit(copy.deepcopy(tree))
    for number in range(counter.seen):
        planter = Planter(number)
        faulty = ast.fix_missing_locations(planter.visit(copy.deepcopy(tree)))
        yield ast.unparse(faulty), planter.what


def survives_python(module: str, faulty: str, cases: Cases, most: int) -> bool:
    """Whether every test still passes with `faulty` in place of `module`, in a fork of its own.

    `most` ledgers are compared; with all of them the properties are tried as well.
    """
    child = os.fork()
    if child == 0:
        signal.alarm(LIMIT)
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        os._exit(_try_python(module, faulty, cases, most))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def javascript_mutants(path: Path) -> Iterator[tuple[str, str]]:
    """Each faulty form of the file and what is wrong in it."""
    source = path.read_text()
    lister = ROOT / "tests" / "mutation" / "mutants.mjs"
    listed = subprocess.run(["node", lister, path], capture_output=True, text=True, check=True)
    for one in json.loads(listed.stdout):
        faulty = source[: one["start"]] + one["text"] + source[one["end"] :]
        yield faulty, f"line {one['line']}: {one['what']}"


def survives_javascript(tree: Path, jobs: str, answers: str) -> bool:
    """Whether the tree still gives the other language's answers and passes its own tests."""
    try:
        child = ["node", tree / "tests/js/ledger_child.mjs"]
        said = subprocess.run(child, input=jobs, capture_output=True, text=True, timeout=LIMIT)
        if said.stdout != answers:
            return False
        own = ["node", tree / "tests/js/ledger.test.mjs"]
        return subprocess.run(own, capture_output=True, timeout=LIMIT).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def main() -> int:
    """Run the mutants asked for; the exit code is 1 when any survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("language", choices=["py", "js"])
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--only", default="", help="plant only faults with this text in their line, such as 'line 7:'")
    parser.add_argument("--cases", type=int, default=30, help="ledgers compared for each mutant")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = _run_python if asked.language == "py" else _run_javascript
        return runs(Path(folder), asked.names, asked.cases, asked.only)


def _run_python(folder: Path, names: list[str], cases: int, only: str) -> int:
    made = _make_cases(folder / "cases.json")
    alive = tried = 0
    for name in names:
        module, source = f"app.budgets.{name}", (ROOT / f"app/budgets/{name}.py").read_text()
        if not survives_python(module, source, made, MOST):
            raise SystemExit(f"{module} fails its tests as it is")
        for faulty, what in python_mutants(source):
            if only not in what:
                continue
            tried += 1
            if all(survives_python(module, faulty, made, most) for most in (cases, MOST)):
                alive += 1
                print(f"survived: {name}.py {what}", flush=True)
    print(f"python: {tried} mutants, {tried - alive} caught, {alive} survived")
    return int(alive > 0)


def _run_javascript(folder: Path, names: list[str], cases: int, only: str) -> int:
    made = _make_cases(folder / "cases.json")
    few, all_of_them = _lines(made, cases), _lines(made, MOST)
    for part in ("app/static/js/core", "app/static/js/budgets", "tests/js", "tests/vectors"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "package.json", folder)
    if not survives_javascript(folder, *all_of_them):
        raise SystemExit("the phone's code fails its tests as it is")
    alive = tried = 0
    for name in names:
        target = folder / f"app/static/js/budgets/{name}.js"
        sound = target.read_text()
        for faulty, what in javascript_mutants(ROOT / f"app/static/js/budgets/{name}.js"):
            if only not in what:
                continue
            tried += 1
            target.write_text(faulty)
            if survives_javascript(folder, *few) and survives_javascript(folder, *all_of_them):
                alive += 1
                print(f"survived: {name}.js {what}", flush=True)
        target.write_text(sound)
    print(f"javascript: {tried} mutants, {tried - alive} caught, {alive} survived")
    return int(alive > 0)


def _lines(cases: Cases, most: int) -> tuple[str, str]:
    jobs, answers = ("".join(f"{line}\n" for line in cases[key][:most]) for key in ("jobs", "answers"))
    return jobs, answers


def _make_cases(path: Path) -> Cases:
    """Ledgers and the answers of the sound code, made in a fork so that this process never imports that code."""
    child = os.fork()
    if child == 0:
        _write_cases(path)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise SystemExit("the cases could not be made")
    return dict(json.loads(path.read_text()))


def _write_cases(path: Path) -> None:
    from tests.budgets.compute import canonical, compute
    from tests.budgets.generate import make_case, with_gap

    random = Random(SEED)
    made = [make_case(random, random.randint(0, 40)) for _ in range(MOST)]
    made = [with_gap(case, random) if number % 4 == 0 else case for number, case in enumerate(made)]
    jobs = [json.dumps({"case": case}) for case in made]
    path.write_text(json.dumps({"jobs": jobs, "answers": [canonical(compute(case)) for case in made]}))


def _try_python(module: str, faulty: str, cases: Cases, most: int) -> int:
    try:
        sys.meta_path.insert(0, Faulty(module, faulty))
        if _differs(cases, most):
            return 1
        tests = [str(ROOT / f"tests/budgets/test_ledger_{name}.py") for name in QUICK]
        tests.append(str(ROOT / "tests/budgets/test_balance_figures.py"))
        if most == MOST:
            tests += [str(ROOT / "tests/budgets/test_ledger_properties.py")]
        return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *ALONE, *tests]))
    except BaseException:
        return 1


def _differs(cases: Cases, most: int) -> bool:
    from tests.budgets.compute import canonical, compute

    pairs = zip(cases["jobs"][:most], cases["answers"], strict=False)
    return any(canonical(compute(json.loads(job)["case"])) != answer for job, answer in pairs)


class Faulty(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the faulty source when its module is imported."""

    def __init__(self, module: str, source: str) -> None:
        self.module, self.source = module, source

    def find_spec(self, name: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(name, self) if name == self.module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, self.module, "exec"), module.__dict__)


def _changed(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value}~"
    return 0 if value is None else value


def _is_type(value: ast.expr) -> bool:
    if isinstance(value, ast.Subscript):
        return True
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") == "TypedDict"


if __name__ == "__main__":
    raise SystemExit(main())
