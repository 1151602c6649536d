"""What became of the rows of a file: how many are good, what is wrong with the others, what to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

import streamlit as st

from geo.ingest.imports import Preview, Report
from geo.ui import add_words
from geo.ui.i18n import _, count, ngettext

STEP = 50
"""Rows of a list that are shown at once."""

LONGEST = 320
"""Characters of a cell that are shown."""


def summary(report: Report) -> str:
    """What became of the rows, in one line, as HTML."""
    read = ngettext("{n} row was read", "{n} rows were read", report.rows)
    good = ngettext("{n} can be used", "{n} can be used", report.good)
    rest = [
        told
        for number, told in (
            (report.rejected, ngettext("{n} rejected", "{n} rejected", report.rejected)),
            (
                report.unplaced_count,
                ngettext("{n} without a place", "{n} without a place", report.unplaced_count),
            ),
            (
                report.flagged.total(),
                ngettext("{n} thing to look at", "{n} things to look at", report.flagged.total()),
            ),
            (report.passed.total(), ngettext("{n} passed over", "{n} passed over", report.passed.total())),
        )
        if number
    ]
    return (
        f'<p class="em-sum" data-testid="add-summary">{escape(read)}: <b>{escape(good)}</b>'
        f"{escape(''.join(f', {told}' for told in rest))}</p>"
    )


def rejects(report: Report) -> None:
    """Rejected rows: how many for which reason, then each."""
    if not report.rejected:
        st.info(_("No row was rejected."))
        return
    reasons = [
        (count(number), add_words.column(column), add_words.said(reason))
        for (column, reason), number in _counted(report)
    ]
    st.html(table([_("Rows"), _("Column"), _("What is wrong")], reasons, _("Rejected rows by reason")))
    _pages(
        "rejects",
        report.rejects,
        report.rejected,
        [_("Row"), _("Column"), _("Value"), _("What is wrong"), _("What to do")],
        _told,
        _("Rejected rows"),
    )


def _counted(report: Report) -> list[tuple[tuple[str, str], int]]:
    """Column and reason of what was rejected, the most frequent first."""
    found = []
    for told, number in report.reasons.most_common(10):
        like = next((one for one in report.rejects if told.startswith(f"{one.column}: ")), None)
        column = like.column if like else told.partition(": ")[0]
        found.append(((column, told.removeprefix(f"{column}: ")), number))
    return found


def _told(one: Any) -> tuple[Any, ...]:
    """A reject or a flag as cells."""
    said = add_words.said
    return one.row, add_words.column(one.column), one.value, said(one.reason), said(one.todo)


def unplaced(report: Report) -> None:
    """Rows whose place was not found, each with the best two candidates."""
    if not report.unplaced_count:
        st.info(_("Every place that is named was found."))
        return
    about = _(
        "These rows are kept without a place. Coordinates in the file, or the country, would place them."
    )
    st.html(f'<p class="em-hint em-wide">{escape(about)}</p>')
    _pages(
        "unplaced",
        report.unplaced,
        report.unplaced_count,
        [_("Row"), _("Place"), _("Why"), _("It may be")],
        lambda one: (one.row, one.place, add_words.said(one.reason), one.candidates or "–"),
        _("Rows without a place"),
    )


def flags(report: Report) -> None:
    """What a person should look at in rows that are kept."""
    if not report.flagged:
        st.info(_("Nothing in the good rows looks odd."))
        return
    _pages(
        "flags",
        report.flags,
        report.flagged.total(),
        [_("Row"), _("Column"), _("Value"), _("What looks odd"), _("What to do")],
        _told,
        _("Rows to look at"),
    )


def how_read(report: Report, seen: Preview) -> str:
    """How the file was read, as a list in HTML."""
    lines = [_("Read as: {kind}.").format(kind=add_words.kind(report.kind))]
    if "encoding" in seen.found:
        lines.append(_("Encoding: {name}.").format(name=add_words.encoding(seen.found["encoding"])))
        lines.append(
            _("Cells are parted by: {sign}.").format(sign=add_words.delimiter(seen.found["delimiter"]))
        )
    lines += [add_words.said(note) for note in report.notes if not add_words.ROLE_NOTE.fullmatch(note)]
    roles = add_words.roles()
    lines += [
        _("{role}: column “{column}”, {why}.").format(
            role=roles[role], column=column, why=add_words.why(seen.why.get(role, ""))
        )
        for role, column in seen.roles.items()
    ]
    lines += [
        _("Passed over: {n}, {why}.").format(n=count(number), why=why)
        for why, number in report.passed.items()
    ]
    return f'<ul class="em-list em-how">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]], label: str) -> str:
    """A table in HTML that scrolls by itself where it is too wide. label: what it is called."""
    head = "".join(f"<th scope=col>{escape(name)}</th>" for name in heads)
    named = [escape(name) for name in heads]
    body = "".join(f"<tr>{''.join(map(_cell, named, row))}</tr>" for row in rows)
    return (
        f'<div class="em-rows" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="em-report"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(head: str, value: Any) -> str:
    """A cell as HTML. head: what its column is called, which a narrow screen shows beside it."""
    lines = [" ".join(str(one).split()) for one in (value if isinstance(value, tuple) else (value,))]
    texts = (escape(line if len(line) <= LONGEST else line[: LONGEST - 1] + "…") for line in lines)
    return f'<td data-name="{head}">{"<br>".join(texts)}</td>'


def _pages(
    name: str,
    listed: Sequence[Any],
    total: int,
    heads: Sequence[str],
    cells: Callable[[Any], Sequence[Any]],
    label: str,
) -> None:
    """The first rows of a list, and a button for more; what is not listed is in the download."""
    state = st.session_state
    key = f"add_shown_{name}"
    shown = state.get(key, STEP)
    st.html(table(heads, map(cells, listed[:shown]), label))
    rest = len(listed) - shown
    if rest > 0:

        def more() -> None:
            state[key] = shown + STEP

        st.button(
            ngettext("Show {n} more", "Show {n} more", min(rest, STEP)), key=f"{key}_more", on_click=more
        )
    elif total > len(listed):
        told = ngettext("The first {n} are listed.", "The first {n} are listed.", len(listed))
        st.html(f'<p class="em-hint">{escape(told)}</p>')
