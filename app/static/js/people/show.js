/** Before the phone is handed to the person: what they will see, and how it ends. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { useApp, usePerson } from "../parts/context.js";
import { Task } from "../parts/frame.js";

export default function Show() {
  const { doors, router } = useApp();
  const person = usePerson();
  const [kind, setKind] = useState("none");
  useEffect(() => void doors.lockKind().then(setKind), []);
  const begin = () => {
    doors.showing.begin(person.id);
    router.go(person.path("home"), { replace: true });
  };
  const way = { pin: "Your PIN opens the rest again.", passkey: "Your passkey opens the rest again." }[kind] ?? "You open the rest again by signing in.";
  const own = person.role === "holder";
  return html`<${Task} title=${own ? "Show my plan" : `Show ${person.name}`} close=${person.path("more")}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${begin}>${own ? "Show my plan now" : `Show ${person.name} now`}</button>`}>
    <div class="stack">
      <p>Then hand over the phone. It shows the money and the goals of ${own ? "your plan" : person.name}, and nothing can be changed.</p>
      <p>Everything else stays closed. ${way} Nothing that waits is lost.</p>
    </div>
  <//>`;
}
