"""A copy of everything while people go on working, and the way back: from either database into the other."""

from app.core.backup.doctor import Finding, doctor
from app.core.backup.manifest import BackupRefused, Manifest
from app.core.backup.restore import restore
from app.core.backup.take import backup
from app.core.backup.verify import verify

__all__ = ["BackupRefused", "Finding", "Manifest", "backup", "doctor", "restore", "verify"]
