/** Which screen an address means: /app/PERSON/SCREEN/ID. */

/** @typedef {{person: string | null, screen: string, rest: string[], query: URLSearchParams}} Place */

export const HERE = /^\/app(?:\/|$)/;
const PERSON = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/**
 * @param {string} path
 * @param {string} [query]
 * @returns {Place}
 */
export function placeOf(path, query = "") {
  const parts = path.replace(HERE, "").split("/").filter(Boolean).map(decodeURIComponent);
  const person = parts[0] && PERSON.test(parts[0]) ? (parts.shift() ?? null) : null;
  const [screen = person ? "home" : "", ...rest] = parts;
  return { person, screen, rest, query: new URLSearchParams(query) };
}
