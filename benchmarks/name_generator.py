"""Makes up company names of the usual shapes, and the typos that people make in them: always the same ones for the same seed."""

import random
from string import ascii_lowercase

_ONSETS = (
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "qu",
    "r",
    "s",
    "sh",
    "sp",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
)
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ea", "ee", "io", "oo", "ou", "y")
_CODAS = ("", "", "", "ck", "d", "k", "l", "ll", "m", "n", "nt", "p", "r", "rd", "s", "ss", "t", "x")
_WORDS = """
amber anchor apex arc arrow atlas aurora basin beacon birch blue bold bright brook canyon cedar circle clear cobalt compass copper
coral crane crest crystal delta drift eagle ember falcon fern field flint forge fox frost garden gate glacier granite green harbor
hazel helio heron hill horizon iron ivory jade juniper kestrel lake lantern lark ledger lumen maple marble meadow mesa mint moon
moss north nova oak ocean onyx opal orbit osprey otter paper pine pixel plain polar prairie prime quarry quartz raven red reef
ridge river robin rock saffron sage salt silver sky slate snow solar spark spring star stone storm summit sun swift tandem teal
terra thistle tide timber torch trail tulip vale vector velvet violet vista wave west willow wind wolf wren yarrow zephyr zinc
"""
_KINDS = (
    "Labs",
    "Health",
    "Systems",
    "Group",
    "Software",
    "Robotics",
    "Analytics",
    "Foundation",
    "Technologies",
    "Studios",
    "Capital",
    "Media",
    "Networks",
    "Energy",
)
_LEGAL_FORMS = ("", "", "", "", ", Inc.", " LLC", " GmbH", " Ltd", " Inc")


class NameGenerator:
    """Makes names and typos from one seeded stream."""

    def __init__(self, seed: int) -> None:
        self._words = _WORDS.split()
        self._random = random.Random(seed)  # noqa: S311 -- the same names every time is the point

    def names(self, count: int, *, without: frozenset[str] = frozenset()) -> list[str]:
        """Return so many different names, none that is in `without`, compared without case."""
        found: dict[str, str] = {}
        while len(found) < count:
            name = self._name()
            if name.casefold() not in without:
                found.setdefault(name.casefold(), name)
        return list(found.values())

    def mistype(self, name: str, typos: int) -> str:
        """Return the name with so many letters dropped, doubled, changed, or swapped with the next."""
        for _ in range(typos):
            place = self._random.randrange(1, len(name) - 1)
            name = name[:place] + self._slip(name[place : place + 2]) + name[place + 2 :]
        return name

    def pick(self, names: list[str], count: int) -> list[str]:
        """Return so many of the names."""
        return self._random.sample(names, count)

    def _slip(self, pair: str) -> str:
        """Return two neighbouring letters with one slip."""
        first, second = pair[0], pair[1:]
        return self._random.choice((second, first + first + second, self._random.choice(ascii_lowercase) + second, second + first))

    def _name(self) -> str:
        """Return one name: an invented word or two plain ones, perhaps a kind of company, perhaps a legal form."""
        choose = self._random.choice
        shape = self._random.random()
        if shape < 0.3:
            start = self._invented(3)
        elif shape < 0.6:
            start = f"{self._invented(2)} {choose(_KINDS)}"
        elif shape < 0.8:
            start = f"{choose(self._words).title()} {self._invented(2)}"
        else:
            start = f"{choose(self._words).title()}{choose(('', ' '))}{choose(self._words)} {self._invented(2)}"
        return start + choose(_LEGAL_FORMS)

    def _invented(self, syllables: int) -> str:
        """Return a word of so many syllables that is not in any dictionary."""
        choose = self._random.choice
        return "".join(
            choose(_ONSETS) + choose(_NUCLEI) + (choose(_CODAS) if last else "") for last in [False] * (syllables - 1) + [True]
        ).title()
