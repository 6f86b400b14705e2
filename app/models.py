"""Loads every feature's tables, for migrations and whole-database work."""

from app.accounts import models as accounts
from app.budgets import models as budgets
from app.core import audit, consent
from app.exports import models as exports
from app.jobs import models as jobs
from app.options import models as options
from app.peers import models as peers
from app.plans import models as plans
from app.receipts import models as receipts
from app.reminders import models as reminders
from app.reviews import models as reviews
from app.sync import models as sync

ALL = (audit, consent, sync, jobs, accounts, options, plans, budgets, receipts, reminders, reviews, peers, exports)
