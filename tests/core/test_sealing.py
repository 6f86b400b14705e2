"""A file at rest is sealed under a key of its own: opened by the right keys alone, and never put in another's place."""

import pytest

from app.core.sealing import HEAD, OVERHEAD, NotOpened, Sealer, is_sealed
from app.core.storage import FileClosed, KeyTaken, Storage

OLD, NEW = "an old key of more than 32 characters", "a new key of more than 32 characters"


def sealer(*secrets):
    return Sealer.from_secrets(secrets)


@pytest.fixture
def storage(tmp_path):
    return Storage.from_url(f"folder:{tmp_path}/files", sealer(OLD))


def under(storage, *secrets):
    """The same place, with other keys."""
    return Storage(storage.url, storage.store, storage.folder, sealer=sealer(*secrets))


def test_what_was_sealed_opens_and_is_never_the_same_twice():
    first, second = (sealer(OLD).seal("a/b", b"a voice") for _ in range(2))
    assert (sealer(OLD).open("a/b", first), len(first)) == (b"a voice", 7 + OVERHEAD)
    assert first[HEAD:] != second[HEAD:]


@pytest.mark.parametrize("at", [0, 9, 20, 40, HEAD - 1, HEAD + 3, -1])
def test_a_changed_byte_anywhere_keeps_it_shut(at):
    sealed = bytearray(sealer(OLD).seal("a/b", b"a voice"))
    sealed[at] ^= 1
    with pytest.raises(NotOpened):
        sealer(OLD).open("a/b", bytes(sealed))


def test_a_file_in_the_place_of_another_stays_shut():
    with pytest.raises(NotOpened):
        sealer(OLD).open("person-2/b", sealer(OLD).seal("person-1/b", b"a voice"))


@pytest.mark.parametrize("length", [8, 16, HEAD, OVERHEAD - 1])
def test_a_cut_file_stays_shut(length):
    with pytest.raises(NotOpened):
        sealer(OLD).open("a", sealer(OLD).seal("a", b"a voice")[:length])


def test_the_storage_gives_back_what_it_was_given_and_keeps_it_sealed(storage):
    storage.put("a/b", b"a photo of a receipt")
    assert (storage.get("a/b"), storage.size("a/b")) == (b"a photo of a receipt", 20)
    assert storage.get_range("a/b", 2, 7) == b"photo"
    assert b"photo" not in storage.as_stored().get("a/b")


def test_the_same_bytes_twice_is_fine_and_others_are_refused_though_sealed(storage):
    storage.put("a", b"once")
    storage.put("a", b"once")
    with pytest.raises(KeyTaken):
        storage.put("a", b"other")


def test_without_the_key_it_is_a_sentence(storage):
    storage.put("a", b"once")
    with pytest.raises(FileClosed, match="has to set the key"):
        under(storage, NEW).get("a")
    assert under(storage, NEW).state_of("a") == "closed"


def test_rotating_needs_the_old_key_once_and_can_be_done_twice(storage):
    storage.put("a", b"once")
    both = under(storage, NEW, OLD)
    assert [both.reseal("a"), both.reseal("a")] == [True, False]
    assert under(storage, NEW).get("a") == b"once"
    with pytest.raises(FileClosed):
        storage.get("a")


def test_a_file_from_before_is_read_and_then_sealed(storage):
    storage.as_stored().put("a", b"from before")
    assert (storage.get("a"), storage.size("a"), storage.state_of("a")) == (b"from before", 11, "plain")
    assert storage.reseal("a")
    assert (storage.get("a"), storage.state_of("a")) == (b"from before", "sealed")
    assert is_sealed(storage.as_stored().get("a"))


def test_a_file_that_looks_sealed_is_sealed_all_the_same(storage):
    tricky = sealer(NEW).seal("a", b"not ours")
    storage.put("a", tricky)
    assert storage.get("a") == tricky
