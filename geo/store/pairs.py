"""Pairs of incidents that may be one event: found by day and place, weighed, and handed out best first.

Only incidents that lie near each other on nearby days are compared (blocking), some days at a time, so
that neither time nor memory grows with the square of the rows: a window of days holds a bounded number
of rows, and what a window finds is kept on disk once memory is short.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from geo.store import connection, decisions, weights
from geo.store.result import Row, stream

THRESHOLD = 0.3
"""From which score on a pair is worth a person's time, unless they say otherwise."""

WINDOW = 20_000
"""Rows that are compared at a time, unless one day alone has more."""

LONGEST = 45
"""Days that an incident may span: what is known to a season only would pair with everything in it."""

CROWD = 2_000
"""Incidents of one day in one block beyond which that block is passed over, and counted."""

_SHIFT = 20
"""Zoom-20 pixels of a block's side, as a power of two: 156 km at the equator, 100 km in Astana."""

_UNSURE = 10.0
"""Kilometres for a point whose uncertainty is not known: those of a town."""


@dataclass
class Search:
    """What is asked, and what was passed over on the way.

    threshold: lowest score wanted, 0 to 1. within: also pairs of one data set. start, end: only
    incidents that touch these days. most: how many pairs at most, best first.
    long: incidents of more than LONGEST days, not compared. crowded: blocks passed over.
    """

    threshold: float = THRESHOLD
    within: bool = False
    start: dt.date | None = None
    end: dt.date | None = None
    most: int | None = None
    long: int = field(default=0, init=False)
    crowded: int = field(default=0, init=False)


def find(path: Path, search: Search, *, threads: int = 2) -> Iterator[Row]:
    """Pairs nobody has decided on yet, best first, each the columns of `_SHOWN` and `a` and `b`.

    score: probability, 0 to 1. reasons: comparison, level, text and weight (bits), strongest first.
    a, b: the incidents, the one known more exactly first. Raises as connection.connect does.
    """
    db = connection.connect(path, threads, memory="1GB")
    try:
        _prepare(db, search)
        for start, end in _windows(db):
            _compare(db, search, start, end)
        limit = "" if search.most is None else f"LIMIT {int(search.most)}"
        found = db.execute(f"{_SHOWN} ORDER BY score DESC, h.a, h.b {limit}")
        for row in stream(found):
            yield _told(row)
    finally:
        db.close()


def _prepare(db: duckdb.DuckDBPyConnection, search: Search) -> None:
    """What is compared: today's events on the days asked for, numbered, and pairs already decided on."""
    asked = {"start": search.start, "end": search.end, "longest": LONGEST}
    db.execute(_ROWS, asked)
    common = db.execute(_COMMON).fetchone()
    if common and common[0]:
        kept = "list_filter(told, word -> NOT list_contains($common, word))"
        db.execute(f"UPDATE compared SET told = {kept}", {"common": common[0]})
    row = db.execute(f"SELECT count(*) FROM incidents WHERE {_ASKED} AND NOT {_SHORT}", asked).fetchone()
    search.long = row[0] if row else 0
    shape = pa.schema([(name, pa.string()) for name in ("a_dataset", "a_id", "b_dataset", "b_id")])
    pairs = [dict(zip(shape.names, (*one, *other), strict=True)) for one, other in _settled(db)]
    settled = pa.Table.from_pylist(pairs, schema=shape)  # noqa: F841 -- DuckDB reads it by name
    db.execute(
        """
        CREATE TEMP TABLE settled AS
        SELECT a.n AS a, b.n AS b FROM settled s
        JOIN compared a ON a.dataset = s.a_dataset AND a.id = s.a_id
        JOIN compared b ON b.dataset = s.b_dataset AND b.id = s.b_id
        """
    )
    levels = ", ".join(f"l_{name} TINYINT" for name in weights.COMPARISONS)
    db.execute(f"CREATE TEMP TABLE hits (a BIGINT, b BIGINT, score DOUBLE, km DOUBLE, {levels})")


def _settled(db: duckdb.DuckDBPyConnection) -> set[tuple[decisions.Key, decisions.Key]]:
    """Pairs of events that a person has rejected, each both ways."""
    held = decisions.in_force(decisions.made(db))
    lead = {key: event[0] for event in decisions.events(held) for key in event}
    return {
        pair
        for (one, other), same in held.items()
        if same is False
        for first, second in [(lead.get(one, one), lead.get(other, other))]
        for pair in [(first, second), (second, first)]
    }


def _windows(db: duckdb.DuckDBPyConnection) -> list[tuple[dt.date, dt.date]]:
    """First and last days of stretches that hold about WINDOW rows each."""
    windows: list[tuple[dt.date, dt.date]] = []
    start, held = None, 0
    last = dt.date.min
    for day, count in db.execute("SELECT start, count(*) FROM compared GROUP BY 1 ORDER BY 1").fetchall():
        if start is not None and held + count > WINDOW:
            windows.append((start, day - dt.timedelta(days=1)))
            start, held = None, 0
        start, held, last = start or day, held + count, day
    if start is not None:
        windows.append((start, last + dt.timedelta(days=LONGEST + 1)))
    return windows


def _compare(db: duckdb.DuckDBPyConnection, search: Search, start: dt.date, end: dt.date) -> None:
    """Weigh the pairs that meet within a window and keep those above the threshold."""
    days = {"first": start, "last": end}
    db.execute(_KEYS, days)
    db.execute(_CROWDED, {"crowd": CROWD})
    row = db.execute("SELECT count(*) FROM crowded").fetchone()
    search.crowded += row[0] if row else 0
    apart = "(a.dataset, a.id) < (b.dataset, b.id)" if search.within else "a.dataset < b.dataset"
    db.execute(_PAIRS.format(apart=apart), {"threshold": search.threshold})


def _told(row: Row) -> Row:
    """A found pair with its reasons in words, the incident that is known more exactly first."""
    reasons = []
    for name, levels in weights.COMPARISONS.items():
        one = levels[row.pop(f"l_{name}")]
        if one.weight:
            reason: dict[str, Any] = {"comparison": name, "level": one.name, "text": one.text}
            reasons.append(reason | {"weight": round(one.weight, 2)})
    reasons.sort(key=lambda reason: -abs(reason["weight"]))
    a, b = row["a"], row["b"]
    if b.pop("exactness") < a.pop("exactness"):
        a, b = b, a
    km = None if row["km"] is None else round(row["km"], 1)
    return {"score": round(row["score"], 3), "km": km, "reasons": reasons, "a": a, "b": b}


_ASKED = """known_to IS NULL AND ($start IS NULL OR date_latest >= $start)
            AND ($end IS NULL OR date_start <= $end)"""
_SHORT = "date_latest - date_start <= $longest"
_WORDS = r"list_distinct(regexp_extract_all(lower(left({}, 600)), '[\p{{L}}\p{{N}}]{{4,}}'))"

_ROWS = f"""
    CREATE TEMP TABLE compared AS
    SELECT row_number() OVER () AS n, dataset, id, date_start AS start, date_latest AS latest,
           px, py, lon, lat, area_id, admin1_id, coalesce(place, place_text) AS place,
           location_precision IN ('macro-region', 'country') AS wide,
           least(coalesce(uncertainty_km, {_UNSURE}), 25) AS km,
           event_type::VARCHAR AS type, sub_event_type::VARCHAR AS sub,
           fatalities_low, fatalities_high, injured_low, injured_high,
           arrested_low, arrested_high, participants_low, participants_high,
           {_WORDS.format("actors")} AS who, {_WORDS.format("concat_ws(' ', place_text, summary)")} AS told,
           regexp_matches(left(summary, 600), '[а-яё]') AS cyrillic
    FROM incidents WHERE {_ASKED} AND {_SHORT}
"""

_COMMON = """
    WITH sampled AS (SELECT told FROM compared USING SAMPLE 20000 ROWS (reservoir, 7)),
    words AS (SELECT unnest(told) AS word FROM sampled)
    SELECT list(word) FROM (
        SELECT word FROM words GROUP BY word
        HAVING count(*) > greatest(4, 0.04 * (SELECT count(*) FROM sampled)) ORDER BY count(*) DESC LIMIT 100
    )
"""
"""Words that so many accounts hold that sharing them says little."""

_KEYS = f"""
    CREATE OR REPLACE TEMP TABLE keys AS
    WITH near AS (
        SELECT *, ((km + {25 + weights.NEARNESS}) * 1000 / (0.1493 * cos(radians(lat))))::BIGINT AS far
        FROM compared WHERE latest >= $first AND start <= $last::DATE + 1
    ),
    placed AS (
        SELECT n, false AS widened, 'c' || (px >> {_SHIFT}) || '/' || (py >> {_SHIFT}) AS key
        FROM near WHERE px IS NOT NULL
        UNION ALL
        SELECT n, true, 'c' || (x & 255) || '/'
                        || unnest(range((py - far) >> {_SHIFT}, ((py + far) >> {_SHIFT}) + 1))
        FROM (SELECT n, py, far, unnest(range((px - far) >> {_SHIFT}, ((px + far) >> {_SHIFT}) + 1)) AS x
              FROM near WHERE px IS NOT NULL)
        UNION ALL
        SELECT n, side, kind || coalesce(admin1_id, area_id) FROM near, (VALUES
            ('r', false, true), ('r', false, false), ('r', true, false),
            ('q', true, true), ('q', false, false)
        ) sides(kind, side, pointed)
        WHERE coalesce(admin1_id, area_id) IS NOT NULL AND pointed = (px IS NOT NULL)
        UNION ALL
        SELECT n, side, 'p' || lower(place) FROM near, (VALUES (false), (true)) sides(side)
        WHERE px IS NULL AND area_id IS NULL AND place IS NOT NULL
    )
    SELECT p.n, key, widened, unnest(generate_series(
               greatest(start - widened::INTEGER, $first::DATE),
               least(latest + widened::INTEGER, $last::DATE),
               INTERVAL 1 DAY))::DATE AS day
    FROM placed p JOIN near USING (n)
"""
"""Blocks that each incident is in: cells within reach of its point, its region, or the name of its place.

One side of a pair is widened by a day before and after, and by its reach, so that a plain equality finds
what lies near it. In a region (`r` and `q`), at least one of two is known to no more than the region.
"""

_CROWDED = """
    CREATE OR REPLACE TEMP TABLE crowded AS
    SELECT key, day FROM keys WHERE NOT widened GROUP BY ALL HAVING count(*) > $crowd
"""


def _apart(name: str) -> str:
    """SQL: by which factor a figure's ranges miss each other, 1 where they meet; null without both."""
    low, high = f"{name}_low", f"{name}_high"
    return (
        f"CASE WHEN greatest(a.{high}, 0) + greatest(b.{high}, 0) > 0 AND a.{high} >= 0 AND b.{high} >= 0 "
        f"THEN greatest((greatest(a.{low}, b.{low}) + 1.0) / (least(a.{high}, b.{high}) + 1.0), 1.0) END"
    )


_FIGURES = ("fatalities", "injured", "arrested", "participants")
_KM = """CASE WHEN a.lon IS NOT NULL AND b.lon IS NOT NULL THEN
         2 * 6371.0088 * asin(sqrt(least(1.0, pow(sin(radians(b.lat - a.lat) / 2), 2)
         + cos(radians(a.lat)) * cos(radians(b.lat)) * pow(sin(radians(b.lon - a.lon) / 2), 2)))) END"""
_SHARED = "len(list_intersect(a.{0}, b.{0}))::DOUBLE / least(len(a.{0}), len(b.{0}))"

_LEVELS = ", ".join(f"{weights.level(name)} AS l_{name}" for name in weights.COMPARISONS)
_NAMES = ", ".join(f"l_{name}" for name in weights.COMPARISONS)

_PAIRS = f"""
    INSERT INTO hits
    WITH met AS (
        SELECT DISTINCT k.n AS a_n, l.n AS b_n
        FROM keys k JOIN keys l ON k.key = l.key AND k.day = l.day
        JOIN compared a ON a.n = k.n JOIN compared b ON b.n = l.n
        WHERE k.widened AND NOT l.widened AND {{apart}} AND k.day = greatest(a.start - 1, b.start)
          AND (k.key, k.day) NOT IN (SELECT (key, day) FROM crowded)
    ),
    pairs AS (
        SELECT a_n, b_n, a.start AS a_start, a.latest AS a_latest, b.start AS b_start, b.latest AS b_latest,
               a.area_id AS a_area, b.area_id AS b_area, a.wide AND b.wide AS wide,
               a.px IS NULL AND a.area_id IS NULL AS a_lost, b.px IS NULL AND b.area_id IS NULL AS b_lost,
               a.type AS a_type, b.type AS b_type, a.sub AS a_sub, b.sub AS b_sub,
               {_KM} AS km, a.km + b.km AS reach,
               CASE WHEN len(a.who) > 0 AND len(b.who) > 0 THEN {_SHARED.format("who")} END AS who,
               CASE WHEN least(len(a.told), len(b.told)) >= 4 AND a.cyrillic = b.cyrillic
                    THEN {_SHARED.format("told")} END AS told,
               least({", ".join(_apart(name) for name in _FIGURES)}) AS apart
        FROM met JOIN compared a ON a.n = a_n JOIN compared b ON b.n = b_n
    ),
    weighed AS (
        SELECT a_n, b_n, km, {_LEVELS},
               greatest(count(*) OVER (PARTITION BY a_n), count(*) OVER (PARTITION BY b_n)) AS rivals
        FROM pairs WHERE km IS NULL OR km <= reach + {weights.NEARNESS}
    )
    SELECT a_n, b_n, {weights.score()} AS score, km, {_NAMES}
    FROM weighed
    WHERE score >= $threshold AND (a_n, b_n) NOT IN (SELECT (a, b) FROM settled)
"""

_TOLD_BY = """(
    SELECT list_sort(list(DISTINCT {{publisher: s.publisher, url: r.url}}))
    FROM incident_reports l JOIN reports r ON r.dataset = l.report_dataset AND r.id = l.report_id
    JOIN sources s ON s.dataset = r.dataset AND s.id = r.source_id
    WHERE l.dataset = {0}.dataset AND l.incident_id = {0}.id AND l.known_to IS NULL)"""

_COLUMNS = (
    *("dataset", "id", "title", "summary", "date_start", "date_end", "date_latest", "date_precision"),
    *("place", "place_text", "location_precision", "uncertainty_km", "admin1_name", "lon", "lat"),
    *("event_type", "sub_event_type", "actors", "report_count", "first_reported_on"),
    *(f"{name}_{end}" for name in _FIGURES for end in ("low", "high")),
)
_WORDED = ("date_precision", "location_precision", "event_type", "sub_event_type")


def _struct(of: str) -> str:
    """SQL: an incident as one value, with its sources and a number for how exactly it is known."""
    cells = (f"{name}: {of}.{name}{'::VARCHAR' if name in _WORDED else ''}" for name in _COLUMNS)
    exact = f"enum_code({of}.location_precision)::INTEGER * 10 + enum_code({of}.date_precision)::INTEGER"
    return f"{{{', '.join(cells)}, sources: {_TOLD_BY.format(of)}, exactness: {exact}}}"


_SHOWN = f"""
    SELECT score, h.km, {_NAMES},
           {_struct("i")} AS a, {_struct("j")} AS b
    FROM hits h JOIN compared c ON c.n = h.a JOIN compared d ON d.n = h.b
    JOIN incidents i ON i.dataset = c.dataset AND i.id = c.id AND i.known_to IS NULL
    JOIN incidents j ON j.dataset = d.dataset AND j.id = d.id AND j.known_to IS NULL
"""
