"""What the candidates of an article say, in the reader's language: pure functions from candidate to text."""

from __future__ import annotations

import datetime as dt

from geo.schema import DatePrecision
from geo.ui import vocabulary
from geo.ui.article_state import Candidate
from geo.ui.claims_words import metric_name
from geo.ui.i18n import _, count, day, span


def when(start: dt.date | None, end: dt.date | None, precision: str = "") -> str:
    """The days, with how exactly they are known where that is not to the day."""
    if start is None:
        return _("until {day}, first day not told").format(day=day(end)) if end else _("no day told")
    told = span(start, end or start)
    exactly = dated(precision)
    return f"{told} ({exactly})" if precision not in ("", DatePrecision.DAY, DatePrecision.RANGE) else told


def dated(precision: str) -> str:
    """How exactly a day is known."""
    return {
        "day": _("to the day"),
        "range": _("several days"),
        "week": _("some time in this week"),
        "month": _("some time in this month"),
        "unknown": _("day not known"),
    }.get(precision, "")


def where(candidate: Candidate) -> str:
    """The place of an incident, and how exactly it is known."""
    if not candidate.place:
        return _("no place told")
    return f"{candidate.place} ({vocabulary.known_to(str(candidate.location_precision))})"


def incident(candidate: Candidate) -> str:
    """One line on an incident."""
    days = when(candidate.date_start, candidate.date_end, str(candidate.date_precision))
    return " · ".join([vocabulary.event_type(candidate.event_type), candidate.place or "?", days])


def claim(candidate: Candidate) -> str:
    """One line on a claim."""
    return f"{metric_name(candidate.metric)}: {number(candidate)} · {candidate.place or '?'}"


def number(candidate: Candidate) -> str:
    """`164`, `about 5,800`, `more than 2,200`, `8,000–10,000`, with the openness of the wording."""
    low, best, high = candidate.low, candidate.best, candidate.high
    if best is not None:
        shown = count(best)
        about = str(candidate.qualifier) == "about"
        return _("about {number}").format(number=shown) if about else shown
    if low is not None and high is not None:
        return f"{count(low)}–{count(high)}"
    if low is not None:
        return _("at least {number}").format(number=count(low))
    if high is not None:
        return _("at most {number}").format(number=count(high))
    return "?"


def doubts() -> dict[str, str]:
    """What a reading may say against a candidate."""
    return {
        "the text itself is not sure": _("the text itself is not sure"),
        "the place is named before": _("the place is named before"),
        "the place is that of a sentence before": _("the place is that of a sentence before"),
        "the place is that of the whole story": _("the place is that of the whole story"),
        "the place is not named in this sentence": _("the place is not named in this sentence"),
        "the day is that of the statement": _("the day is that of the statement"),
        "the day is that of a sentence before": _("the day is that of a sentence before"),
        "no day is given": _("no day is given"),
        "the event is only referred to": _("the event is only referred to"),
        "nobody is named who says so": _("nobody is named who says so"),
    }


def parts() -> dict[str, str]:
    """What the confidence in a candidate is made of."""
    return {
        "number": _("number"),
        "place": _("place"),
        "date": _("day"),
        "trigger": _("event"),
        "wording": _("wording"),
        "speaker": _("speaker"),
    }


def sureness(confidence: float) -> str:
    """How sure the reading is of a candidate, in one word."""
    if confidence >= 0.7:
        return _("fairly sure")
    return _("unsure") if confidence >= 0.4 else _("doubtful")
