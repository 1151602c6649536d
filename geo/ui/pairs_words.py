"""Two incidents side by side in words: when, where, what, numbers, sources, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from geo.ui import vocabulary
from geo.ui.i18n import _, count, ngettext, span
from geo.ui.table import WEB, between, last_day

Row = dict[str, Any]


def intro(writes: bool) -> str:
    """What this page is for and what becomes of a decision, as HTML."""
    told = [
        _("Reports from different sources may tell of one event. Nothing is merged unless a person says so."),
        _(
            "Once confirmed, two incidents are shown as one, with the reports of both; their numbers become "
            "a range and are never added."
        ),
    ]
    if writes:
        told.append(_("Decisions made here are written into the data at once, and hold from today on."))
        return f'<div class="em-prose"><p>{escape(" ".join(told))}</p></div>'
    kept = _("Decisions made here change no map yet. Download them, and whoever keeps the data runs:")
    return (
        f'<div class="em-prose"><p>{escape(" ".join(told))}</p>'
        f"<p>{escape(kept)} <code>eventmap duplicates apply decisions.csv</code></p></div>"
    )


def nothing(datasets: int, decided: bool) -> str:
    """Why there is no pair to look at, and what to do."""
    if decided:
        return _("Every pair found has been decided on.")
    if datasets < 2:
        return _(
            "There is one data set, and its own incidents are compared only when asked above. Add "
            "another with: eventmap import FILE"
        )
    return _(
        "No two incidents of these days look like one event. Widen the dates, or look for weaker "
        "pairs with: eventmap duplicates --threshold 0.1"
    )


def tally(same: int, different: int) -> str:
    """What was decided in this visit, as HTML."""
    one = ngettext("One event: {n} pair.", "One event: {n} pairs.", same)
    two = ngettext("Two events: {n} pair.", "Two events: {n} pairs.", different)
    head = _("Decided in this visit")
    return f'<h2 class="em-h2">{escape(head)}</h2><div class="em-prose"><p>{escape(f"{one} {two}")}</p></div>'


def side_by_side(pair: Row, number: int, of: int) -> str:
    """A pair as a table, what differs marked, and above it the score with its reasons; HTML."""
    a, b = cells(pair["a"]), cells(pair["b"])
    titles = "".join(f'<th scope="col">{escape(pair[side]["title"])}</th>' for side in ("a", "b"))
    lines = "".join(
        f'<tr{_mark(a[name], b[name]) if name != _("Data set") else ""}><th scope="row">{escape(name)}</th>'
        f"<td>{_cell(a[name])}</td><td>{_cell(b[name])}</td></tr>"
        for name in a
        if a[name] or b[name]
    )
    where = _("Pair {number} of {of}").format(number=count(number), of=count(of))
    percent = min(99, max(1, round(100 * pair["score"])))
    likely = _("{percent} % likely to be one event").format(percent=count(percent))
    return (
        f'<div class="em-pair" data-testid="pair"><h2 class="em-h2">{escape(where)} · {escape(likely)}</h2>'
        f'{_reasons(pair)}<table class="em-table"><thead><tr><td></td>{titles}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _reasons(pair: Row) -> str:
    speaks: dict[str, list[str]] = {_("In favour"): [], _("Against"): []}
    for reason in pair["reasons"]:
        list(speaks.values())[reason["weight"] < 0].append(
            words()[f"{reason['comparison']}-{reason['level']}"]
        )
    return "".join(
        f"<p><b>{escape(head)}:</b> {escape(', '.join(told))}</p>" for head, told in speaks.items() if told
    )


def words() -> Mapping[str, str]:
    """Reasons in the reader's language, by comparison and level."""
    return {
        "days-same": _("same day"),
        "days-overlap": _("overlapping days"),
        "days-next": _("one day apart"),
        "place-spot": _("same place"),
        "place-near": _("places that match, given how exactly they are known"),
        "place-beside": _("neighbouring places"),
        "place-country": _("same country, no exact place given"),
        "place-area": _("same region, no exact place given"),
        "place-within": _("one report names only the region"),
        "type-same": _("same kind of event"),
        "type-wide": _("same type of event"),
        "type-kin": _("related types of event"),
        "type-other": _("different types of event"),
        "actors-same": _("same people or groups"),
        "actors-some": _("some of the same people or groups"),
        "actors-other": _("different people or groups"),
        "figures-same": _("a number that agrees"),
        "figures-close": _("numbers of the same order"),
        "figures-other": _("numbers that disagree"),
        "words-same": _("told in much the same words"),
        "words-many": _("many words in common"),
        "words-some": _("some words in common"),
        "words-few": _("told in different words"),
    }


def where(row: Row) -> str:
    """The place in the words of the report, its name where those lack it, and its region."""
    told = [row["place_text"] or row["place"] or ""]
    for name in (row["place"], row["admin1_name"]):
        if name and not any(name.casefold() in one.casefold() for one in told):
            told.append(name)
    return ", ".join(filter(None, told))


def cells(row: Row) -> dict[str, str | list[Row]]:
    """What is told of one incident, by heading; sources as they are."""
    return {
        _("When"): span(row["date_start"], last_day(row) or row["date_start"]),
        _("Where"): where(row),
        _("Place known to"): vocabulary.known_to(row["location_precision"]),
        _("Type"): vocabulary.event_type(row["event_type"]),
        _("Who"): row["actors"] or "",
        _("Killed"): between(row, "fatalities_low", "fatalities_high"),
        _("Injured"): between(row, "injured_low", "injured_high"),
        _("Arrested"): between(row, "arrested_low", "arrested_high"),
        _("Taking part"): between(row, "participants_low", "participants_high"),
        _("What happened"): row["summary"],
        _("Data set"): f"{row['dataset']}: {row['id']}",
        _("Sources"): row["sources"] or [],
    }


def _mark(one: str | list[Row], other: str | list[Row]) -> str:
    """Mark a line on which both say something, and not the same."""
    return ' class="em-differs"' if isinstance(one, str) and one and other and one != other else ""


def _cell(told: str | list[Row]) -> str:
    if isinstance(told, str):
        return escape(told)
    return "; ".join(map(_source, told))


def _source(told: Row) -> str:
    """A publisher, with a link to its page where it has one on the web."""
    name, url = escape(told["publisher"]), told["url"] or ""
    if not url.startswith(WEB):
        return name
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{name}</a>'
