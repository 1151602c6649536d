"""The page, from top to bottom. Streamlit runs this file at every change of a control.

The map is built once and then only told its new query, so it comes before the numbers around it;
places that are drawn above it are left open and filled when their numbers are known.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from geo.errors import GeoError
from geo.maps.palette import css_variables
from geo.settings import Settings
from geo.store import Store
from geo.ui import (
    add,
    article,
    claims,
    controls,
    duplicates,
    map_view,
    method,
    sources,
    state,
    table,
    take,
    vocabulary,
    words,
)
from geo.ui.i18n import _, called, language

_HERE = Path(__file__).parent


def main() -> None:
    """Draw the page, or say in one line why it cannot be drawn."""
    embedded = st.context.is_embedded
    st.set_page_config(
        "eventmap", str(_HERE / "icon.svg"), "wide", initial_sidebar_state="collapsed" if embedded else 296
    )
    st.html(f"<style>{css_variables()}{(_HERE / 'page.css').read_text(encoding='utf-8')}</style>")
    try:
        settings = Settings.from_environment()
        store = Store.current(settings.store, threads=settings.threads)
        first, last = store.extent
        if first is None or last is None:
            st.info(_("This store holds no incidents yet. Add a data package: eventmap build FOLDER"))
            return
        state.restore(first, last, store.region_names)
        st.html(_words_of_styles())
        st.session_state.names = store.names(language())
        (_embed if embedded else _draw)(store, first, last)
    except GeoError as error:
        st.error(str(error))


def _words_of_styles() -> str:
    """What the style sheet writes, in the reader's language."""
    texts = {"filters": _("Filters"), "loading": _("Loading the map …")}
    rules = "".join(f"--{name}:{json.dumps(text, ensure_ascii=False)};" for name, text in texts.items())
    return f"<style>:root{{{rules}}}</style>"


def _draw(store: Store, first: dt.date, last: dt.date) -> None:
    header, styles = st.empty(), st.empty()
    with st.sidebar:
        controls.dates(first, last)
        controls.known_on(first)
        controls.event_types()
        controls.places({key: called(name, key) for key, name in store.region_names.items()})
        controls.search()
        controls.shading()
        links = st.empty()
        controls.reset(first, last)
        controls.language()
    query = state.query(first, last)
    for note in st.session_state.notes:
        st.warning(note)
    tabs = dict(zip(vocabulary.PAGES, _tabs(), strict=True))
    with tabs["map"]:
        map_view.live_map(store, query, first)
    summary, counts = map_view.numbers(store.version, store, query)
    header.html(words.header(store.datasets, summary, query, _days()))
    styles.html(controls.type_styles(counts))
    links.html(controls.downloads(query))
    if tabs["map"].open:
        with tabs["map"]:
            map_view.days(store, query, first, last)
            map_view.caveats(store, query, summary)
    others: dict[str, Callable[[], None]] = {
        "claims": lambda: claims.draw(store, query.known_on),
        "table": lambda: table.draw(store, query),
        "article": article.draw,
        "add": lambda: add.draw(store.version),
        "sources": lambda: sources.draw(store, query),
        "duplicates": lambda: duplicates.draw(store, query),
        "method": lambda: method.draw(store),
        "download": lambda: take.draw(store, query, summary["incidents"]),
    }
    for name, draw in others.items():
        if tabs[name].open:
            with tabs[name]:
                draw()
    state.publish(query)
    _settle_memory()


def _tabs() -> Sequence[TabContainer]:
    """The pages as tabs; which is open is `page` in the session, whatever the language."""
    chosen = st.session_state
    labels = {name: vocabulary.page(name) for name in vocabulary.PAGES}
    if chosen.get("tab") != labels[chosen.page]:
        chosen.tab = labels[chosen.page]

    def opened() -> None:
        chosen.page = next(name for name, label in labels.items() if label == chosen.tab)

    return st.tabs(list(labels.values()), key="tab", on_change=opened)


def _embed(store: Store, first: dt.date, last: dt.date) -> None:
    """Only header and map, and a way to the whole page: for a frame in somebody's article."""
    query = state.query(first, last)
    header = st.empty()
    map_view.live_map(store, query, first)
    summary, _counts = map_view.numbers(store.version, store, query)
    header.html(words.header(store.datasets, summary, query, _days()))
    whole = urlencode({name: st.query_params.get_all(name) for name in st.query_params}, doseq=True)
    label = _("Open the whole page")
    st.html(f'<p class="em-foot"><a href="/?{whole}" target="_blank">{label}</a></p>')


def _days() -> words.Days:
    return st.session_state.start, st.session_state.end


@st.cache_resource(show_spinner=False)
def _settle_memory() -> None:
    """Take what is loaded by now out of the garbage collector's sight.

    Streamlit runs a full collection after every rerun, and with all modules in it that takes 100 ms
    during which no request is answered.
    """
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
