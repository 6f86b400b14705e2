"""Pages on peer groups: what needs no copy on the phone."""

from app.peers.routes import telling
from app.peers.routes.groups import blueprint

__all__ = ["blueprint", "telling"]
