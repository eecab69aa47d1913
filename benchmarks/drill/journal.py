"""What happened in a drill: every request with its answer, every fault with its beginning and end."""

import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

FULL_HOUSE = 60.0  # seconds of everybody at once
BROKEN = "broken.json"


@dataclass(frozen=True, slots=True)
class Answer:
    """One request: when it was sent (seconds since the epoch), how long it took, and its status; 0 for none."""

    at: float
    seconds: float
    status: int


@dataclass(frozen=True, slots=True)
class Healed:
    """A request that met a 5xx and was taken when it was tried again: seconds from the first try to that one."""

    what: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Spell:
    """A fault that lasted, such as "broker down"; seconds since the epoch."""

    name: str
    began: float
    ended: float


@dataclass(slots=True)
class Journal:
    """Written by many threads."""

    began: float = field(default_factory=time.time)
    posts: list[Answer] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    # The id of the suggestion for each key that was answered with 202.
    acknowledged: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)  # the replacement that went out under each key
    healed: list[Healed] = field(default_factory=list)
    published: list[tuple[str, str]] = field(default_factory=list)  # the article and the sentence that went into it
    heads: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    # What broke a promise, in words.
    broken: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note_post(self, answer: Answer) -> None:
        with self._lock:
            self.posts.append(answer)
            self.counts[f"answers {answer.status or 'none'}"] += 1

    def acknowledge(self, key: str, suggestion: str) -> None:
        with self._lock:
            if self.acknowledged.setdefault(key, suggestion) != suggestion:
                self.broken.append(f"key {key} was answered with two suggestions")

    def note_sent(self, key: str, replacement: str) -> None:
        with self._lock:
            self.sent[key] = replacement

    def note_healed(self, what: str, seconds: float) -> None:
        with self._lock:
            self.healed.append(Healed(what, seconds))

    def note_published(self, slug: str, sentence: str) -> None:
        with self._lock:
            self.published.append((slug, sentence))

    def note_head(self, head: str) -> None:
        with self._lock:
            self.heads.add(head)

    def note_spell(self, name: str, began: float, ended: float) -> None:
        with self._lock:
            self.spells.append(Spell(name, began, ended))

    def count(self, name: str) -> None:
        with self._lock:
            self.counts[name] += 1

    def break_promise(self, sentence: str) -> None:
        with self._lock:
            if sentence not in self.broken:
                self.broken.append(sentence)

    def median_during(self, name: str) -> float | None:
        """Milliseconds that readers waited for an answer, of whatever kind, while the fault lasted."""
        spells = [spell for spell in self.spells if spell.name == name]
        inside = [
            answer.seconds * 1000
            for answer in self.posts
            if answer.status and any(spell.began <= answer.at < spell.ended for spell in spells)
        ]
        return median(inside) if inside else None


def print_counts(where: str, counts: Mapping[str, int], acknowledged: int, published: int) -> None:
    print(f"{where}: {acknowledged} suggestions acknowledged, {published} revisions of editors published")
    print("  " + ", ".join(f"{name} {number}" for name, number in sorted(counts.items())), flush=True)


def say(line: str) -> None:
    print(f"… {line}", flush=True)
