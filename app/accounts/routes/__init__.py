"""Pages around signing in, and the pages of one's own account. Everything else lives on the phone."""

from app.accounts.routes import codes, inviting, joining, own, passkeys, password, people, signing_in, untaken
from app.accounts.routes.base import blueprint
from app.accounts.routes.own import end_lock, end_session, keep_pass, lock_session, take_pass, unlock_session

# Asked for by a script with the app's own header, which is checked instead of a form's token.
WITHOUT_FORM = (
    end_session,
    signing_in.passkey_challenge,
    joining.join_challenge,
    passkeys.add_passkey_challenge,
    passkeys.proof_challenge,
    untaken.hand_in,
    lock_session,
    unlock_session,
    end_lock,
    keep_pass,
    take_pass,
)

__all__ = ["WITHOUT_FORM", "blueprint", "codes", "end_session", "inviting", "own", "password", "people", "untaken"]
