/** "Whose plan?": the people one looks after, what one may do for them, the open one marked. */
import { html } from "htm/preact";
import { Avatar, Icon, Tag } from "./bits.js";
import { useApp, usePerson } from "./context.js";
import { Riser } from "./riser.js";

/** @type {{[role: string]: string}} */
const ROLE_WORDS = {
  holder: "It is your own plan.",
  representative: "You look after this plan.",
};

/** @param {{onClose: () => void}} props */
export function WhosePlan({ onClose }) {
  const { live } = useApp();
  const open = usePerson();
  return html`<${Riser} title="Whose plan?" onClose=${onClose}>
    <ul class="card card--rows card--flat">
      ${live.people().map((person) => html`<li key=${person.id}>
        <a class="row" href=${`/app/${person.id}/home`} aria-current=${person.id === open.id ? "true" : undefined} onClick=${onClose}>
          <${Avatar} name=${person.name} colour=${person.colour} large />
          <span class="row__body"><span class="row__title">${person.name}</span><span class="quiet">${ROLE_WORDS[person.role] ?? ""}</span></span>
          ${person.id === open.id ? html`<${Tag} kind="good" icon="check-bold">Open<//>` : html`<${Icon} name="caret-right" small />`}
        </a>
      </li>`)}
    </ul>
    <p><a class="plain" href="/people/new"><${Icon} name="user-plus-bold" small />Look after somebody else</a></p>
  <//>`;
}
