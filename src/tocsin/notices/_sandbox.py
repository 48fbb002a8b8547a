"""Templates that can show data and do nothing else.

Jinja2's own sandbox keeps a template from the machine, not from using it up: ``"a" * 10**9`` or a text doubled forty
times would. So only what a letter needs is let in, node by node: showing, conditions, loops at most two deep over the
lists given, blocks, a few filters. There is no call, no sum, no assignment, no macro, no import. What is left is
bounded by the data; what it writes is counted, and so are the rounds of its loops, which may write nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tocsin.notices._extra import jinja2

SOURCE_LIMIT = 64 << 10
DEEPEST = 2
_N = jinja2.nodes
_ALLOWED = (
    *(_N.Template, _N.Output, _N.TemplateData, _N.Name, _N.Getattr, _N.Getitem, _N.Const, _N.Tuple, _N.List),
    *(_N.If, _N.CondExpr, _N.For, _N.Compare, _N.Operand, _N.And, _N.Or, _N.Not, _N.Filter, _N.Test),
    *(_N.Block, _N.Extends, _N.Call, _N.Keyword),
)
_FILTERS = ("cell", "length", "join", "lower", "upper", "first", "last")
_TESTS = ("defined", "none", "true", "false")
_LOOP = ("index", "index0", "first", "last", "length")
_CELL_LIMIT = 60
_GLUE_LIMIT = 60
ROUNDS_LIMIT = 100_000
"""Of all loops while one letter is filled: five times what the general letters need for a table of 500 rows."""


class LetterError(Exception):
    """What is wrong with a template, and in which line."""

    def __init__(self, what: str, *, name: str, line: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.name = name
        self.line = line


class Sandbox:
    """Compiles all templates at once and fills one at a time. Raises ``LetterError`` for what may not be in one.

    A template may extend another of the same ending; names are ``pack/en.txt.j2`` and ``general/en.txt.j2``.
    """

    def __init__(self, files: Mapping[str, str], *, output_limit: int) -> None:
        self._limit = output_limit
        self._environments = {kind: _environment(files, autoescape=kind == "html") for kind in ("txt", "html")}
        for name, source in files.items():
            if len(source) > SOURCE_LIMIT:
                raise LetterError(f"has {len(source):,} characters; a letter has at most {SOURCE_LIMIT:,}", name=name)
            self._check(name, source, files)
        self._templates = {name: self._load(name) for name in files}

    def fill(self, name: str, data: Mapping[str, object]) -> str:
        """The template with the data in it."""
        written, size = [], 0
        try:
            for piece in self._templates[name].generate(_frozen(data, _Rounds())):
                size += len(piece)
                if size > self._limit:
                    raise LetterError(f"writes more than {self._limit:,} characters", name=name)
                written.append(piece)
        except jinja2.UndefinedError as fault:
            raise LetterError(f"asks for what is not given: {fault.message}", name=name) from fault
        except (jinja2.TemplateError, TypeError, ValueError, RecursionError) as fault:
            raise LetterError(f"cannot be filled: {fault}", name=name) from fault
        return "".join(written)

    def _load(self, name: str) -> jinja2.Template:
        try:
            return self._of(name).get_template(name)
        except (SyntaxError, RecursionError, MemoryError) as fault:  # Python's own limits, of what Jinja2 makes of it
            raise LetterError("is nested too deeply", name=name) from fault

    def _of(self, name: str) -> _Bounded:
        return self._environments["html" if name.endswith(".html.j2") else "txt"]

    def _check(self, name: str, source: str, files: Mapping[str, str]) -> None:
        try:
            tree = self._of(name).parse(source, name)
        except jinja2.TemplateSyntaxError as fault:
            raise LetterError(f"cannot be read: {fault.message}", name=name, line=fault.lineno) from fault
        except RecursionError as fault:
            raise LetterError("is nested too deeply", name=name) from fault
        except ValueError as fault:
            raise LetterError(f"cannot be read: {fault}", name=name) from fault
        for node, depth in _walk(tree, 0):
            if what := _wrong(node, depth, name, files):
                raise LetterError(what, name=name, line=node.lineno)


class _Bounded(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """Attributes are keys of mappings, and what a loop knows of itself; no method of anything can be reached."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # jinja2 gives no type to what a template holds
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, jinja2.runtime.LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, dict) and argument in obj:
            return obj[argument]
        return self.undefined(obj=obj, name=argument)


class _Text(str):
    """A text that no loop goes through: a thousand signs, two deep, would be a million rounds."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a text is no list")


class _Rounds:
    """Counts the rounds of all loops of one letter. Raises ``ValueError`` for too many."""

    def __init__(self) -> None:
        self._left = ROUNDS_LIMIT

    def take(self, number: int) -> None:
        self._left -= number
        if self._left < 0:
            raise ValueError(f"its loops go through more than {ROUNDS_LIMIT:,} rounds")


class _Rows(tuple[Any, ...]):
    """A list that was given; every loop through it, or joining of it, counts."""

    rounds: _Rounds

    def __iter__(self) -> Iterator[Any]:
        self.rounds.take(max(len(self), 1))
        return super().__iter__()


def _frozen(value: object, rounds: _Rounds) -> Any:
    if isinstance(value, str):
        return _Text(value)
    if isinstance(value, dict):
        return {name: _frozen(each, rounds) for name, each in value.items()}
    if isinstance(value, list):
        rows = _Rows(_frozen(each, rounds) for each in value)
        rows.rounds = rounds
        return rows
    return value


def _environment(files: Mapping[str, str], *, autoescape: bool) -> _Bounded:
    made = _Bounded(
        loader=jinja2.DictLoader(dict(files)),
        autoescape=autoescape,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters = {name: made.filters[name] for name in _FILTERS if name in made.filters}
    made.filters |= {"cell": _cell, "join": _joined(made.filters["join"])}
    made.tests = {name: made.tests[name] for name in _TESTS}
    made.globals = {}
    return made


def _cell(text: object, width: object) -> str:
    """``text`` filled with blanks to a column's width."""
    wide = width if isinstance(width, int) and 0 <= width <= _CELL_LIMIT else _CELL_LIMIT
    return str(text).ljust(wide)


def _joined(join: Callable[..., str]) -> Callable[..., str]:
    """The filter ``join`` for lists that are given, with little between: two long texts would give one without end."""

    @jinja2.pass_eval_context
    def joined(context: jinja2.nodes.EvalContext, rows: object, glue: str = "") -> str:
        if not isinstance(rows, _Rows) or len(glue) > _GLUE_LIMIT:
            raise TypeError(f"join takes a list that is given, and at most {_GLUE_LIMIT} characters between")
        return join(context, rows, glue)

    return joined


def _walk(node: jinja2.nodes.Node, depth: int) -> Iterator[tuple[jinja2.nodes.Node, int]]:
    """Every node with the number of loops that it stands in."""
    deeper = depth + isinstance(node, _N.For)
    yield node, deeper
    for child in node.iter_child_nodes():
        yield from _walk(child, deeper)


def _wrong(node: jinja2.nodes.Node, depth: int, name: str, files: Mapping[str, str]) -> str:
    """Why a node may not be in a letter; empty when it may."""
    if not isinstance(node, _ALLOWED):
        return f"{type(node).__name__.lower()} has no place in a letter"
    if isinstance(node, _N.Call) and not _is_super(node):
        return "a letter calls nothing but super()"
    if isinstance(node, _N.Call) and depth:
        return "super() has no place in a loop"
    if isinstance(node, _N.Filter) and node.name not in _FILTERS:
        return f"the filter {node.name!r} is none of {', '.join(_FILTERS)}"
    if isinstance(node, _N.Test) and node.name not in _TESTS:
        return f"the test {node.name!r} is none of {', '.join(_TESTS)}"
    if isinstance(node, _N.For) and (depth > DEEPEST or node.recursive):
        return f"loops stand at most {DEEPEST} deep, and none calls itself"
    if isinstance(node, _N.For) and not isinstance(node.iter, _N.Name | _N.Getattr | _N.Getitem):
        return "a loop goes through a list that is given"
    if isinstance(node, _N.Block) and depth:
        return "a block in a loop has no place in a letter"
    if isinstance(node, _N.Name) and node.ctx != "load" and node.name in ("self", "super", "loop"):
        return f"{node.name!r} cannot be given another meaning"
    if isinstance(node, _N.Extends):
        parent = node.template.value if isinstance(node.template, _N.Const) else None
        ending = ".html.j2" if name.endswith(".html.j2") else ".txt.j2"
        allowed = [each for each in files if each.startswith("general/") and each.endswith(ending)]
        if name.startswith("general/") or parent not in allowed:
            return f"a letter of a pack extends one of {', '.join(sorted(allowed))}"
    return ""


def _is_super(node: jinja2.nodes.Call) -> bool:
    bare = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
    return bare and isinstance(node.node, _N.Name) and node.node.name == "super"
