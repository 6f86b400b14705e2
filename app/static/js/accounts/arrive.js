/** The page on which an archive is sent: says how far it is, and shows what came of it. */
import { sendFile } from "../core/net.js";

const NO_FILE = "Choose your file first. Its name ends in .zip.";
const BROKEN = "We could not reach Inhand. Press the button again when there is signal: it goes on from there.";

const form = /** @type {HTMLFormElement} */ (document.getElementById("arrive"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("archive"));
const says = /** @type {HTMLElement} */ (document.getElementById("arrive-says"));
const error = /** @type {HTMLElement} */ (document.getElementById("archive-error"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));

/** @param {string} sentence  what is to be mended, or nothing */
function tell(sentence) {
  error.textContent = sentence;
  error.hidden = !sentence;
  field.toggleAttribute("aria-invalid", Boolean(sentence));
  field.setAttribute("aria-describedby", sentence ? "archive-hint archive-error" : "archive-hint");
  document.getElementById("arrive-group")?.classList.toggle("nhsuk-form-group--error", Boolean(sentence));
  if (sentence) field.focus();
}

/** @param {File} file */
async function send(file) {
  let told = -1;
  const sent = await sendFile(form.dataset["place"] ?? "", file, (there) => {
    const tenth = Math.floor((there / file.size) * 10);
    if (tenth === told) return;
    told = tenth;
    says.textContent = `${tenth * 10}% is sent. Keep this page open.`;
  });
  if (sent.kind === "ok") return location.reload();
  says.textContent = "";
  tell(sent.kind === "refused" ? sent.sentence : BROKEN);
}

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const file = field.files?.[0];
  tell(file && file.size > 0 ? "" : NO_FILE);
  if (!file || file.size === 0 || button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  void send(file).finally(() => button.removeAttribute("aria-disabled"));
});
