"""Commands on what is kept: the keys that files are sealed with, and bringing an archive back."""

import secrets
import zipfile
from pathlib import Path

import click

from app.accounts.models import Account
from app.accounts.queries import find_account
from app.core.errors import NotFound, Refused
from app.core.storage import FileClosed, KeyMissing
from app.core.web import Services
from app.exports.bringing import bring_back, refuse_taken
from app.exports.opening import BROKEN, Opened, open_archive, storage_files
from app.exports.queries import kept_keys


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
        account = find_account(session, email)
        if account is None:
            raise NotFound("There is no account with this email.")
        bring_back(session, found, account=session.get_one(Account, account.id), role=role)
        session.commit()
    rows = sum(len(rows) for rows in found.rows.values())
    click.echo(f"{found.facts['name']} is back: {rows:,} rows and {len(found.files):,} files.")


def _bring_files(parts: Services, archive: zipfile.ZipFile, found: Opened) -> None:
    """Files first: a row never speaks of a file that is not there. Brought twice they are the same."""
    for key, name in storage_files(found).items():
        parts.storage.put(key, archive.read(name))
