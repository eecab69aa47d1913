"""Makes up prose: every word is from the short lists below or put together from syllables."""

from itertools import accumulate
from random import Random


def _listed(words: str) -> list[str]:
    return words.split()


FUNCTION = _listed(
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they "
    "which one were all we when there can more if no out so said what up its about than into them only some could "
    "new other time these two may first then do any like my now over such our even most after also made many"
)
# Roughly Zipf's law: "the" is about 7 % of the words.
FUNCTION_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(FUNCTION))))
NOUNS = _listed(
    "river council budget bridge school report letter garden market harbour ledger method station village record "
    "kettle lantern orchard survey window engine charter festival museum railway printer archive tower valley "
    "signal committee editor reader article chapter column draft figure appendix table source ledger clerk mason"
)
VERBS = _listed(
    "opened closed measured reported repaired described crossed painted counted delayed approved moved rejected "
    "printed revised gathered carried expanded reduced observed funded promised inspected replaced"
)
ADJECTIVES = _listed(
    "quiet narrow early northern bright steady costly public ancient recent minor broken wooden modest distant "
    "careful annual local empty formal sudden patient heavy plain"
)
NAMES = _listed(
    "Alda Brennick Corvane Delphy Estrin Falko Gadrel Hesper Ivo Jorun Kessil Lorane Maddox Nerys Orla Pell "
    "Quillan Robin Sable Tamsin Ulric Vesna Wren Yorick"
)
SYLLABLES = _listed("ka lo mi ren tor va shu bel dri pon quil zan ter os ul mar ne fi gra")
# Composed and decomposed letters, other scripts, signs outside the first plane, signs of several code points.
UNICODE = [
    "caf\u00e9",
    "na\u00efve",
    "\u00c5ngstr\u00f6m",
    "S\u00e3o Tom\u00e9",
    "\u0394\u03b9\u03cc\u03c1\u03b8\u03c9\u03c3\u03b7",
    "\u043f\u043e\u043f\u0440\u0430\u0432\u043a\u0430",
    "\u8bef\u690d",
    "\U0001f600",
    "\U0001f469\u200d\U0001f52c",
    "\U0001f1eb\U0001f1f7",
    "e\u0301te\u0301",
    "a\u0308rger",
    "\u0939\u093f\u0928\u094d\u0926\u0940",
    "\U0001d4b3",
    "\ufb01nal",
]
# What a typographer puts into other characters.
TYPEWRITTEN = ["it's", '"no"', "1990-1995", "so... yes", "co-operate"]
SPICE = 0.12  # the share of words from a writer's own list


class Writer:
    """Draws words, sentences and paragraphs from one random source; the order of the draws is part of every case."""

    def __init__(self, random: Random, spice: list[str] | None = None) -> None:
        """`spice` is a list of unusual words of which the text gets one in eight."""
        self.random = random
        self._spice = spice or []

    def word(self) -> str:
        draw = self.random.random()
        if self._spice and draw < SPICE:
            return self.random.choice(self._spice)
        if draw < 0.50:
            return self.random.choices(FUNCTION, cum_weights=FUNCTION_WEIGHTS)[0]
        for below, words in ((0.68, NOUNS), (0.80, VERBS), (0.90, ADJECTIVES), (0.94, NAMES)):
            if draw < below:
                return self.random.choice(words)
        if draw < 0.96:
            return str(self.random.randint(2, 2999))
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4)))

    def words(self, count: int) -> list[str]:
        return [self.word() for _ in range(count)]

    def sentence(self, low: int = 6, high: int = 26) -> str:
        words = self.words(self.random.randint(low, high))
        if len(words) > 9 and self.random.random() < 0.5:
            words[len(words) // 2] += ","
        text = " ".join(words)
        return text[:1].upper() + text[1:] + self.random.choice(["."] * 8 + ["?", "!"])

    def paragraphs(self, size: int) -> list[list[str]]:
        """Lists of sentences, together about `size` characters."""
        written, length = [], 0
        while length < size:
            paragraph = [self.sentence() for _ in range(self.random.randint(2, 7))]
            written.append(paragraph)
            length += sum(map(len, paragraph)) + len(paragraph) + 1
        return written
