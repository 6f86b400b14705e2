/**
 * Passkeys on the pages that the server draws: shows what is hidden without a script, asks the device, and sends the
 * form. A page without it works with passwords alone.
 */
import { askChallenge } from "../core/net.js";
import { answerOf, creationOf, requestOf } from "./credential.js";

const NOT_DONE = "That was stopped, or took too long. Try again, or go another way.";
const NO_ANSWER = "We could not reach Inhand. Try again when there is signal.";
/** @type {import("../core/types.js").Timers} */
const timers = { set: (act, ms) => setTimeout(act, ms), clear: (id) => clearTimeout(/** @type {number} */ (id)) };

/**
 * @param {string} kind
 * @param {string} options
 * @returns {Promise<Credential | null>}
 */
function fromDevice(kind, options) {
  if (kind === "make") return navigator.credentials.create({ publicKey: creationOf(options) });
  return navigator.credentials.get({ publicKey: requestOf(options) });
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<string>} what went wrong in words, or nothing
 */
async function perform(form) {
  const options = await askChallenge(timers, form.dataset["challenge"] ?? "");
  if (options === null) return NO_ANSWER;
  try {
    const made = await fromDevice(form.dataset["passkey"] ?? "", options);
    if (!(made instanceof PublicKeyCredential)) return NOT_DONE;
    /** @type {HTMLInputElement} */ (form.elements.namedItem("credential")).value = answerOf(made);
  } catch {
    return NOT_DONE;
  }
  form.submit();
  return "";
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} quietly  nobody tapped: a refusal needs no words
 */
async function run(form, quietly) {
  const says = /** @type {HTMLElement} */ (form.querySelector(".passkey__says"));
  if (form.dataset["busy"]) return;
  form.dataset["busy"] = "yes";
  says.textContent = "";
  const wrong = await perform(form);
  delete form.dataset["busy"];
  if (!quietly) says.textContent = wrong;
}

/** @param {HTMLElement} button */
function openWith(button) {
  button.addEventListener("click", () => {
    const opened = /** @type {HTMLElement} */ (document.getElementById(button.dataset["opens"] ?? ""));
    opened.hidden = false;
    button.hidden = true;
    opened.querySelector("input")?.focus();
  });
}

/**
 * The passkey comes first where this device has a lock of its own; else the password stays first.
 * @param {HTMLElement} part
 * @param {boolean} first
 */
function show(part, first) {
  part.hidden = false;
  const [behind, ahead] = first ? ["[data-way=password] .nhsuk-button", ""] : ["", "[data-passkey] .nhsuk-button"];
  if (document.querySelector("[data-way]")) {
    for (const button of document.querySelectorAll(behind || ahead)) button.classList.add("nhsuk-button--secondary");
  }
  const other = document.getElementById("password-way");
  const opens = part.querySelector("[data-opens]");
  if (!other || !(opens instanceof HTMLElement)) return;
  other.hidden = first && !other.querySelector("[aria-invalid]");
  opens.hidden = !other.hidden;
  openWith(opens);
}

/** No passkey can be here: what was kept free for it is given back. */
function giveUpPlace() {
  for (const part of document.querySelectorAll(".passkey-place")) part.setAttribute("data-never", "");
}

async function start() {
  const parts = [...document.querySelectorAll("[data-passkey]")].filter((part) => part instanceof HTMLElement);
  const here = document.querySelector("meta[name=inhand-passkeys]")?.getAttribute("content") === location.hostname;
  if (!here || !("PublicKeyCredential" in globalThis)) return giveUpPlace();
  const first = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  for (const part of document.querySelectorAll(".no-passkey")) part.remove();
  for (const part of document.querySelectorAll(".between, .only-passkey")) part.removeAttribute("hidden");
  for (const part of parts) {
    show(part, first);
    if (!(part instanceof HTMLFormElement)) continue;
    part.addEventListener("submit", (event) => {
      event.preventDefault();
      void run(part, false);
    });
    if (part.dataset["atOnce"]) void run(part, true);
  }
}

void start();
