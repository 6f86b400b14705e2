"""Who reads a group: whoever looks after a plan with a seat in it, read anew for every request."""

from sqlalchemy.orm import Session

from app.accounts.access import RelationshipRights
from app.peers.models import PeerGroup, Seat, group_stream
from app.peers.policy import SEE_GROUP, SEE_POSTS
from app.peers.queries import seats_of
from app.sync.registry import Grant


class GroupRights(RelationshipRights):
    """The rights of relationships, and the streams of groups. Nobody acts in those: a plan's acts go in its own."""

    rest_on: tuple[type, ...] = (*RelationshipRights.rest_on, Seat, PeerGroup)

    def grants(self, session: Session, account: str) -> dict[str, Grant]:
        """What relationships grant, and one stream for each group in which a plan of the account has a seat."""
        found = super().grants(session, account)
        for seat in seats_of(session, account):
            group = session.get_one(PeerGroup, seat.group_id)
            if group.state == "ready":
                found[group_stream(group.id)] = group_grant(group, seat)
        return found


def group_grant(group: PeerGroup, seat: Seat) -> Grant:
    """What members see. It moves when the group opens or closes, and with the seat."""
    scopes = {SEE_GROUP, SEE_POSTS} if group.is_open else {SEE_GROUP}
    return Grant(f"{seat.id[:8]}.{group.openings}", frozenset(scopes))
