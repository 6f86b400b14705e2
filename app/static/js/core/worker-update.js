/**
 * A new version of the app waits until somebody taps "New version". Nothing ever reloads by itself, so a half-filled
 * form stays; only the tab that was tapped reloads, the others offer the same tap.
 */

/** @typedef {"current" | "ready"} VersionStatus */
/** @typedef {Pick<ServiceWorker, "state" | "postMessage" | "addEventListener">} Worker */
/** @typedef {{waiting: Worker | null, installing: Worker | null, update: () => Promise<unknown>, addEventListener: EventTarget["addEventListener"]}} Registration */
/**
 * @typedef {object} Container  the part of navigator.serviceWorker in use
 * @property {unknown} controller
 * @property {(url: string, options: {scope: string}) => Promise<Registration>} register
 * @property {EventTarget["addEventListener"]} addEventListener
 */

export class WorkerUpdate {
  #container;
  #reload;
  /** @type {Registration | null} */
  #registration = null;
  /** @type {VersionStatus} */
  #status = "current";
  #tapped = false;
  /** @type {Set<(status: VersionStatus) => void>} */
  #listeners = new Set();

  /**
   * @param {object} parts
   * @param {Container} parts.container
   * @param {() => void} parts.reload
   */
  constructor({ container, reload }) {
    this.#container = container;
    this.#reload = reload;
  }

  /**
   * @param {string} [url]
   * @returns {Promise<Registration | null>} null where the browser refuses workers
   */
  async start(url = "/sw.js") {
    let controlled = this.#container.controller !== null;
    this.#container.addEventListener("controllerchange", () => {
      if (controlled) this.#changed();
      controlled = true;
    });
    const registration = await this.#container.register(url, { scope: "/" }).catch(() => null);
    this.#registration = registration;
    registration?.addEventListener("updatefound", () => this.#watch(registration.installing));
    this.#watch(registration?.installing ?? null);
    this.#look();
    return registration;
  }

  /** @returns {VersionStatus} */
  status() {
    return this.#status;
  }

  /**
   * @param {(status: VersionStatus) => void} listener
   * @returns {() => void}
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Asks the server whether there is a newer version. */
  async check() {
    await this.#registration?.update().catch(() => null);
    this.#look();
  }

  /** Somebody tapped "New version": the waiting worker takes over, then this tab reloads. */
  take() {
    this.#tapped = true;
    const waiting = this.#registration?.waiting;
    if (waiting) waiting.postMessage("take-over");
    else this.#reload();
  }

  /** @param {Worker | null} worker */
  #watch(worker) {
    worker?.addEventListener("statechange", () => this.#look());
  }

  #look() {
    if (this.#registration?.waiting && this.#container.controller !== null) this.#ready();
  }

  #changed() {
    if (this.#tapped) this.#reload();
    else this.#ready();
  }

  #ready() {
    if (this.#status === "ready") return;
    this.#status = "ready";
    for (const listener of this.#listeners) listener("ready");
  }
}
