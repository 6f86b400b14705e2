/** What every screen is given: the live rows, the way around, the open person, undo. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/**
 * @import {Live, Person} from "./live.js"
 * @import {Router} from "./router.js"
 * @import {Undo} from "./undo.js"
 * @import {Signal} from "@preact/signals"
 * @import {PhotoTools} from "../core/photo.js"
 * @import {Doors} from "./doors.js"
 * @import {NewVersion} from "./new-version.js"
 * @import {Letterbox} from "../core/letterbox.js"
 */

/**
 * @typedef {object} App
 * @property {Live} live
 * @property {Router} router
 * @property {Undo} undo
 * @property {NewVersion} version
 * @property {() => string} ids  makes UUIDs
 * @property {PhotoTools} photos
 * @property {Pick<Letterbox, "waiting" | "take">} letterbox  photos that were shared into the app
 * @property {Doors} doors  signing out, locking, pictures: what needs the browser or the network
 */

/** @type {import("preact").Context<App | null>} */
export const AppContext = createContext(/** @type {App | null} */ (null));
/** @type {import("preact").Context<Person | null>} */
export const PersonContext = createContext(/** @type {Person | null} */ (null));

/** @returns {App} */
export function useApp() {
  const app = useContext(AppContext);
  if (!app) throw new Error("a screen was drawn outside the app");
  return app;
}

/**
 * The person whose plan this screen belongs to, and their stream. A form keeps the one that it was opened for.
 * `own`: who reads is the person; `whom` and `whose` address them, or name them to somebody else.
 * @returns {Person & {stream: string, own: boolean, whom: string, whose: string, path: (screen: string) => string, can: (scope: string) => boolean}}
 */
export function usePerson() {
  const person = useContext(PersonContext);
  if (!person) throw new Error("a person's screen was drawn without a person");
  const own = person.role === "holder";
  return {
    ...person,
    own,
    whom: own ? "you" : person.name,
    whose: own ? "your" : `${person.name}'s`,
    stream: `person:${person.id}`,
    path: (screen) => `/app/${person.id}/${screen}`,
    can: (scope) => person.scopes.includes(scope),
  };
}
