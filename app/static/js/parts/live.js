/**
 * What screens read: rows of the open person, kept fresh by signals. A component that reads a kind is drawn
 * again when a row of that kind changes, and only then.
 */
import { signal } from "@preact/signals";
import { localDay } from "../core/dates.js";

/**
 * @import {Replica} from "../core/replica.js"
 * @import {Sync, SyncStatus} from "../core/sync.js"
 * @import {Facts, Kept, OutboxItem, Row} from "../core/types.js"
 * @import {ActRequest} from "../core/compose.js"
 * @import {Signal} from "@preact/signals"
 */

/** @typedef {{account: string, name: string}} Who */
/** @typedef {{now: () => number}} Clock */
/** @typedef {{id: string, name: string, colour: string, photo: string | null, role: string, scopes: string[]}} Person */

/** Ids that are made anew for each asking. */
const MADE = new Set(["entry", "reversal", "out_entry", "in_entry", "other_entry", "other_reversal"]);
const SECOND_TAP_MS = 400;
const EVERYTHING = ["see_person", "see_plan", "see_private", "write_plan", "see_pots", "see_money", "log_money", "write_money", "remark", "manage"];
/** Who holds the first holds the others too, as the server has it. @type {{[scope: string]: string[]}} */
const IMPLIED = { see_money: ["see_pots"], write_money: ["log_money"], manage: ["see_private", "remark"] };

/**
 * What an account may see and do with this link: everything, while it stands in for the person.
 * @param {Facts} link
 * @param {string} today
 * @returns {string[]}
 */
export function heldScopes(link, today) {
  if (String(link["stands_in_until"] ?? "") >= today) return EVERYTHING;
  const named = Array.isArray(link["scopes"]) ? link["scopes"].map(String) : [];
  return [...new Set(named.flatMap((scope) => [scope, ...(IMPLIED[scope] ?? [])]))];
}

/** The replica and the sync as signals. */
export class Live {
  /** @type {Map<string, Signal<number>>} */
  #versions = new Map();
  #outbox = signal(0);
  /** The write before, without the ids that were made for it. @type {{same: string, until: number} | null} */
  #last = null;

  /**
   * @param {object} parts
   * @param {Replica} parts.replica
   * @param {Sync} parts.sync
   * @param {Who} parts.who
   * @param {Clock} parts.clock
   */
  constructor({ replica, sync, who, clock }) {
    this.replica = replica;
    this.sync = sync;
    this.who = who;
    this.clock = clock;
    /** @type {Signal<SyncStatus>} */
    this.status = signal(sync.status());
    sync.subscribe((status) => (this.status.value = status));
    replica.subscribe((change) => {
      for (const key of change.keys) this.#version(key).value += 1;
      if (change.outbox) this.#outbox.value += 1;
    });
  }

  /**
   * The bodies of all rows of a kind, live.
   * @param {string} stream
   * @param {string} kind
   * @returns {Row[]}
   */
  rows(stream, kind) {
    void this.#version(`${stream} ${kind}`).value;
    return [...this.replica.rows(stream, kind).values()];
  }

  /**
   * Another text once a row of one of the kinds has changed, live: what is computed from them holds until then.
   * @param {string} stream
   * @param {string[]} kinds
   */
  stamp(stream, kinds) {
    return kinds.map((kind) => this.#version(`${stream} ${kind}`).value).join(" ");
  }

  /**
   * @param {string} stream
   * @param {string} kind
   * @param {string} id
   * @returns {Row | undefined}
   */
  row(stream, kind, id) {
    void this.#version(`${stream} ${kind}`).value;
    return this.replica.row(stream, kind, id);
  }

  /** @returns {ReadonlyArray<OutboxItem>} */
  outbox() {
    void this.#outbox.value;
    return this.replica.outbox();
  }

  /** @returns {ReadonlyArray<Kept>} */
  kept() {
    void this.#outbox.value;
    return this.replica.kept();
  }

  /**
   * @param {string} row
   * @returns {"sent" | "saved" | "refused"}
   */
  statusOf(row) {
    void this.#outbox.value;
    return this.replica.status(row);
  }

  /** @returns {Person[]} the people whose plans this account may open, in the order in which it was asked to */
  people() {
    const links = this.rows(`account:${this.who.account}`, "relationship").map((row) => row.body);
    return links.filter((link) => !link["ended"]).map((link) => this.#person(link)).filter((one) => one !== null);
  }

  /**
   * How somebody who writes in a plan is called here.
   * @param {string} stream
   * @param {string} account  "" for what waits to be sent
   */
  nameOf(stream, account) {
    if (account === this.who.account || !account) return "you";
    const member = this.rows(stream, "member").find((row) => row.body["account"] === account);
    return String(member?.body["name"] ?? "somebody else");
  }

  /** Today where the phone is, "YYYY-MM-DD". */
  today() {
    return localDay(new Date(this.clock.now()));
  }

  /**
   * Saves an operation on the phone and starts to send it.
   * @param {ActRequest} request
   * @returns {Promise<string>}
   */
  async act(request) {
    return this.#once([request], () => this.replica.act(request));
  }

  /**
   * Saves several operations, all or none.
   * @param {ActRequest[]} requests
   */
  async acts(requests) {
    return this.#once(requests, () => this.replica.acts(requests));
  }

  /**
   * Writes, unless the very same was asked for a moment ago: a button that was tapped twice. The second asking never
   * ends, so that its screen does not go on either: what the first one leads to stands.
   * @template Made
   * @param {ActRequest[]} requests
   * @param {() => Promise<Made>} write
   * @returns {Promise<Made>}
   */
  async #once(requests, write) {
    const same = JSON.stringify(requests.map((one) => this.#asked(one)), (key, value) => (MADE.has(key) ? "" : value));
    const last = this.#last;
    if (same === last?.same && this.clock.now() < last.until) return new Promise(() => {});
    const asked = (this.#last = { same, until: Infinity });
    try {
      const made = await write();
      void this.sync.kick("write");
      return made;
    } catch (error) {
      asked.same = "";
      throw error;
    } finally {
      asked.until = this.clock.now() + SECOND_TAP_MS;
    }
  }

  /**
   * A request without the id of a row that is not there yet.
   * @param {ActRequest} request
   */
  #asked({ act, stream, row, facts }) {
    const [kind = ""] = act.split(".");
    return { act, stream, row: this.replica.row(stream, kind, row) ? row : "", facts };
  }

  /**
   * @param {Facts} link
   * @returns {Person | null}
   */
  #person(link) {
    const id = String(link["person"]);
    const body = this.row(`person:${id}`, "person", id)?.body;
    if (!body) return null;
    const photo = typeof body["photo"] === "string" ? body["photo"] : null;
    const scopes = heldScopes(link, this.today());
    return { id, name: String(body["name"]), colour: String(body["colour"]), photo, role: String(link["role"]), scopes };
  }

  /** @param {string} key */
  #version(key) {
    let found = this.#versions.get(key);
    if (!found) {
      found = signal(0);
      this.#versions.set(key, found);
    }
    return found;
  }
}
