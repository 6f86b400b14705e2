"""`inhand admin push-key`."""

import click

from app.reminders.push import new_vapid_key


@click.command("push-key")
def push_key() -> None:
    """Print a fresh key for INHAND_PUSH_KEY. With another key every device subscribes anew at its next start."""
    click.echo(new_vapid_key())
