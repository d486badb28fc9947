// The element in Vue's templates, of which the checker of templates makes this.
import type {} from "instant-card/vue";
import type { GlobalComponents } from "vue";

type Props = InstanceType<GlobalComponents["instant-card"]>["$props"];
const props: Props = { mode: "request", token: "a token", onIcCardFinalized: (event) => console.log(event.detail.cardId) };
// @ts-expect-error: there is no such mode
const wrong: Props = { mode: "lobby" };
export { props, wrong };
