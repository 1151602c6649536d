"""How a file is read: its first rows, and what each of its columns holds, to be confirmed or overruled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from geo.ingest.imports import Options, Order, Preview
from geo.schema import EVENT_TYPES
from geo.ui import add_state, add_words, vocabulary
from geo.ui.add_state import Held
from geo.ui.i18n import _, day, ngettext

STEP = 24
"""Columns whose roles are shown at once."""

SHORT = 60
"""Characters of a cell that are shown."""

TEXT = (".csv", ".tsv", ".txt", ".tab")
KINDS = ("auto", "table", "acled", "ucdp", "gdelt", "incidents")
ENCODINGS = (
    *("", "utf-8", "utf-16", "cp1251", "koi8_r", "cp866", "mac_cyrillic"),
    *("cp1252", "cp1250", "cp1254", "cp1256", "gb18030", "big5"),
)


def draw(held: Held, seen: Preview) -> None:
    """The first rows, the question where there is one, and the columns."""
    st.html(first_rows(seen))
    if held.question:
        _ask(held)
    if seen.kind == "table":
        _columns(held, seen)
        _for_all_rows(held, seen)


def choices(held: Held, seen: Preview | None) -> None:
    """Whose file it is, and which part of it; only what there is a choice of. seen: where it can be read."""
    options = held.options

    def anew(**changed: Any) -> Options:
        held.question = None
        return replace(options, columns={}, order=None, **changed)

    own = add_words.kind(seen.kind) if seen and options.kind == "auto" else ""
    offered: list[Callable[[], None]] = [
        lambda: _select(
            held,
            _("What kind of file it is"),
            KINDS,
            options.kind,
            "kind",
            lambda kind: anew(kind=kind),
            lambda kind: _found(own) if kind == "auto" else add_words.kind(kind),
        )
    ]
    if layers := seen.layers if seen else held.parts():
        layer = seen.layer if seen else options.layer or layers[0]
        label = _("Worksheet or layer")
        offered.append(
            lambda: _select(held, label, layers, layer, "layer", lambda name: anew(layer=name), str)
        )
    if held.path.suffix.lower() in TEXT or (seen and "encoding" in seen.found):
        told = seen.found.get("encoding", "") if seen and not options.encoding else ""
        offered.append(
            lambda: _select(
                held,
                _("Encoding of its letters"),
                ENCODINGS,
                options.encoding,
                "encoding",
                lambda name: anew(encoding=name),
                lambda name: add_words.encoding(name) if name else _found(told and add_words.encoding(told)),
            )
        )
    for place, offer in zip(st.columns(3, gap="medium"), offered, strict=False):
        with place:
            offer()


def first_rows(seen: Preview) -> str:
    """The first rows of the file as a table, as HTML."""
    header = seen.header[:STEP]
    heads = "".join(f"<th scope=col>{escape(short(name))}</th>" for name in header)
    cells = [[f"<td>{escape(short(row[name]))}</td>" for name in header] for row in seen.first]
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    label = escape(_("The first rows of the file"))
    return (
        f'<div class="em-rows" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="em-first"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def short(text: str) -> str:
    """A cell on one line, cut where it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= SHORT else plain[: SHORT - 1] + "…"


def examples(seen: Preview, column: str) -> str:
    """The first different cells of a column."""
    cells = dict.fromkeys(short(row.get(column, "")) for row in seen.first)
    return " · ".join([cell for cell in cells if cell][:2])


def _found(what: str) -> str:
    return _("found out: {what}").format(what=what) if what else _("found out by itself")


def _select(
    held: Held,
    label: str,
    options: Sequence[str],
    now: str,
    name: str,
    say: Callable[[str], Options],
    shown: Callable[[str], str],
    *,
    hidden: bool = False,
) -> None:
    """A choice whose value is what the file is read with; another one reads it anew."""
    key = f"add-{held.key}-{name}"
    st.session_state[key] = now
    st.selectbox(
        label,
        options,
        format_func=shown,
        key=key,
        on_change=lambda: held.say(say(st.session_state[key])),
        label_visibility="collapsed" if hidden else "visible",
    )


def _ask(held: Held) -> None:
    """Which of two days is meant."""
    asked = held.question
    if not asked:
        return
    first, second = (day(one) for one in asked.readings)
    why = _("Other cells say both.") if asked.mixed else _("No cell of the column decides it.")
    words = _("In column “{column}”, what does {example} mean?").format(
        column=short(asked.column), example=short(asked.example)
    )
    key = f"add-{held.key}-order"
    st.session_state[key] = held.options.order
    with st.container(border=True, key="addquestion"):
        st.html(f'<p class="em-ask" data-testid="question"><b>{escape(words)}</b> {escape(why)}</p>')
        st.radio(
            _("Which day is meant"),
            list(Order),
            index=None,
            format_func={
                Order.DAY_FIRST: _("{day}: the day comes first").format(day=first),
                Order.MONTH_FIRST: _("{day}: the month comes first").format(day=second),
            }.__getitem__,
            key=key,
            on_change=lambda: held.say(replace(held.options, order=st.session_state[key])),
            label_visibility="collapsed",
        )


def _columns(held: Held, seen: Preview) -> None:
    """Each column with what it holds; those with a role first."""
    roles = add_words.roles()
    of = {column: role for role, column in seen.roles.items()}
    st.html(_heading(_("What the columns hold")))
    ordered = sorted(seen.header, key=lambda column: column not in of)
    most = f"add-{held.key}-shown"
    shown = ordered[: st.session_state.get(most, STEP)]
    for start in range(0, len(shown), 3):
        for place, column in zip(st.columns(3, gap="medium"), shown[start : start + 3], strict=False):
            at, role = seen.header.index(column), of.get(column, "")
            with place, st.container(key=f"addcolumn-{held.key}-{at}", gap="small"):
                st.html(_about(column, examples(seen, column)))
                _select(
                    held,
                    _("What column {n} holds").format(n=at + 1),
                    list(roles),
                    role,
                    f"role{at}",
                    lambda chosen, column=column: _given(held, seen, column, chosen),  # type: ignore[misc]
                    roles.__getitem__,
                    hidden=True,
                )
                st.html(f'<p class="em-why">{escape(add_words.why(seen.why.get(role, "")))}&nbsp;</p>')
    rest = len(ordered) - len(shown)
    if rest > 0:

        def more() -> None:
            st.session_state[most] = len(shown) + STEP

        label = ngettext("Show {n} more column", "Show {n} more columns", min(rest, STEP))
        st.button(label, key=f"add-{held.key}-more", on_click=more)


def _given(held: Held, seen: Preview, column: str, role: str) -> Options:
    held.question = None
    columns = add_state.given(seen.roles, held.options.columns, column, role)
    return replace(held.options, columns=columns, order=None)


def _heading(text: str) -> str:
    return f'<h2 class="em-h2">{escape(text)}</h2>'


def _about(column: str, cells: str) -> str:
    shown = cells or _("no cell is filled in the first rows")
    return f'<p class="em-column"><b>{escape(short(column))}</b><span>{escape(shown)}</span></p>'


def _for_all_rows(held: Held, seen: Preview) -> None:
    """What no column says and can be said for all rows."""
    fixed = held.options.fixed
    kinds = not {"type", "subtype"} & seen.roles.keys()
    lands = "country" not in seen.roles and "place" in seen.roles
    if not kinds and not lands:
        return
    st.html(_heading(_("What holds for every row")))
    left, right, _rest = st.columns(3, gap="medium")
    if kinds:
        with left:
            _select(
                held,
                _("Kind of event"),
                ["", *EVENT_TYPES],
                fixed.get("type", ""),
                "fixed-type",
                lambda kind: add_state.with_fixed(held.options, "type", kind),
                lambda kind: vocabulary.event_type(kind) if kind else _("not said"),
            )
    if lands:
        with right if kinds else left:
            key = f"add-{held.key}-fixed-country"
            st.session_state[key] = fixed.get("country", "")
            st.text_input(
                _("Country"),
                key=key,
                max_chars=60,
                placeholder=_("such as Kazakhstan, or KZ"),
                on_change=lambda: held.say(
                    add_state.with_fixed(held.options, "country", st.session_state[key].strip())
                ),
            )
