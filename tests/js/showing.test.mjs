/** The phone in the person's own hand: it ends the carer's sign-in, and a fresh one ends the showing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { showingDoor } from "../../app/static/js/people/showing.js";

const MINE = "account-1";

/** A door over a browser whose server answers as told. */
function door({ account = MINE, answers = true, signedIn = null, kept = new Map(), tab = { removeItem: () => {} } } = {}) {
  const storage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value), removeItem: (name) => void kept.delete(name) };
  const asked = [];
  const left = [];
  const ask = async (url) => {
    asked.push(url);
    if (!answers) throw new TypeError("no signal");
    return new Response(JSON.stringify({ account: signedIn, name: "Ana" }));
  };
  return { door: showingDoor({ storage, tab, ask, account, leave: (path) => left.push(path) }), kept, asked, left };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("showing ends the carer's sign-in on the server", async () => {
  const { door: here, asked } = door();
  here.begin("sam");
  await settled();
  assert.equal(here.person(), "sam");
  assert.deepEqual(asked, ["/session/end"]);
});

test("without signal the sign-in is ended later, and an old one does not open the rest", async () => {
  const away = door({ answers: false, signedIn: MINE });
  away.door.begin("sam");
  await settled();
  const back = door({ signedIn: MINE, kept: away.kept });
  await back.door.settle();
  assert.deepEqual([back.asked, back.left, back.door.person()], [["/session/end"], [], "sam"]);
});

test("from then on no pass lets anybody in, with signal or without", () => {
  const left = new Map([["inhand.pass", "sealed"]]);
  door({ answers: false, tab: { removeItem: (name) => void left.delete(name) } }).door.begin("sam");
  assert.equal(left.size, 0);
});

test("signing in again opens the rest", async () => {
  const { door: here, kept } = door();
  here.begin("sam");
  await settled();
  const again = door({ signedIn: MINE, kept });
  await again.door.settle();
  assert.deepEqual([again.left, again.door.person()], [["/app/"], null]);
});

test("nobody signed in, or somebody else, opens nothing", async () => {
  const { door: here, kept } = door();
  here.begin("sam");
  await settled();
  for (const signedIn of [null, "account-2"]) {
    const other = door({ signedIn, kept });
    await other.door.settle();
    assert.deepEqual([other.left, other.door.person()], [[], "sam"]);
  }
});

test("what stands there broken shows nothing", () => {
  assert.equal(door({ kept: new Map([["inhand.showing", "{"]]) }).door.person(), null);
  assert.equal(door({ account: "account-2", kept: new Map([["inhand.showing", JSON.stringify({ account: MINE, person: "sam", ended: true })]]) }).door.person(), null);
});
