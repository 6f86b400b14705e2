/** Two people changed one thing: both are shown, one chooses. Nothing is preset; for words there is a third way. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { OWN_WORDS, labelOf, sayValue, titleOf } from "./two-sides.js";

/** @import {Choose} from "../core/operations.js" */
/** @import {Facts} from "../core/types.js" */
/** @import {Problems} from "../parts/fields.js" */

export default function Conflict() {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const [choice, setChoice] = useState("");
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const row = live.row(person.stream, "conflict", router.place.value.rest[0] ?? "");
  if (!row) return html`<${Missing} tab="home" what="This question" back=${{ href: person.path("home"), words: "Home" }} />`;
  const accepted = /** @type {Facts} */ (row.body["accepted"]);
  const other = /** @type {Facts} */ (row.body["other"]);
  const kind = String(row.body["row_kind"]);
  const money = kind === "entry";
  const save = async () => {
    if (!choice) return setProblems({ "choice-0": "Choose which one stays." });
    await live.act({ act: "conflict.choose", stream: person.stream, row: row.id, facts: { choice: /** @type {Choose["choice"]} */ (choice) } });
    router.leave(person.path("home"));
    undo.say("It is settled. Both versions stay in the history.");
    return undefined;
  };
  const settled = row.body["choice"] !== null;
  return html`<${Task} title=${titleOf(kind, accepted, other)} close=${person.path("home")}
    dock=${settled ? null : html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Keep what I chose</button>`}>
    <div class="stack">
      <${ErrorSummary} problems=${problems} />
      <p>${settled ? "This is settled." : money ? "Nothing was counted twice. The first one counts until you choose." : "We kept both. Which one stays?"}</p>
      <fieldset><legend class="hide">Which one stays?</legend>
        <div class="choose2">
          <${Side} at=${0} code="accepted" kind=${kind} side=${accepted} beside=${other} by=${row.body["accepted_by"]} choice=${choice} onPick=${setChoice} />
          <${Side} at=${1} code="other" kind=${kind} side=${other} beside=${accepted} by=${row.body["other_by"]} choice=${choice} onPick=${setChoice} />
          <label><input type="radio" name="choice" id="choice-2" checked=${choice === "both"} onChange=${() => setChoice("both")} />
            <span><b>Keep both</b><span class="quiet"> ${money ? "They were two different payments." : "They stand one below the other."}</span></span></label>
        </div>
      </fieldset>
    </div>
  <//>`;
}

/** @param {{at: number, code: string, kind: string, side: Facts, beside: Facts, by: unknown, choice: string, onPick: (code: string) => void}} props */
function Side({ at, code, kind, side, beside, by, choice, onPick }) {
  const { live } = useApp();
  const person = usePerson();
  const member = live.rows(person.stream, "member").find((row) => row.body["account"] === by);
  const first = code === "accepted";
  const name = by === null ? "What came first" : by === live.who.account ? "You" : String(member?.body["name"] ?? "Somebody");
  return html`<label><input type="radio" name="choice" id=${`choice-${at}`} checked=${choice === code} onChange=${() => onPick(code)} />
    <span><b>${name}</b>${first && by !== null && html` <span class="quiet">came first</span>`}<${Differences} kind=${kind} side=${side} beside=${beside} /></span></label>`;
}

/** What this side says where the two differ. @param {{kind: string, side: Facts, beside: Facts}} props */
function Differences({ kind, side, beside }) {
  if (side["void"]) return html`<span class="side">It is taken back</span>`;
  const names = Object.keys(side).filter((name) => name !== "entry" && JSON.stringify(side[name]) !== JSON.stringify(beside[name]));
  return html`${names.map((name) => html`<span class="side" key=${name}><${Difference} kind=${kind} name=${name} value=${side[name]} /></span>`)}`;
}

/** @param {{kind: string, name: string, value: import("../core/types.js").Json | undefined}} props */
function Difference({ kind, name, value }) {
  const label = labelOf(kind, name);
  const said = sayValue(name, value);
  return html`${label && html`<span class="quiet side__label">${label}</span>`}
    ${said === null ? html`<span class="quiet">Nothing is written.</span>` : OWN_WORDS.has(name) ? html`<${Words} text=${said} small />` : html`<b class="num">${said}</b>`}`;
}
