"""The pages on one's own data: only for who manages, only after showing who is there, and with a way back."""

import io
import re
import zipfile

from tests.fixtures_app import send_form


def test_from_asking_to_the_file_in_hand(full, work):
    client, place = full.hers.client, f"/account/data/{full.person}/archive"
    assert send_form(client, place).status_code == 303
    assert "We are making it" in client.get(place).get_data(as_text=True)
    work()
    address = re.search(rf'href="({place}/[0-9a-f-]+)"', client.get(place).get_data(as_text=True))[1]
    answer = client.get(address)
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert {"index.html", "data.json", "manifest.json", "tables/goal.csv"} <= set(names)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert full.his.client.get(address).status_code == 404


def test_who_signed_in_long_ago_shows_first_who_is_there(full, clock):
    clock.go_on(hours=1)
    client = full.hers.client
    for place in ("archive", "erase"):
        answer = send_form(client, f"/account/data/{full.person}/{place}", typed="Maria")
        assert (answer.status_code, "/account/proof" in answer.location) == (303, True)
    assert "/account/proof" in client.get(f"/account/data/{full.person}/archive/x").location


def test_what_goes_and_what_stays_is_said_before(full):
    page = full.hers.client.get(f"/account/data/{full.person}/erase").get_data(as_text=True)
    assert "6 lines stay as bare facts" in page
    assert "They go after 5 April 2033." in page


def test_a_wrong_name_erases_nothing_and_says_so(full):
    answer = send_form(full.hers.client, f"/account/data/{full.person}/erase", typed="Mario")
    assert answer.status_code == 422
    assert "Type “Maria”" in answer.get_data(as_text=True)


def test_erasing_is_shown_to_everybody_who_manages_and_any_of_them_can_keep_it(full):
    send_form(full.hers.client, f"/account/data/{full.person}/erase", typed="Maria")
    page = full.his.client.get("/account/data").get_data(as_text=True)
    assert "will be erased on 28 November 2026" in page
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
    full.his.client.post(f"/account/data/{full.person}/keep", data={"csrf_token": token})
    assert "will be erased" not in full.hers.client.get("/account/data").get_data(as_text=True)


def test_an_account_is_removed_with_its_address_typed_and_can_be_kept(full):
    client = full.his.client
    send_form(client, "/account/data/erase", typed="tom@example.com")
    page = client.get("/account/data").get_data(as_text=True)
    assert "will be removed on 28 November 2026" in page
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
    client.post("/account/data/keep", data={"csrf_token": token})
    assert "will be removed" not in client.get("/account/data").get_data(as_text=True)


def test_a_button_pressed_from_elsewhere_does_nothing(full):
    client = full.hers.client
    for path in (f"{full.person}/archive", f"{full.person}/erase", f"{full.person}/keep", "erase", "keep"):
        assert client.post(f"/account/data/{path}", data={"typed": "Maria"}).status_code == 400
