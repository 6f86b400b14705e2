/** Two people changed one thing: both are shown, one chooses. Nothing is preset; for words there is a third way. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { fullDay } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Icon, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";

/** @import {Choose} from "../core/operations.js" */
/** @import {Facts} from "../core/types.js" */
/** @import {Problems} from "../parts/fields.js" */

/** @type {{[name: string]: (value: import("../core/types.js").Json) => string}} */
const SAY = {
  on: (value) => fullDay(String(value)),
  goal: () => "For a goal",
  files: (value) => `${Array.isArray(value) ? value.length : 0} photos`,
};
const OWN_WORDS = ["words", "why", "closing_words", "note"];

export default function Conflict() {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const [choice, setChoice] = useState("");
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const row = live.row(person.stream, "conflict", router.place.value.rest[0] ?? "");
  if (!row) return html`<${Missing} tab="home" what="This question" back=${{ href: person.path("home"), words: "Home" }} />`;
  const accepted = /** @type {Facts} */ (row.body["accepted"]);
  const other = /** @type {Facts} */ (row.body["other"]);
  const money = row.body["row_kind"] === "entry";
  const save = async () => {
    if (!choice) return setProblems({ "choice-0": "Choose which one stays." });
    await live.act({ act: "conflict.choose", stream: person.stream, row: row.id, facts: { choice: /** @type {Choose["choice"]} */ (choice) } });
    router.go(person.path("home"));
    undo.say("It is settled. Both versions stay in the history.");
    return undefined;
  };
  const settled = row.body["choice"] !== null;
  return html`<${Task} title=${money ? "Two amounts for one receipt" : "Two people changed one thing"} close=${person.path("home")}
    dock=${settled ? null : html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Keep what I chose</button>`}>
    <div class="stack">
      <${ErrorSummary} problems=${problems} />
      <p>${settled ? "This is settled." : money ? "Nothing was counted twice. The first one counts until you choose." : "We kept both. Which one stays?"}</p>
      <fieldset><legend class="hide">Which one stays?</legend>
        <div class="choose2">
          <${Side} at=${0} code="accepted" side=${accepted} beside=${other} by=${row.body["accepted_by"]} choice=${choice} onPick=${setChoice} />
          <${Side} at=${1} code="other" side=${other} beside=${accepted} by=${row.body["other_by"]} choice=${choice} onPick=${setChoice} />
          <label><input type="radio" name="choice" id="choice-2" checked=${choice === "both"} onChange=${() => setChoice("both")} />
            <span><b>Keep both</b><span class="quiet"> ${money ? "They were two different payments." : "They stand one below the other."}</span></span></label>
        </div>
      </fieldset>
    </div>
  <//>`;
}

/** @param {{at: number, code: string, side: Facts, beside: Facts, by: unknown, choice: string, onPick: (code: string) => void}} props */
function Side({ at, code, side, beside, by, choice, onPick }) {
  const { live } = useApp();
  const person = usePerson();
  const member = live.rows(person.stream, "member").find((row) => row.body["account"] === by);
  const name = by === live.who.account ? "You" : String(member?.body["name"] ?? "Somebody");
  return html`<label><input type="radio" name="choice" id=${`choice-${at}`} checked=${choice === code} onChange=${() => onPick(code)} />
    <span><${Differences} side=${side} beside=${beside} /><span class="quiet">${name}${code === "accepted" ? ", came first" : ""}</span></span></label>`;
}

/** What this side says where the two differ. @param {{side: Facts, beside: Facts}} props */
function Differences({ side, beside }) {
  if (side["void"]) return html`<b>It is taken back</b>`;
  const names = Object.keys(side).filter((name) => name !== "entry" && JSON.stringify(side[name]) !== JSON.stringify(beside[name]));
  return html`${names.map((name) => html`<span class="side" key=${name}>${sayField(name, side[name])}</span>`)}`;
}

/**
 * @param {string} name
 * @param {import("../core/types.js").Json | undefined} value
 */
function sayField(name, value) {
  if (OWN_WORDS.includes(name)) return html`<${Words} text=${String(value ?? "")} small />`;
  if (name === "amount" || name === "agreed") return html`<b class="num">${typeof value === "number" ? formatAmount(value) : "No amount"}</b>`;
  if (value === null || value === undefined) return "Nothing";
  const say = SAY[name] ?? (name.endsWith("_on") ? SAY["on"] : undefined);
  return say ? say(value) : String(value);
}
