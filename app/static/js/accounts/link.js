/** A link that somebody is to get: copied with one tap, or sent by what this device sends with. */

const SHOWN_MS = 4_000;

/**
 * @param {HTMLElement} box
 * @param {string} link
 */
function serve(box, link) {
  const says = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
  const button = (/** @type {string} */ name) => /** @type {HTMLButtonElement} */ (box.querySelector(`[data-link=${name}]`));
  const say = (/** @type {string} */ words) => {
    says.textContent = words;
    setTimeout(() => (says.textContent = says.textContent === words ? "" : says.textContent), SHOWN_MS);
  };
  button("copy").addEventListener("click", () => {
    navigator.clipboard.writeText(link).then(() => say("Copied. Paste it into a message."), () => say("Hold your finger on the link to copy it."));
  });
  button("copy").hidden = !("clipboard" in navigator);
  button("send").addEventListener("click", () => void navigator.share({ text: box.dataset["text"] ?? "", url: link }).catch(() => say("")));
  button("send").hidden = !("share" in navigator);
}

for (const box of document.querySelectorAll("[data-link-box]")) {
  const field = box.querySelector("textarea");
  if (box instanceof HTMLElement && field) serve(box, field.value.trim());
}
