"""Commands on what is kept: the keys that files are sealed with, bringing an archive back, and what was brought in."""

import os
import secrets
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import click
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import find_account
from app.core.errors import NotFound, Refused
from app.core.storage import FileClosed, KeyMissing
from app.core.web import Services
from app.exports.bringing import bring_back, refuse_taken
from app.exports.imported import Imported, all_imported, everything_of, find_imported, hand_over, take_out
from app.exports.opening import BROKEN, Opened, open_archive, storage_files
from app.exports.packing import Pieces
from app.exports.queries import kept_keys
from app.exports.work import collect, write_archive

ONLY_SAID = "Nothing was changed. Say --yes to do it."
MEANWHILE = "Something was written in this plan meanwhile. Nothing was changed. Run it again."


@click.command("files-key")
def files_key() -> None:
    """Print a fresh key for INHAND_FILES_KEYS. Put it before the old ones, then run `inhand admin rotate-keys`."""
    click.echo(secrets.token_urlsafe(32))


@click.command("rotate-keys")
@click.pass_obj
def rotate_keys(parts: Services) -> None:
    """Put every file under the newest of INHAND_FILES_KEYS, and seal those that are not sealed yet.

    Cut off in the middle, run it again. When it says that no file is closed, the older keys may be taken out.
    """
    done, closed, known = set(), 0, _allowed(parts)
    for key in sorted(parts.storage.keys()):
        try:
            if parts.storage.reseal(key):
                done.add(key)
        except KeyMissing:
            continue  # erased meanwhile
        except FileClosed:
            closed += 1
    for key in done & (known - _allowed(parts)):
        parts.storage.delete(key)  # erased while we wrote it anew
    click.echo(f"{len(done):,} files are under the newest key now. {closed:,} files are closed: no key opens them.")


def _allowed(parts: Services) -> set[str]:
    with parts.database.reading() as session:
        return kept_keys(session)[1]


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--for", "email", required=True, help="The account that looks after the person from now on.")
@click.option("--role", type=click.Choice(["holder", "representative"]), default="holder", show_default=True)
@click.pass_obj
def import_archive(parts: Services, file: Path, email: str, role: str) -> None:
    """Bring back the person in the archive FILE. Nothing that is here is changed."""
    try:
        with zipfile.ZipFile(file) as archive:
            found = open_archive(archive)
            with parts.database.reading() as session:
                refuse_taken(session, found)
            _bring_files(parts, archive, found)
    except zipfile.BadZipFile as error:
        raise Refused(BROKEN) from error
    with parts.database.writing() as session:
        bring_back(session, found, account=_account(session, email), role=role)
        session.commit()
    rows = sum(len(rows) for rows in found.rows.values())
    click.echo(f"{found.facts['name']} is back: {rows:,} rows and {len(found.files):,} files.")


def _account(session: Session, email: str) -> Account:
    found = find_account(session, email)
    if found is None:
        raise NotFound("There is no account with this email.")
    return found


def _bring_files(parts: Services, archive: zipfile.ZipFile, found: Opened) -> None:
    """Files first: a row never speaks of a file that is not there. Brought twice they are the same."""
    for key, name in storage_files(found).items():
        parts.storage.put(key, archive.read(name))


@click.command("imported")
@click.argument("plan", required=False)
@click.pass_obj
def imported(parts: Services, plan: str | None) -> None:
    """Show who brought in a plan from an archive, and who has a part in it: of PLAN, its number, or of all."""
    with parts.database.reading() as session:
        found = [find_imported(session, plan)] if plan else all_imported(session)
    for one in found:
        click.echo(_said(one))
    if not found:
        click.echo("No plan here was brought in from an archive.")


@click.command("hand-over")
@click.argument("plan")
@click.option("--to", "email", required=True, help="The account of its owner: it alone has the plan from then on.")
@click.option("--role", type=click.Choice(["holder", "representative"]), default="holder", show_default=True)
@click.option("--yes", is_flag=True, help="Do it. Without this it is only said.")
@click.pass_obj
def hand_over_plan(parts: Services, plan: str, email: str, role: str, yes: bool) -> None:
    """Give a plan that was brought in to its owner. PLAN is its number. Nothing in the plan is changed.

    Everybody else loses their part in it at once, and their phones let go of it when they next connect.
    """
    with parts.database.reading() as session:
        click.echo(_said(find_imported(session, plan)))
        account = _account(session, email).id
    if not yes:
        click.echo(f"This makes {email} its {role}, and nobody else has a part in it. What is in it stays.")
        click.echo(ONLY_SAID)
        return
    with parts.database.writing() as session:
        hand_over(session, plan, account=session.get_one(Account, account), role=role)
        session.commit()
    click.echo(f"{email} is its {role} now. Nobody else has a part in it.")


@click.command("take-out")
@click.argument("plan")
@click.option("--copy", "file", type=click.Path(path_type=Path), required=True, help="A new file: all of it, as it is.")
@click.option("--yes", is_flag=True, help="Do it. Without this it is only said.")
@click.pass_obj
def take_out_plan(parts: Services, plan: str, file: Path, yes: bool) -> None:
    """Erase a plan that was brought in, so that its owner can bring it in. PLAN is its number.

    First all of it is written to a file, from which `inhand admin import` brings it back. That file is not sealed.
    """
    with parts.database.reading() as session:
        found = find_imported(session, plan)
    if file.exists():
        raise Refused(f"There is {file} already. Name a file that is not there.")
    click.echo(_said(found))
    if not yes:
        click.echo(f"This writes all of it to {file}, then erases it here. Nobody has a part in it from then on.")
        click.echo(ONLY_SAID)
        return
    sums = _keep_copy(parts, plan, file)
    if not _take_out(parts, plan, sums=sums):
        file.unlink()
        raise Refused(MEANWHILE)
    click.echo(f"A copy is in {file}, and it is not sealed. Delete it when its owner has their plan.")
    click.echo("The worker erases the plan here. Then its owner can bring their file in.")


def _keep_copy(parts: Services, plan: str, file: Path) -> dict[str, Any]:
    """Write an archive of all of it, open it once more as if it came in, and return the sums of its tables."""
    with parts.database.reading() as session:
        found = collect(session, everything_of(plan))
    place = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(place, "wb") as out:
            write_archive(parts.storage, Pieces(lambda _number, data: _write(out, data)), found)
            out.flush()
            os.fsync(out.fileno())  # what follows deletes the original
        with zipfile.ZipFile(file) as archive:
            open_archive(archive)
    except BaseException:
        file.unlink()
        raise
    sums: dict[str, Any] = found[0]["tables"]
    return sums


def _write(out: BinaryIO, data: bytes) -> None:
    out.write(data)


def _take_out(parts: Services, plan: str, *, sums: dict[str, Any]) -> bool:
    """Whether it is as it was copied, and goes. What fails here leaves the copy: it may be the only one."""
    with parts.database.writing() as session:
        if collect(session, everything_of(plan))[0]["tables"] != sums:
            return False
        take_out(session, plan)
        session.commit()
    return True


def _said(found: Imported) -> str:
    """What is known of a plan that was brought in: whose it is, by whom, who has a part in it, what was done since."""
    members = ", ".join(f"{email} ({role})" for email, role in found.members) or "nobody"
    since = f"{found.acts:,}" + (f", the last on {found.last:%Y-%m-%d}" if found.last else "")
    lines = (
        f"{found.person} {found.name}",
        f"  brought in on {found.at:%Y-%m-%d} by {found.by or 'an account that was erased'}",
        f"  looked after by {members}; invitations that wait: {found.invitations}",
        f"  done in it since: {since}",
    )
    return "\n".join(lines)
