"""Two folium elements: the live layer, and the empty group that hands it a new query.

The script of `IncidentLayer` never changes, so the map is never built again; `QueryPush` is all that
differs from one rerun to the next. The group must stay empty: st_folium does not clear those it got.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import folium
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from geo.maps import assets


class IncidentLayer(JSCSSMixin, Layer):
    """The layer that asks the API for what the map shows.

    options: handed to `start` in `static/layer.js`; must be the same at every rerun.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.layerGroup();
            window.eventmap.start({{ this._parent.get_name() }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(name="incidents", control=False)
        self._name = "IncidentLayer"
        self._id = "eventlayer"
        self.options = dict(options)
        self.default_js = [("eventmap", assets.url("boot.js"))]
        styles = [(f"eventmap_{name}", assets.url(name)) for name in assets.STYLES]
        self.default_css = [("eventmap_fonts", f"{assets.ROOT}/fonts.css"), *styles]


class QueryPush(folium.FeatureGroup):
    """An empty group whose script hands the live layer its new state.

    query: parameters as in `IncidentQuery.to_params()`.
    more: further members of the state, such as `on`, the day whose boundaries to draw.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.featureGroup();
            if (window.eventmap) window.eventmap.set({{ this.state|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, query: Mapping[str, str | list[str]], **more: Any) -> None:
        super().__init__(name="query", control=False)
        self.state = {"query": dict(query), **more}
