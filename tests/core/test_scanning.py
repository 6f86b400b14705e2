"""The hook for a scanner, against a small daemon that speaks clamd's INSTREAM."""

import socket
import struct
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.core.files.scanning import FOUND, ScannerAway, scan
from app.core.files.sniff import FileRefused
from app.core.settings import Settings, SettingsError
from app.factory import make_worker
from app.jobs.models import Job
from app.sync.models import StoredFile
from tests.core.make_images import encode, receipt
from tests.exports.conftest import LONG_AGO
from tests.exports.filled import send_file

HARMFUL = b"a harmful thing"


@contextmanager
def daemon(answer=None):
    """Answers each stream that holds `HARMFUL` with a find, or every one with `answer`; what came, in a list."""
    came, door = [], socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                line, _ = door.accept()
            except OSError:
                return
            with line:
                data = read_stream(line)
                came.append(data)
                found = b"stream: Some.Thing FOUND\0" if HARMFUL in data else b"stream: OK\0"
                line.sendall(found if answer is None else answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield door.getsockname(), came
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join()


def read_stream(line):
    """What was sent by INSTREAM; empty where the command is another."""
    with line.makefile("rb") as source:
        if source.read(10) != b"zINSTREAM\0":
            return b""
        data = b""
        while (length := struct.unpack(">L", source.read(4))[0]) > 0:
            data += source.read(length)
        return data


def test_what_is_sent_arrives_whole_and_is_let_through():
    data = bytes(range(256)) * 1000
    with daemon() as (address, came):
        scan(address, data)
    assert came == [data]


def test_what_is_harmful_is_refused_with_a_sentence():
    with daemon() as (address, _), pytest.raises(FileRefused, match="harmful"):
        scan(address, b"x" * 100_000 + HARMFUL)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK but", b"x" * 2000])
def test_what_was_not_looked_at_is_not_let_through(answer):
    with daemon(answer) as (address, _), pytest.raises(ScannerAway):
        scan(address, b"x")


def test_nobody_there_is_said_and_without_an_address_nobody_is_asked():
    with daemon() as (address, _):
        pass
    with pytest.raises(ScannerAway, match="does not answer"):
        scan(address, b"x")
    scan(None, HARMFUL)


@pytest.mark.parametrize("value", ["localhost", ":3310", "host:", "host:x", "host:0", "host:70000"])
def test_an_address_that_is_none_is_told_by_name(value):
    with pytest.raises(SettingsError, match="INHAND_SCANNER"):
        Settings(scanner=value).check()


def draw(parts, address):
    """The worker does what is due, with a scanner at this address."""
    settings = replace(parts.settings, scanner=f"{address[0]}:{address[1]}")
    worker = make_worker(replace(parts, settings=settings))
    while worker.run_once():
        pass
    with parts.database.reading() as session:
        return session.scalars(select(StoredFile)).one()


def test_a_photo_with_something_harmful_gets_a_sentence_and_none_of_it_is_kept(household, parts):
    send_file(household, encode(receipt(60, 80, 1), "JPEG") + HARMFUL)
    with daemon() as (address, _):
        found = draw(parts, address)
    assert (found.state, found.reason) == ("refused", FOUND)
    assert list(parts.storage.keys()) == []


def test_a_good_photo_is_looked_at_and_drawn(household, parts):
    data = encode(receipt(60, 80, 1), "JPEG")
    send_file(household, data)
    with daemon() as (address, came):
        assert draw(parts, address).state == "ready"
    assert came == [data]


def test_while_the_scanner_is_away_a_photo_waits_and_is_drawn_later(household, parts):
    data = encode(receipt(60, 80, 1), "PNG")  # of this one no original is kept: it must not go before it is drawn
    send_file(household, data)
    with daemon() as (address, _):
        pass
    for _ in range(12):  # more often than any job is tried
        assert draw(parts, address).state == "received"
        look_now(parts)
    with daemon() as (address, came):
        assert (draw(parts, address).state, came) == ("ready", [data])


def look_now(parts):
    """The next look is due."""
    with parts.database.writing() as session:
        session.execute(update(Job).where(Job.kind == "file.draw", Job.state == "due").values(due_at=LONG_AGO))
        session.commit()
