/**
 * The service worker: keeps one whole version of the app on the phone and shows notifications.
 * It never touches people's data: what is synchronised and files go straight to the network.
 * The server puts `self.__MANIFEST = {version, files}` in front of this text.
 */

/** @typedef {{__MANIFEST: {version: string, files: string[]}}} WithManifest */
/** @typedef {{title: string, body: string, url: string, tag: string, shown: string}} Notice */

const worker = /** @type {ServiceWorkerGlobalScope & WithManifest} */ (/** @type {unknown} */ (self));
const { version, files } = worker.__MANIFEST;
const PREFIX = "inhand-";
const CACHE = PREFIX + version;
const SHELL = "/app";
/** Pages of the server that the app leads to. */
const SERVERS = /^\/(account|devices|groups|help|people|privacy|sharing)(\/|$)/;
const SHARE = "/app/share";
const LETTERBOX = "letterbox";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const OWN_FILES = /\/static\/[^"'\s<>)]+\?v=[\w-]+/g;

worker.addEventListener("install", (event) => {
  routeToCache(event);
  event.waitUntil(install());
});
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => answer(event));
worker.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(worker.skipWaiting());
});
worker.addEventListener("push", (event) => event.waitUntil(notify(event.data)));
worker.addEventListener("pushsubscriptionchange", (event) => /** @type {ExtendableEvent} */ (event).waitUntil(resubscribe(event)));
worker.addEventListener("notificationclick", (event) => event.waitUntil(follow(event.notification)));
worker.addEventListener("sync", (event) => /** @type {ExtendableEvent} */ (event).waitUntil(wake()));

/**
 * A browser that can takes files with their version from the caches itself: no start waits for this worker to wake.
 * What no cache holds comes from the network, as in `kept`. Files without a version are looked up there.
 * @param {ExtendableEvent & {addRoutes?: (route: object) => Promise<void>}} event
 */
function routeToCache(event) {
  const condition = { urlPattern: { pathname: "/static/*", search: "v=*" }, requestMethod: "GET" };
  void event.addRoutes?.({ condition, source: "cache" });
}

/** All files of this version, or none: a half one is removed and tried again later. */
async function install() {
  const before = await caches.has(CACHE);
  const cache = await caches.open(CACHE);
  try {
    await keepShell(cache);
    await cache.addAll(files);
  } catch (error) {
    if (!before) await caches.delete(CACHE);
    throw error;
  }
}

/**
 * The shell names its files with their versions. During a deployment it may be another version's: then nothing is kept.
 * @param {Cache} cache
 */
async function keepShell(cache) {
  const response = await fetch(SHELL, { cache: "reload", credentials: "same-origin", redirect: "error" });
  if (!response.ok) throw new TypeError(`The shell was answered with ${response.status}.`);
  const text = await response.clone().text();
  const strange = (text.match(OWN_FILES) ?? []).filter((url) => !files.includes(url));
  if (strange.length > 0) throw new TypeError(`The shell is another version's: ${strange[0]}`);
  await cache.put(SHELL, response);
}

async function activate() {
  await removeOld();
  await worker.clients.claim();
}

/** Older versions go once no other tab may still need them. */
async function removeOld() {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.length > 1) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

/** @param {FetchEvent} event */
function answer(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method === "POST" && origin === worker.location.origin && pathname === SHARE) return event.respondWith(takeIn(request));
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(page(request, pathname));
    event.waitUntil(removeOld());
  } else if (pathname.startsWith("/static/")) event.respondWith(kept(request));
}

/**
 * The app's own pages come from the phone; others from the server. Without one the app opens, or it says what is missing.
 * @param {Request} request
 * @param {string} pathname
 * @returns {Promise<Response>}
 */
async function page(request, pathname) {
  const shell = await (await caches.open(CACHE)).match(SHELL);
  if (shell && (pathname === SHELL || pathname.startsWith(`${SHELL}/`))) return shell;
  try {
    return await fetch(request);
  } catch (error) {
    if (shell) return SERVERS.test(pathname) ? noSignal(pathname) : shell;
    throw error;
  }
}

/**
 * Import maps do not reach into workers: what a worker imports comes without its version, and is this version's.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function kept(request) {
  const cache = await caches.open(CACHE);
  const bare = new URL(request.url).search === "" ? await cache.match(request, { ignoreSearch: true }) : undefined;
  return bare ?? (await cache.match(request)) ?? (await caches.match(request)) ?? fetch(request);
}

/**
 * Photos that another app shares with this one. Each goes into the letterbox (core/letterbox.js), sealed for the account
 * that is signed in; nothing is sent. Without an account on this phone nothing is kept, and that is said.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function takeIn(request) {
  const box = await caches.open(LETTERBOX);
  const door = await (await box.match("/letterbox/door"))?.json();
  if (!door) return noDoor();
  const files = (await request.formData()).getAll("photos").filter((one) => typeof one !== "string" && one.size > 0);
  for (const file of files) {
    const letter = await sealed(/** @type {File} */ (file), Uint8Array.from(atob(door.lock), (char) => char.charCodeAt(0)));
    await box.put(`/letterbox/letters/${door.account}/${crypto.randomUUID()}`, new Response(letter));
  }
  return Response.redirect("/app/shared", 303);
}

/**
 * @param {File} file
 * @param {Uint8Array<ArrayBuffer>} lock
 * @returns {Promise<Blob>}
 */
async function sealed(file, lock) {
  const { subtle } = crypto;
  const own = /** @type {CryptoKeyPair} */ (await subtle.generateKey(CURVE, true, ["deriveKey"]));
  const to = await subtle.importKey("raw", lock, CURVE, false, []);
  const key = await subtle.deriveKey({ name: "ECDH", public: to }, own.privateKey, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const head = `${JSON.stringify({ name: file.name, type: file.type })}\n`;
  const bytes = await new Blob([head, file]).arrayBuffer();
  const additionalData = new TextEncoder().encode(LETTERBOX);
  return new Blob([await subtle.exportKey("raw", own.publicKey), iv, await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, bytes)]);
}

/** Nobody is signed in on this phone. */
function noDoor() {
  return ownPage("Sign in first", "The photo was not kept. Sign in, then share it once more.", ["/sign-in?next=/app/", "Sign in"]);
}

/**
 * A page of the server's without signal. Who worries about somebody is told what helps now.
 * @param {string} pathname
 */
function noSignal(pathname) {
  const danger = pathname.endsWith("/concern") ? "If somebody is in danger now, ring 999. " : "";
  return ownPage("This page needs signal", `${danger}What you have written is kept on this phone.`, [SHELL, "Back to the plan"]);
}

/**
 * A page that needs nothing but the styles on this phone.
 * @param {string} title
 * @param {string} words
 * @param {[string, string]} way  where its button leads, and what it says
 * @returns {Response}
 */
function ownPage(title, words, [address, says]) {
  const sheet = files.find((file) => file.startsWith("/static/built/app.css")) ?? "";
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title} - Inhand</title><link rel="stylesheet" href="${sheet}"></head>
<body class="app"><main class="starting"><h1>${title}</h1><p>${words}</p>
<p><a class="nhsuk-button" href="${address}">${says}</a></p></main></body></html>`;
  return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" } });
}

/**
 * Shows every message, because a browser takes the right to send them away otherwise.
 * @param {PushMessageData | null} data
 */
async function notify(data) {
  const { title, body, url, tag, shown } = noticeOf(data);
  const icon = files.find((file) => file.startsWith("/static/icons/app/icon-192.png"));
  await worker.registration.showNotification(title, { body, tag, data: url, ...(icon === undefined ? {} : { icon }) });
  if (shown) await confirmShown(shown);
}

/**
 * Tells the server that the message was shown: otherwise it says it in the app and by mail a day later.
 * @param {string} token
 */
async function confirmShown(token) {
  const told = await tellServer("POST", "/reminders/shown", { token });
  if (!told) await tellServer("POST", "/reminders/shown", { token });
}

/**
 * The browser took its address for messages back: a new one is asked for with the same key, and the server is told.
 * Where that fails the app does it at its next start.
 * @param {Event} event
 */
async function resubscribe(event) {
  const { oldSubscription } = /** @type {{oldSubscription?: PushSubscription | null}} */ (/** @type {unknown} */ (event));
  const key = oldSubscription?.options.applicationServerKey;
  if (!key) return;
  const found = await worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }).catch(() => null);
  const { endpoint, keys } = found?.toJSON() ?? {};
  if (endpoint) await tellServer("PUT", "/reminders/device", { endpoint, keys });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} facts
 * @returns {Promise<boolean>}
 */
async function tellServer(method, path, facts) {
  const headers = { "Content-Type": "application/json", "X-Inhand-Sync": "1" };
  const answer = await fetch(path, { method, headers, body: JSON.stringify(facts) }).catch(() => null);
  return answer?.ok ?? false;
}

/**
 * @param {PushMessageData | null} data
 * @returns {Notice}
 */
function noticeOf(data) {
  /** @type {Partial<Notice> | null} */
  let told = null;
  try {
    told = data?.json() ?? null;
  } catch {
    told = null;
  }
  const { title, body, url, tag, shown } = told ?? {};
  return {
    title: text(title, "Inhand"),
    body: text(body, "There is something new."),
    url: typeof url === "string" && (url === SHELL || url.startsWith(`${SHELL}/`)) ? url : SHELL,
    tag: text(tag, "news"),
    shown: text(shown, ""),
  };
}

/**
 * @param {unknown} value
 * @param {string} otherwise
 * @returns {string}
 */
function text(value, otherwise) {
  return typeof value === "string" && value !== "" ? value.slice(0, 200) : otherwise;
}

/**
 * Goes to the tab that is open, which finds the way itself, or opens one.
 * @param {Notification} notification
 */
async function follow(notification) {
  notification.close();
  const url = String(notification.data);
  const windows = await worker.clients.matchAll({ type: "window" });
  const open = windows.find((client) => new URL(client.url).pathname.startsWith(SHELL));
  if (!open) return void (await worker.clients.openWindow(url));
  open.postMessage({ open: url });
  await open.focus();
}

/** The key of the phone's copy is with the tabs: they do the sending. */
async function wake() {
  const windows = await worker.clients.matchAll({ type: "window" });
  for (const client of windows) client.postMessage("drain");
}
