"""Frame or query in, folium out. Nothing here imports Streamlit or reads the store.

`view.build_map` gives the constant map, `layer.QueryPush` the empty group that carries a new query,
`assets` the files the page must serve under `/assets`, `palette` every colour.
"""
