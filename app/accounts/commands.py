"""Commands on accounts for whoever runs an installation."""

import click
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.passwords import hash_password
from app.accounts.queries import find_account
from app.accounts.service import create_account, end_sign_ins, make_reset_link
from app.core.errors import NotFound
from app.core.web import Services


@click.command("reset-link")
@click.argument("email")
@click.pass_obj
def reset_link(parts: Services, email: str) -> None:
    """Print a link with which the owner of EMAIL chooses a new password, once, within two hours."""
    with parts.database.writing() as session:
        token = make_reset_link(session, _account(session_account=find_account(session, email)))
        session.commit()
    click.echo(f"{parts.settings.base_url}/new-password/{token}")


@click.command("first-administrator")
@click.argument("email")
@click.option("--name", default="Administrator", show_default=True, help="How others see this account.")
@click.password_option(help="Asked for when it is not given.")
@click.pass_obj
def first_administrator(parts: Services, email: str, name: str, password: str) -> None:
    """Make the first administrator. Refused when there is one already."""
    password_hash = hash_password(password)
    with parts.database.writing() as session:
        if session.query(Account).filter(Account.administrator.is_(True)).count():
            raise click.ClickException("There is an administrator already.")
        create_account(session, email=email, name=name, password_hash=password_hash, administrator=True)
        session.commit()
    click.echo(f"{email} may sign in as administrator.")


@click.command("end-sign-ins")
@click.argument("email", required=False)
@click.option("--everybody", is_flag=True, help="Of every account, for example after a theft.")
@click.pass_obj
def end_all_sign_ins(parts: Services, email: str | None, everybody: bool) -> None:
    """Sign out every device of EMAIL, or with --everybody of all. What waits on phones stays there and goes later."""
    if bool(email) == everybody:
        raise click.UsageError("Name one EMAIL, or --everybody.")
    with parts.database.writing() as session:
        if email:
            wanted = [_account(session_account=find_account(session, email)).id]
        else:
            wanted = list(session.scalars(select(Account.id).order_by(Account.id)))
        ended = sum(end_sign_ins(session, account) for account in wanted)
        session.commit()
    click.echo(f"Sign-ins ended: {ended:,}.")


def _account(*, session_account: Account | None) -> Account:
    if session_account is None:
        raise NotFound("There is no account with this email.")
    return session_account
