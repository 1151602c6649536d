"""The page: draw and collect, never compute. The only room that knows Streamlit."""

from pathlib import Path

from geo.ui.assets import find_asset
from geo.ui.faults import explain

SCRIPT = Path(__file__).parent / "page.py"
"""The script that Streamlit runs at every change of a control."""

__all__ = ["SCRIPT", "explain", "find_asset"]
