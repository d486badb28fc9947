// The element in Svelte's templates, of which the checker of templates makes this.
import type {} from "instant-card/svelte";
import type { SvelteHTMLElements } from "svelte/elements";

type Props = SvelteHTMLElements["instant-card"];
const props: Props = { mode: "request", token: "a token", "onic-card-finalized": (event) => console.log(event.detail.cardId) };
// @ts-expect-error: there is no such mode
const wrong: Props = { mode: "lobby" };
export { props, wrong };
