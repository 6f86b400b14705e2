"""The app's own modules, used inside an open tab: what would take a person an hour of typing."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.browser import PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)  # a busy machine is slow, not wrong

# A second opening of the same copy, as another tab would have it.
OPEN = """
const take = (name) => import(`/static/js/${name}.js`);
const [{ openKeyring }, { openStore }, { openReplica }, { acts }] =
  await Promise.all(["core/keyring", "core/store", "core/replica", "acts"].map(take));
const { account } = JSON.parse(localStorage.getItem("inhand.who"));
const asked = async (secret, { salt, credential }) => {
  if (secret.kind === "pin") return secret;
  const { secretOf } = await take("core/passkey-prf"); // no tab without a passkey has it when there is no signal
  return { kind: "passkey", ...(await secretOf(navigator.credentials, crypto, salt, credential)) };
};
const keyring = await openKeyring(indexedDB);
const clock = { now: () => Date.now() };
const ids = () => crypto.randomUUID();
const channel = new BroadcastChannel(`inhand ${account}`);
const openWith = (key) => openStore({ indexedDB, crypto, account, key, channel });
const unlocked = (secret) => keyring.unlock(crypto, account, (record) => asked(secret, record), openWith);
"""
ACT = f"""async ({{ requests, secret }}) => {{{OPEN}
  const store = await unlocked(secret);
  const replica = await openReplica({{ store, acts, clock, ids, crypto }});
  const files = (list) => list?.map((file) => ({{ ...file, bytes: new TextEncoder().encode(file.bytes) }}));
  await replica.acts(requests.map((one) => ({{ ...one, files: files(one.files), row: one.row ?? ids() }})));
  store.close();
  keyring.close();
}}"""
SEND = f"""async (secret) => {{{OPEN}
  const names = ["core/net", "core/sync", "core/locks"];
  const [{{ createNet }}, {{ createSync }}, {{ tabLocks }}] = await Promise.all(names.map(take));
  const timers = {{ set: () => 0, clear: () => {{}} }};
  const store = await unlocked(secret);
  const replica = await openReplica({{ store, acts, clock, ids, crypto }});
  const slow = {{ set: (work, ms) => setTimeout(work, ms), clear: (id) => clearTimeout(id) }};
  const net = createNet({{ fetch: (url, how) => fetch(url, how), timers: slow }});
  // The app in this tab may be sending the same file: one after the other, as two tabs do.
  const locks = tabLocks(navigator.locks);
  const sync = createSync({{ replica, store, net, locks, clock, random: Math.random, timers }});
  await sync.kick("tap");
  const {{ waiting, phase }} = sync.status();
  sync.stop();
  store.close();
  keyring.close();
  return {{ waiting, phase }};
}}"""

Request = dict[str, Any]


def act(page: Page, requests: list[Request], secret: Request | None = None) -> None:
    """Put operations into the outbox of the copy that this tab shows, all in one."""
    page.evaluate(ACT, {"requests": requests, "secret": secret})


def send(page: Page, secret: Request | None = None) -> Request:
    """One exchange with the server; what waits afterwards, and how it ended."""
    found: Request = page.evaluate(SEND, secret)
    return found
