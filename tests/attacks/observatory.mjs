/**
 * The rules of the HTTP Observatory over one site on this machine.
 * In: {"http": port, "https": port, "cookie": string, "paths": [...]}. Out: one JSON line a path.
 */
import fs from "node:fs";
import { ALL_TESTS } from "@mdn/mdn-http-observatory/src/constants.js";
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from "@mdn/mdn-http-observatory/src/grader/charts.js";
import { getScoreModifier } from "@mdn/mdn-http-observatory/src/grader/grader.js";
import { retrieve } from "@mdn/mdn-http-observatory/src/retriever/retriever.js";

// Which names browsers preload is fetched when the package is installed, by a script that we do not run: none is ours.
const read = fs.readFileSync;
fs.readFileSync = (path, ...more) => (String(path).endsWith("hsts-preload.json") ? "{}" : read(path, ...more));

const MOST_TRIES = 10;
const asked = JSON.parse(read(0, "utf8"));
const headers = ["Accept: text/html,*/*;q=0.8", ...(asked.cookie ? [`Cookie: ${asked.cookie}`] : [])];

/**
 * What the site answers. The Observatory's own patience is that of a quick network; a busy machine is asked again.
 * @param {string} path
 */
async function retrieved(path) {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await retrieve("localhost", { httpPort: asked.http, httpsPort: asked.https, path, headers });
    if (found.responses.auto) return found;
  }
  throw new Error(`no answer to ${path}`);
}

for (const path of asked.paths) {
  const found = await retrieved(path);
  const results = ALL_TESTS.map((test) => test(found));
  const changes = results.map((one) => getScoreModifier(one.result));
  // As the Observatory counts: what is lost first; extra points only for who is good without them.
  const lost = 100 + changes.filter((one) => one < 0).reduce((sum, one) => sum + one, 0);
  const all = 100 + changes.reduce((sum, one) => sum + one, 0);
  const score = Math.max(0, lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost);
  const { status, headers: told } = found.responses.auto;
  console.log(JSON.stringify({ path, score, status, type: told["content-type"], results: results.map((one) => one.result) }));
}
