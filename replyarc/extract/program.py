"""What a small script prints, told without running it: literals, variables, conditions on them.

The grammar is that of the few lines which a template writes around a value: ``var``, ``=``, ``+``,
``if`` and ``else``, ``document.write``, ``$("#id").html(…)``, ``.innerHTML =``. Whatever else a
script holds makes it unclear, and then it prints nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from replyarc.extract.tokens import Unclear, tokens, unquoted

_DEEPEST: Final = 20
_LONGEST: Final = 4000
_EQUALS: Final = {"==": True, "===": True, "!=": False, "!==": False}
_INTO: Final = {"html": False, "text": False, "append": True}
_PROPERTIES: Final = ("innerHTML", "innerText", "textContent")
_DECLARES: Final = ("var", "let", "const")
_BEGINS: Final = frozenset({"{", "if", ";", *_DECLARES})
_JQUERY: Final = ("$", "jQuery")
_CUTS: Final = ("substring", "substr", "slice")

Value = str | int | None


class Printed(NamedTuple):
    """What a script prints: where it stands (``into`` is ``None``) or into an element, by its id.

    ``appends`` keeps what is there already; ``beside`` means the element around that one.
    """

    text: str
    into: str | None = None
    appends: bool = False
    beside: bool = False


def run(source: str, known: Callable[[str], str]) -> list[Printed]:
    """Return what a script prints, in order; ``known`` gives variables of other scripts, quoted.

    >>> run("var d='2020年1月2日'; if(d!=''){document.write(d);}", str)
    [Printed(text='2020年1月2日', into=None, appends=False, beside=False)]

    Raises Unclear where it does anything else.
    """
    script = _Script(tokens(source), known)
    while script.at < len(script.tokens):
        script.statement(0)
    return script.printed


@dataclass(slots=True)
class _Script:
    """A script on the way through its tokens; ``runs`` is false in a branch that is not taken."""

    tokens: tuple[tuple[str, str], ...]
    known: Callable[[str], str]
    at: int = 0
    runs: bool = True
    names: dict[str, Value] = field(default_factory=dict)
    printed: list[Printed] = field(default_factory=list)

    def next(self, *wanted: str) -> str:
        """Take the next token, which is one of these words and signs, if any are given."""
        kind, token = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if not kind or (wanted and token not in wanted):
            raise Unclear(token)
        self.at += 1
        return token

    def ahead(self) -> str:
        """The next token; nothing at the end."""
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def has(self, *signs: str) -> bool:
        """Take these tokens where they are next, all of them or none."""
        if self.ahead() != signs[0]:
            return False
        ahead = self.tokens[self.at : self.at + len(signs)]
        if [each for _, each in ahead] != [*signs]:
            return False
        self.at += len(signs)
        return True

    def statement(self, depth: int) -> None:
        if depth > _DEEPEST:
            raise Unclear("too deep")
        token = self.ahead()
        if token in _BEGINS:
            self.at += 1
        if token == "{":
            while not self.has("}"):
                self.statement(depth + 1)
        elif token == "if":
            self.branches(depth)
        elif token in _DECLARES:
            self.assignment(depth)
            while self.has(","):
                self.assignment(depth)
        elif token in _JQUERY and self.is_ready():
            self.statement(depth + 1)
            self.next(")")
        elif token != ";":
            self.prints(depth)

    def is_ready(self) -> bool:
        """Take the beginning of what jQuery runs once the page is there."""
        begun = ("(", "function", "(", ")")
        return any(
            self.has(jquery, *begun) or self.has(jquery, "(", "document", ")", ".", "ready", *begun)
            for jquery in _JQUERY
        )

    def branches(self, depth: int) -> None:
        self.next("(")
        holds = self.either(depth + 1)
        self.next(")")
        ran = self.runs
        self.runs = ran and holds
        self.statement(depth + 1)
        if self.has("else"):
            self.runs = ran and not holds
            self.statement(depth + 1)
        self.runs = ran

    def assignment(self, depth: int) -> None:
        if self.tokens[self.at : self.at + 1] == () or self.tokens[self.at][0] != "name":
            raise Unclear("no name")
        name = self.next()
        how = self.next("=", "+=", ";") if self.at < len(self.tokens) else ";"
        if how == ";":
            value: Value = None
        else:
            value = self.sum(depth)
            if how == "+=":
                value = _joined(self.variable(name), value)
        if self.runs:
            self.names[name] = value

    def prints(self, depth: int) -> None:
        """Read ``document.write(…)`` and its like, or an assignment."""
        if self.has("document", ".", "write", "(") or self.has("document", ".", "writeln", "("):
            self.emit(self.sum(depth))
            self.next(")")
        elif self.has("document", ".", "getElementById", "("):
            name = self.literal()
            self.next(")")
            self.next(".")
            self.next(*_PROPERTIES)
            self.next("=")
            self.emit(self.sum(depth), name)
        elif any(self.has(jquery, "(") for jquery in _JQUERY):
            name = self.literal()
            self.next(")")
            beside = self.has(".", "parent", "(", ")")
            self.next(".")
            how = self.next(*_INTO)
            self.next("(")
            if not name.startswith("#"):
                raise Unclear(name)
            self.emit(self.sum(depth), name[1:], _INTO[how], beside)
            self.next(")")
        else:
            self.assignment(depth)

    def emit(
        self, value: Value, into: str | None = None, appends: bool = False, beside: bool = False
    ) -> None:
        if into is not None and not re.fullmatch(r"[\w-]{1,60}", into):
            raise Unclear(into)
        if self.runs:
            self.printed.append(Printed(str(value or ""), into, appends, beside))

    def literal(self) -> str:
        kind, token = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind != "text":
            raise Unclear(token)
        self.at += 1
        return unquoted(token)

    def variable(self, name: str) -> Value:
        if name not in self.names:
            self.names[name] = unquoted(self.known(name))
        return self.names[name]

    def sum(self, depth: int) -> Value:
        value = self.term(depth)
        while self.has("+"):
            value = _joined(value, self.term(depth))
        return value

    def term(self, depth: int) -> Value:
        if depth > _DEEPEST:
            raise Unclear("too deep")
        if self.has("("):
            value = self.sum(depth + 1)
            self.next(")")
            return self.cut(value)
        kind, token = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind == "text":
            return self.cut(self.literal())
        self.at += 1
        if kind == "number":
            return int(token)
        if kind != "name":
            raise Unclear(token)
        return None if token in ("null", "undefined") else self.cut(self.variable(token))

    def cut(self, value: Value) -> Value:
        """Read what is asked of a text: its length, its first letters, itself without blanks."""
        if not self.has("."):
            return value
        how = self.next("length", "trim", *_CUTS)
        if not isinstance(value, str):
            raise Unclear(how)
        if how == "length":
            return len(value)
        self.next("(")
        if how == "trim":
            self.next(")")
            return value.strip()
        first = self.term(_DEEPEST)
        self.next(",")
        last = self.term(_DEEPEST)
        self.next(")")
        if first != 0 or not isinstance(last, int):
            raise Unclear(how)
        return value[:last]

    def either(self, depth: int) -> bool:
        holds = self.both(depth)
        while self.has("||"):
            other = self.both(depth)
            holds = holds or other
        return holds

    def both(self, depth: int) -> bool:
        holds = self.condition(depth)
        while self.has("&&"):
            other = self.condition(depth)
            holds = holds and other
        return holds

    def condition(self, depth: int) -> bool:
        if depth > _DEEPEST:
            raise Unclear("too deep")
        if self.has("!"):
            return not self.condition(depth + 1)
        if self.has("("):
            holds = self.either(depth + 1)
            self.next(")")
            return holds
        value = self.sum(depth)
        equal = _EQUALS.get(sign := self.ahead())
        if equal is not None:
            self.at += 1
            other = self.sum(depth)
            if None not in (value, other) and type(value) is not type(other):
                raise Unclear(sign)
            return (value == other) is equal
        if self.has(">"):
            other = self.sum(depth)
            if not isinstance(value, int) or not isinstance(other, int):
                raise Unclear(">")
            return value > other
        return bool(value)


def _joined(one: Value, other: Value) -> Value:
    if not isinstance(one, str) or not isinstance(other, str):
        raise Unclear("+")
    if len(one) + len(other) > _LONGEST:  # what is added to itself grows without end
        raise Unclear("too long")
    return one + other
