"""A structured log without personal data: one JSON object a line, with ids and codes only."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

FIELDS = "inhand_fields"


class JsonLines(logging.Formatter):
    """One JSON object a line. An exception is named by its type; its words may hold personal data."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(getattr(record, FIELDS, {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["where"] = _where(record)
        return json.dumps(line, ensure_ascii=False)


def start_logging(level: str) -> None:
    """Send the app's log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log = logging.getLogger("inhand")
    log.handlers[:] = [handler]
    log.setLevel(level)
    log.propagate = False


def note(event: str, **facts: str | int | float | bool | None) -> None:
    """Log an event with facts that are ids, codes or counts; never words of a person."""
    logging.getLogger("inhand").info(event, extra={FIELDS: facts})


def note_fault(event: str, **facts: str | int | float | bool | None) -> None:
    """Log the exception being handled, by type and place."""
    logging.getLogger("inhand").error(event, exc_info=True, extra={FIELDS: facts})


def _where(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    last = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        last = f"{code.co_filename.rpartition('/app/')[2]}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
    return last
