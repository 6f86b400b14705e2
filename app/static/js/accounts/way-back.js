/**
 * On a page of the server: a pass for the way back to the open copy (core/pass.js) goes, unless this page follows another
 * of ours at once. A browser opens a tab again that was closed hours ago, with all that lay in it.
 */
const PASS = "inhand.pass"; // these three as core/pass.js has them, which loads for those with a lock alone
const LEFT = "inhand.left";
const AT_ONCE_MS = 30_000;

function look() {
  const gap = Date.now() - Number(sessionStorage.getItem(LEFT) ?? Number.NaN);
  if (!(gap >= 0 && gap < AT_ONCE_MS)) sessionStorage.removeItem(PASS);
  sessionStorage.removeItem(LEFT);
}

look();
addEventListener("pageshow", (event) => event.persisted && look());
addEventListener("pagehide", () => sessionStorage.setItem(LEFT, String(Date.now())));
