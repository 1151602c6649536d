"""HTTP: parse a request, call a room, shape the response."""

from geo.api.routes import routes

__all__ = ["routes"]
