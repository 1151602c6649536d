"""How a foreign name in Russian letters may be spelled where it comes from: "Кольипульи" is Collipulli.

The gazetteer knows most towns of other continents in Latin letters only. Russian writes them by sound, so
one letter stands for several spellings; the likeliest combinations are tried.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

_MOST = 240
"""Spellings of one name."""

_PAIRS = {
    "льи": ("lli", "li"), "лья": ("lla", "lya", "glia"), "льо": ("llo",), "ьо": ("yo", "io"),
    "дж": ("j", "dj", "g"), "кс": ("x", "ks"), "кв": ("qu", "kv"), "ки": ("qui", "ki", "chi"),
    "ке": ("que", "ke"),
    "ху": ("ju", "hu", "khu"), "хо": ("jo", "ho", "kho"), "ха": ("ja", "ha", "kha"),
    "хе": ("ge", "je", "he"), "хи": ("gi", "ji", "hi"), "ци": ("zi", "ci"), "уа": ("hua", "ua", "wa"),
    "гуа": ("gua",), "нь": ("n", "ñ"), "нья": ("nha", "ña", "nia"), "ия": ("ia", "iya"),
    "ья": ("ia", "ya"), "ей": ("ey", "ei", "ay"), "ай": ("ai", "ay"), "ау": ("au", "aw"),
    "оу": ("ou", "ow"), "ый": ("y",), "ью": ("ew", "iu"), "шт": ("st", "scht"), "лл": ("ll",),
}  # fmt: skip
_LETTERS = {
    "а": ("a",), "б": ("b", "v"), "в": ("v", "w"), "г": ("g", "h"), "д": ("d",), "е": ("e",),
    "ё": ("yo", "o"), "ж": ("j", "zh"), "з": ("z", "s"), "и": ("i", "y"), "й": ("y", "i"),
    "к": ("c", "k"), "л": ("l", "ll"), "м": ("m",), "н": ("n",), "о": ("o",), "п": ("p",), "р": ("r",),
    "с": ("s", "z", "c"), "т": ("t",), "у": ("u", "ou"), "ф": ("f", "ph"), "х": ("h", "kh", "j"),
    "ц": ("ts", "z"), "ч": ("ch",), "ш": ("sh", "ch", "s"), "щ": ("shch",), "ъ": ("",), "ы": ("y",),
    "ь": ("",), "э": ("e",), "ю": ("yu", "iu"), "я": ("ya", "ia"), "-": ("-",), " ": (" ",),
}  # fmt: skip
_LONGEST = 24  # letters


def spellings(name: str) -> tuple[str, ...]:
    """Spellings in Latin letters, those with the fewest unusual choices first; none for other words."""
    low = name.lower()
    if len(low) > _LONGEST or any(letter not in _LETTERS for letter in low):
        return ()
    choices = list(_choices(low))
    found = []
    for changed in range(len(choices) + 1):
        open_ended = [at for at, several in enumerate(choices) if len(several) > 1]
        for places in itertools.combinations(open_ended, changed):
            for picked in itertools.product(*(choices[at][1:] for at in places)):
                other = dict(zip(places, picked, strict=True))
                found.append("".join(other.get(at, several[0]) for at, several in enumerate(choices)))
                if len(found) >= _MOST:
                    return tuple(dict.fromkeys(found))
    return tuple(dict.fromkeys(found))


def _choices(name: str) -> Iterator[tuple[str, ...]]:
    at = 0
    while at < len(name):
        for size in (3, 2):
            if name[at : at + size] in _PAIRS:
                yield _PAIRS[name[at : at + size]]
                at += size
                break
        else:
            yield _LETTERS[name[at]]
            at += 1
