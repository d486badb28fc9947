// The bare peer: Preact with signals and nothing but the sign-in form.
import { render } from "preact";
import { signal } from "@preact/signals";
import css from "instant-card-css";

const email = signal("");
const password = signal("");
const problem = signal("");
const busy = signal(false);

async function signIn(event, base) {
  event.preventDefault();
  busy.value = true;
  problem.value = "";
  try {
    const body = new URLSearchParams({ email: email.value, password: password.value });
    const response = await fetch(`${base}authenticate`, { method: "POST", body });
    if (!response.ok) problem.value = "E-mail or password is wrong.";
  } catch {
    problem.value = "The server cannot be reached.";
  } finally {
    busy.value = false;
  }
}

function Field({ name, type, label, value, autocomplete }) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name} name={name} type={type} autocomplete={autocomplete} required value={value}
        onInput={(event) => (value.value = event.currentTarget.value)}
      />
    </div>
  );
}

function SignIn({ base }) {
  return (
    <form class="screen" data-screen="sign-in" onSubmit={(event) => signIn(event, base)}>
      <h2>Sign in</h2>
      <Field name="email" type="email" label="E-mail" value={email} autocomplete="username" />
      <Field name="password" type="password" label="Password" value={password} autocomplete="current-password" />
      {problem.value && <p role="alert">{problem}</p>}
      <button class="button primary" data-action="sign-in" disabled={busy}>Sign in</button>
    </form>
  );
}

class PreactCard extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    render(<SignIn base={this.getAttribute("api-base")} />, root);
  }
}
customElements.define("preact-card", PreactCard);
