"""Mutations: small faults put into source text, one at a time, for `make mutants`. Pure.

A fault replaces one span of the text. Python is read by `ast`; there is no parser for scripts here, so their faults are
found by patterns outside comments and strings.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

COMPARISONS = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
ARITHMETIC = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.FloorDiv: "*", ast.Div: "*", ast.Mod: "+"}
NOT_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`", re.S)
SCRIPT_FAULTS = [
    (re.compile(r"==="), "!=="),
    (re.compile(r"!=="), "==="),
    (re.compile(r"&&"), "||"),
    (re.compile(r"\|\|(?!=)"), "&&"),
    (re.compile(r"(?<![=<>-])>=(?!=)"), ">"),
    (re.compile(r"(?<![=<-])<=(?!=)"), "<"),
    (re.compile(r"(?<=\s)[<](?=\s)"), "<="),
    (re.compile(r"(?<=\s)[>](?=\s)"), ">="),
    (re.compile(r"(?<=\s)\+(?=\s)"), "-"),
    (re.compile(r"(?<=\s)-(?=\s)"), "+"),
    (re.compile(r"\btrue\b"), "false"),
    (re.compile(r"\bfalse\b"), "true"),
    (re.compile(r"(?<=[\s(])!(?=[\w(])"), ""),
    (re.compile(r"(?<=if )\((?=.*\) (?:\{|return))"), "(false && "),
    (re.compile(r"^ +[\w.#]+\([^\n]*\);$", re.M), ""),
]


@dataclass(frozen=True, slots=True)
class Fault:
    """`text[start:end]` becomes `replacement`; `line` counts from 1."""

    path: str
    line: int
    start: int
    end: int
    replacement: str
    original: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {_short(self.original)} -> {_short(self.replacement) or '(nothing)'}"

    def put_into(self, text: str) -> str:
        return text[: self.start] + self.replacement + text[self.end :]


def python_faults(path: str, text: str) -> list[Fault]:
    """Every fault of one module; docstrings, annotations and messages for people are left alone."""
    offsets = [0]
    for line in text.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(line.encode()))
    data = text.encode()

    def fault(node: ast.expr | ast.stmt, replacement: str) -> Fault:
        start = offsets[node.lineno - 1] + node.col_offset
        end = offsets[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        original = data[start:end].decode()
        begin = len(data[:start].decode())
        return Fault(path, node.lineno, begin, begin + len(original), replacement, original)

    found = [fault(node, replacement) for node, replacement in _changes(ast.parse(text))]
    return [each for each in found if _still_python(each.put_into(text))]


def _changes(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for node in _code(tree):
        match node:
            case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in COMPARISONS:
                yield node, f"{ast.unparse(left)} {COMPARISONS[type(operator)]} {ast.unparse(right)}"
            case ast.BoolOp(op=operator, values=values):
                other = " or " if isinstance(operator, ast.And) else " and "
                yield node, f"({other.join(f'({ast.unparse(value)})' for value in values)})"
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield node, f"({ast.unparse(operand)})"
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in ARITHMETIC:
                yield node, f"({ast.unparse(left)} {ARITHMETIC[type(operator)]} {ast.unparse(right)})"
            case ast.Constant(value=bool(value)):
                yield node, str(not value)
            case ast.Constant(value=int(value)):
                yield node, str(value + 1)
            case ast.If(test=test) | ast.IfExp(test=test):
                yield test, "False"
            case ast.Expr(value=ast.Call()) | ast.Raise():
                yield node, "pass"
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield value, "None"


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but annotations, imports and what only a type checker reads."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "type_comment") or isinstance(value, ast.Import | ast.ImportFrom):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child
                yield from _code(child)


def _still_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def script_faults(path: str, text: str) -> list[Fault]:
    """Every fault of one ES module."""
    blank = NOT_CODE.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)
    found = [
        Fault(path, text.count("\n", 0, at.start()) + 1, at.start(), at.end(), replacement, text[at.start() : at.end()])
        for pattern, replacement in SCRIPT_FAULTS
        for at in pattern.finditer(blank)
    ]
    return sorted(found, key=lambda each: each.start)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
