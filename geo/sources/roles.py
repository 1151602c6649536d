"""What each column of a table holds, guessed from its name, its HXL hashtag and its values.

A guess is only a proposal: it is shown, and `--map role=column` overrules it. Names are known in English
and Russian; hashtags are those of https://hxlstandard.org/standard/1-1final/dictionary/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.errors import CallError
from geo.sources import dates, numbers
from geo.sources.cells import Fault
from geo.sources.files.header import fold
from geo.sources.files.sheet import Sheet

NAMES: dict[str, str] = {
    "id": "id|event id|incident id|uid|identifier|key|ид|номер|код|идентификатор|код события",
    "date": "date|event date|date start|start date|day|incident date|date of event|date of incident|when|"
    "date occurred|datetime|дата|дата события|дата начала|дата инцидента|день|когда|күні",
    "end": "date end|end date|last day|to date|until|дата окончания|дата конца|конец|по",
    "time": "time|time local|local time|hour|время|время события|час|уақыты",
    "place": "place|location|city|town|settlement|locality|place name|location name|where|village|"
    "место|город|населенный пункт|нп|населенный пункт город|место события|населённый пункт|локация|қала|орны",
    "region": "region|admin1|adm1|adm 1|admin 1|province|oblast|state|governorate|регион|область|"
    "административная единица|облыс",
    "country": "country|country name|iso2|nation|admin0|страна|государство|ел",
    "lat": "lat|latitude|y|lat dd|gps lat|geo lat|y coord|широта|шир|ш",
    "lon": "lon|lng|long|longitude|x|lon dd|gps lon|geo lon|x coord|долгота|долг|д",
    "coordinates": "coordinates|coords|lat lon|latlon|lat lng|gps|position|координаты|gps координаты",
    "precision": "location precision|place precision|geo precision|precision|точность места|точность",
    "type": "event type|type|type of event|category|incident type|kind|"
    "тип|тип события|вид|вид события|категория",
    "subtype": "sub event type|subtype|sub type|subcategory|подтип|подтип события",
    "title": "title|headline|name|event|заголовок|название|событие",
    "summary": "summary|description|notes|note|details|text|what happened|narrative|comment|"
    "описание|что произошло|примечание|примечания|текст|подробности|комментарий|сипаттама",
    "actors": "actors|actor1|actor 1|actor|who|perpetrator|participants names|side a|"
    "участники|кто|сторона|сторона 1",
    "actors2": "actor2|actor 2|target|victim|side b|цель|сторона 2",
    "killed": "killed|deaths|fatalities|dead|fatalities best|death toll|number killed|deaths best|"
    "погибшие|погибло|убитые|убито|число погибших|жертвы|қаза болғандар",
    "killed_low": "fatalities low|killed low|deaths low|killed min|погибшие мин|погибло мин|минимум погибших",
    "killed_high": "fatalities high|killed high|deaths high|killed max|"
    "погибшие макс|погибло макс|максимум погибших",
    "injured": "injured|wounded|injuries|number injured|раненые|ранено|пострадавшие|пострадало|жаралылар",
    "arrested": "arrested|detained|arrests|detentions|задержанные|задержано|арестовано|ұсталғандар",
    "participants": "participants|crowd size|crowd|number of participants|"
    "число участников|участников|численность",
    "source": "source|sources|publisher|media|outlet|reported by|источник|источники|сми|издание|дереккөз",
    "url": "url|link|source url|href|web|ссылка|адрес|сілтеме",
    "reported": "reported|reported on|date reported|publication date|published|report date|"
    "дата публикации|опубликовано|дата сообщения",
}
"""The roles a column can play, and the names by which each is known."""

_TAGS: tuple[tuple[str, str], ...] = (
    ("date", r"#date(\+start|\+occurred|\+event)?"),
    ("end", r"#date\+end"),
    ("reported", r"#date\+(reported|published)"),
    ("lat", r"#geo\+lat"),
    ("lon", r"#geo\+(lon|long)"),
    ("coordinates", r"#geo\+coord"),
    ("region", r"#adm1\+name|#adm1"),
    ("country", r"#country(\+name|\+code.*)?"),
    ("place", r"#loc(\+name)?|#adm2\+name"),
    ("type", r"#event\+type|#cause\+type"),
    ("title", r"#event\+name|#event"),
    ("summary", r"#description.*|#event\+description"),
    ("killed", r"#affected\+killed"),
    ("injured", r"#affected\+(injured|wounded)"),
    ("arrested", r"#affected\+(arrested|detained)"),
    ("source", r"#meta\+source|#org\+source"),
    ("url", r"#meta\+(url|link)|#contact\+url"),
    ("id", r"#event\+(id|code)|#meta\+id"),
    ("actors", r"#actor(\+name)?|#org\+actor"),
)

KNOWN = frozenset(fold(name) for names in NAMES.values() for name in names.split("|"))
"""Every name a column is known by, which also tells a header from a title."""

ALIASES = {
    "date_start": "date",
    "date_end": "end",
    "latitude": "lat",
    "longitude": "lon",
    "fatalities": "killed",
    "event_type": "type",
    "sub_event_type": "subtype",
    "description": "summary",
    "admin1": "region",
    "publisher": "source",
}


@dataclass(frozen=True)
class Roles:
    """by: the column of each role. why: `name`, `tag`, `values` or `said`. left: columns without a role."""

    by: Mapping[str, str]
    why: Mapping[str, str]
    left: tuple[str, ...]

    def told(self) -> list[str]:
        """One line per role, for a person to confirm."""
        how = {
            "name": "by its name",
            "tag": "by its HXL hashtag",
            "values": "by its values",
            "said": "as said",
        }
        return [f"{role}: {column!r} {how[self.why[role]]}" for role, column in self.by.items()]


def guess(sheet: Sheet, first: Mapping[str, Sequence[str]], said: Mapping[str, str] | None = None) -> Roles:
    """The role of each column. first: some cells of each. said: role to column, `""` for none.

    Raises CallError for a role or column that there is not, or where a role that is needed stays open.
    """
    by: dict[str, str] = {}
    why: dict[str, str] = {}

    def give(role: str, column: str, reason: str) -> None:
        if role not in by and column not in by.values():
            by[role], why[role] = column, reason

    none = set()
    for asked, column in (said or {}).items():
        role = ALIASES.get(asked, asked)
        if role not in NAMES:
            raise CallError(
                f"no role is called {asked!r}", where="--map", todo=f"choose from: {', '.join(NAMES)}"
            )
        if column and column not in sheet.header:
            todo = f"choose from: {', '.join(sheet.header)}"
            raise CallError(f"no column is called {column!r}", where=f"--map {asked}", todo=todo)
        none.add(role)
        if column:
            by[role], why[role] = column, "said"
    for column, tag in zip(sheet.header, sheet.tags, strict=False):
        plain = re.sub(r"\s+", "", tag.lower())
        for role, pattern in _TAGS if plain else ():
            if role not in none and re.fullmatch(pattern, plain):
                give(role, column, "tag")
    for called in filter(None, (sheet.header, sheet.under)):
        folded = [(column, fold(name)) for column, name in zip(sheet.header, called, strict=False)]
        for role, names in NAMES.items():
            for name in map(fold, names.split("|")):
                for column, own in folded:
                    if role not in none and own == name:
                        give(role, column, "name")
    _by_values(sheet, first, none, by, give)
    return Roles(by, why, tuple(column for column in sheet.header if column not in by.values()))


def _by_values(
    sheet: Sheet,
    first: Mapping[str, Sequence[str]],
    none: set[str],
    by: Mapping[str, str],
    give: Callable[[str, str, str], None],
) -> None:
    """Days, addresses and coordinates are known by what they look like."""
    for column in sheet.header:
        cells = [cell for cell in first.get(column, ()) if cell.strip()]
        if len(cells) < 2 or column in by.values():
            continue
        if "date" not in by and "date" not in none and _share(cells, _is_day) > 0.8:
            give("date", column, "values")
        elif "url" not in none and _share(cells, _is_address) > 0.8:
            give("url", column, "values")
        elif not {"coordinates", "lat", "lon"} & by.keys() and _share(cells, _is_pair) > 0.8:
            give("coordinates", column, "values")
    if not {"coordinates", "lat", "lon"} & (by.keys() | none):
        fractions = [
            column
            for column in sheet.header
            if column not in by.values()
            and _share([c for c in first.get(column, ()) if c.strip()], _is_fraction) > 0.8
        ]
        wide = [column for column in fractions if any(_size(cell) > 90 for cell in first[column])]
        if len(fractions) == 2 and len(wide) == 1:
            give("lon", wide[0], "values")
            give("lat", next(column for column in fractions if column != wide[0]), "values")


def needed(roles: Roles, sheet: Sheet, fixed: Mapping[str, str]) -> None:
    """Raises CallError where no column, and nothing the caller fixed, says when, what or where."""
    columns = ", ".join(sheet.header[:30])
    if "date" not in roles.by:
        todo = f"name it with --map date=COLUMN; columns: {columns}"
        raise CallError("no column looks like the day of the event", where=sheet.name, todo=todo)
    if not {"type", "subtype"} & roles.by.keys() and "type" not in fixed:
        todo = f"name it with --map type=COLUMN, or say --set type=Protests for all rows; columns: {columns}"
        raise CallError("no column says what kind of event it is", where=sheet.name, todo=todo)
    if ("lat" in roles.by) != ("lon" in roles.by):
        lacking, there = ("lon", "lat") if "lat" in roles.by else ("lat", "lon")
        todo = f"name it with --map {lacking}=COLUMN, or leave both out with --map {there}="
        raise CallError(f"there is a column of {there} and none of {lacking}", where=sheet.name, todo=todo)
    if not {"lat", "coordinates", "place", "region", "country"} & roles.by.keys():
        todo = f"name one with --map place=COLUMN or --map lat=COLUMN --map lon=COLUMN; columns: {columns}"
        raise CallError("no column says where it happened", where=sheet.name, todo=todo)


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _is_day(text: str) -> bool:
    if re.fullmatch(r"[\d.,]+", text.strip()) and not re.fullmatch(
        r"\d{8}|\d{1,2}\.\d{1,2}\.\d{4}", text.strip()
    ):
        return False  # a number that could be a day is more often a number
    try:
        dates.read(text, dates.Order.DAY_FIRST)
    except Fault:
        return False
    return True


def _is_pair(text: str) -> bool:
    try:
        numbers.pair(text)
    except Fault:
        return False
    return True


def _is_address(text: str) -> bool:
    return bool(re.match(r"https?://", text.strip()))


def _is_fraction(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d{1,3}[.,]\d{3,}", text.strip())) and _size(text) <= 180


def _size(text: str) -> float:
    try:
        return abs(float(text.strip().replace(",", ".")))
    except ValueError:
        return 0.0
