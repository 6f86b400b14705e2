"""The command line: `bin/inhand`, or `inhand` where the package is installed."""

import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy.orm import Session

from app.accounts.commands import end_all_sign_ins, first_administrator, reset_link
from app.core import backup as backups
from app.core.audit import AuditLine
from app.core.clock import system_clock
from app.core.db import guards_missing, table_of
from app.core.errors import InhandError
from app.core.logging import note, start_logging
from app.core.schema import current, head, migrate
from app.core.settings import Settings
from app.core.web import Services
from app.demo.commands import demo
from app.exports.commands import files_key, hand_over_plan, import_archive, imported, rotate_keys, take_out_plan
from app.exports.queries import kept_keys
from app.factory import make_reminder_worker, make_services, make_worker
from app.jobs.service import stuck_jobs
from app.jobs.worker import Worker
from app.options.commands import load_directory, options, said
from app.peers.commands import peers
from app.receipts.commands import receipts
from app.reminders.commands import push_key

# The starter options, and their place in the change log: not somebody's.
FILLED_BY_MIGRATE = frozenset({"support_option", "change", "stream"})

HALF_LASTS = timedelta(days=1)


class Told(click.Group):
    """A group whose errors are sentences."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what a person may meet is one sentence on standard error."""
        try:
            return super().invoke(ctx)
        except InhandError as error:
            raise click.ClickException(error.sentence) from error


@click.group(cls=Told)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Inhand: a personal budget for health and care, in your own hand."""
    if ctx.invoked_subcommand in {"peers", "receipts"}:
        return  # these need neither settings nor a database
    ctx.obj = make_services(Settings.from_environment())


@main.group()
def admin() -> None:
    """Look after an installation."""


@admin.command("migrate")
@click.pass_obj
def migrate_command(parts: Services) -> None:
    """Bring the database and the directory of support up to this version; what is there is backed up first."""
    found = current(parts.database)
    if found == head():
        click.echo(f"The database is at {found} already.")
    else:
        _migrate_from(parts, found)
    click.echo(said(load_directory(parts)))


def _migrate_from(parts: Services, found: str | None) -> None:
    if found is not None:
        folder = Path(parts.settings.backup_folder) / f"before-{head()}-{system_clock():%Y%m%d-%H%M%S}"
        backups.backup(parts.database, parts.storage, folder)
        click.echo(f"Backed up to {folder}.")
    migrate(parts.database)
    click.echo(f"The database is at {head()} now.")


@admin.command("backup")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def backup_command(parts: Services, folder: Path) -> None:
    """Copy the database and all files to FOLDER, while the app runs."""
    manifest = backups.backup(parts.database, parts.storage, folder)
    click.echo(f"{folder}: {manifest.rows:,} rows and {manifest.files:,} files.")


@admin.command("restore")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.pass_obj
def restore_command(parts: Services, folder: Path) -> None:
    """Put a backup into an empty database and an empty file store. Phones rebuild their copies.

    Files stay sealed: set INHAND_FILES_KEYS as it was where the backup was made.
    """
    manifest = backups.restore(folder, parts.database, parts.storage, ignoring=FILLED_BY_MIGRATE)
    click.echo(f"Restored {manifest.rows:,} rows and {manifest.files:,} files.")
    closed = sum(parts.storage.state_of(key) == "closed" for key in manifest.stored)
    if closed:
        click.echo(f"{closed:,} files cannot be opened: they need the keys in INHAND_FILES_KEYS they were sealed with.")


@admin.command("doctor")
@click.pass_obj
def doctor_command(parts: Services) -> None:
    """Look for what is wrong. The status is 1 when something is."""
    findings = backups.doctor(parts.database, parts.storage, files_of=kept_keys, checks=[_jobs, grows_only])
    findings += mail_stays(parts.settings)
    for finding in findings:
        click.echo(finding)
    click.echo("All is well." if not findings else f"{len(findings)} things to look at.")
    sys.exit(1 if findings else 0)


def _jobs(session: Session) -> list[backups.Finding]:
    stuck = stuck_jobs(session)
    return [backups.Finding("stuck-jobs", f"{stuck:,} jobs are stuck or have failed.")] if stuck else []


def mail_stays(settings: Settings) -> list[backups.Finding]:
    """Reminders that no device showed go by mail: a folder sends nothing to real people."""
    if not settings.production or not settings.mail_url.startswith("folder:"):
        return []
    return [backups.Finding("mail-folder", "Mail stays in a folder: nobody gets it. Set INHAND_MAIL_URL.")]


def grows_only(session: Session) -> list[backups.Finding]:
    """Whether the database itself still refuses to change the log of who did what."""
    missing = guards_missing(session, table_of(AuditLine).name)
    words = "The log of who did what can be changed: {} is gone. Restore a backup, or ask who changed the database."
    return [backups.Finding("log-open", words.format(name)) for name in missing]


@main.command()
@click.pass_obj
def worker(parts: Services) -> None:
    """Carry out what is due: pictures, reminders, reading receipts. Ends on SIGTERM after the job in hand."""
    start_logging(parts.settings.log_level)
    clear_halves(parts)
    running, reminding = make_worker(parts), make_reminder_worker(parts)
    reminding.stopping = running.stopping
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: running.stopping.set())
    beside = threading.Thread(target=_run_lane, args=(reminding,))
    beside.start()
    _run_lane(running)
    beside.join()


def clear_halves(parts: Services) -> None:
    """Delete what writers left half-written over a day ago. A storage that does not answer now is asked next time."""
    try:
        cleared = parts.storage.clear_leftovers(before=system_clock() - HALF_LASTS)
    except InhandError as error:
        note("halves_not_cleared", why=error.sentence)
        return
    if cleared:
        note("halves_cleared", files=cleared)


def _run_lane(lane: Worker) -> None:
    """Run until asked to stop. When one lane fails the other stops too, and the process is started anew."""
    try:
        lane.run()
    finally:
        lane.stopping.set()


admin.add_command(reset_link)
admin.add_command(end_all_sign_ins)
admin.add_command(first_administrator)
admin.add_command(push_key)
admin.add_command(files_key)
admin.add_command(rotate_keys)
admin.add_command(import_archive)
admin.add_command(imported)
admin.add_command(hand_over_plan)
admin.add_command(take_out_plan)
main.add_command(demo)
main.add_command(options)
main.add_command(peers)
main.add_command(receipts)

if __name__ == "__main__":
    main()
