"""A part of a JSON document that knows its place, and notes in a sentence whatever is wrong with it."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

NEVER = date.min  # stands in for a date that could not be read, so that reading can go on to the next problem
MISSING = object()


class Part:
    """One object of the document. Its readers give a value of the right type and note a problem where they cannot."""

    def __init__(self, content: Any, place: str, problems: list[str]) -> None:
        self.place, self.problems = place, problems
        if not isinstance(content, dict):
            self.problem("", f"has to be an object, not {called(content)}.")
        self.content: dict[str, Any] = content if isinstance(content, dict) else {}

    def at(self, name: str) -> str:
        return ".".join(filter(None, (self.place, name)))

    def problem(self, name: str, sentence: str) -> None:
        self.problems.append(f"{self.at(name) or 'The file'} {sentence}")

    def only(self, *names: str) -> None:
        expected = f"the names are {', '.join(names)}" if names else "nothing is expected"
        for name in self.content:
            if name not in names:
                self.problem(name, f"is not known here; {expected}.")

    def word(self, name: str, *, needed: bool = True) -> str:
        found = self._find(name, needed=needed)
        if found is MISSING:
            return ""
        if not isinstance(found, str) or not found.strip() or not found.isprintable():
            self.problem(name, f"has to be a word or a short text, not {called(found)}.")
            return ""
        return found.strip()

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words; its own place in the list stands in each problem."""
        found = self._find(name, needed=False)
        if found is MISSING:
            return ()
        if not isinstance(found, list):
            self.problem(name, f"has to be a list, not {called(found)}.")
            return ()
        each = {f"{name}[{number}]": word for number, word in enumerate(found)}
        inner = Part(each, self.place, self.problems)
        return tuple(filter(None, (inner.word(place) for place in each)))

    def day(self, name: str, *, needed: bool = True) -> date | None:
        found = self._find(name, needed=needed)
        if found is MISSING:
            return NEVER if needed else None
        try:
            if len(found) == len("2013-10-03"):
                return date.fromisoformat(found)
        except (TypeError, ValueError):
            pass
        self.problem(name, f"has to be a date like 2013-10-03, not {called(found)}.")
        return NEVER

    def count(self, name: str, *, needed: bool = True) -> int:
        found = self._find(name, needed=needed)
        if found is MISSING:
            return 0
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= 1_000_000:
            self.problem(name, f"has to be a whole number from 0, not {called(found)}.")
            return 0
        return found

    def flag(self, name: str, *, otherwise: bool | None = None) -> bool:
        found = self._find(name, needed=otherwise is None)
        if isinstance(found, bool):
            return found
        if found is not MISSING:
            self.problem(name, f"has to be true or false, not {called(found)}.")
        return bool(otherwise)

    def part(self, name: str) -> "Part":
        found = self._find(name, needed=True)
        return Part({}, self.at(name), []) if found is MISSING else Part(found, self.at(name), self.problems)

    def parts(self, name: str, *, needed: bool = True) -> "list[Part]":
        found = self._find(name, needed=needed)
        if found is MISSING:
            return []
        if not isinstance(found, list):
            self.problem(name, f"has to be a list, not {called(found)}.")
            return []
        return [Part(each, f"{self.at(name)}[{number}]", self.problems) for number, each in enumerate(found)]

    def _find(self, name: str, *, needed: bool) -> Any:
        found = self.content.get(name, MISSING)
        if found is None:
            found = MISSING
        if found is MISSING and needed:
            self.problem(name, "is missing.")
        return found


def called(found: Any) -> str:
    """What was found, short enough for a sentence."""
    if isinstance(found, dict | list):
        return "an object" if isinstance(found, dict) else "a list"
    text = json.dumps(found, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."


def repeated(words: Sequence[str]) -> Iterator[str]:
    seen = set[str]()
    for word in words:
        if word and word in seen:
            yield word
        seen.add(word)


def document(text: str, problems: list[str]) -> Part:
    """The whole file as one part; names given twice and numbers JSON does not have are problems too."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        problems.extend(f'The name "{name}" is given twice in one object.' for name in repeated([n for n, _ in pairs]))
        return dict(pairs)

    def no_number(word: str) -> None:
        problems.append(f"{word} is not a number in JSON.")

    try:
        content = json.loads(text, object_pairs_hook=once, parse_constant=no_number)
    except json.JSONDecodeError as error:
        problems.append(f"The file is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.")
    except RecursionError:
        problems.append("The file is not a case: its objects are nested too deeply.")
    except ValueError:
        problems.append("The file holds a number that is too long.")
    else:
        return Part(content, "", problems)
    return Part({}, "", [])
