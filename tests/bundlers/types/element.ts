// What a page's own script does with the element: what is right compiles, and each line below a mark does not.
import "instant-card";
import type { InstantCardElement, InstantCardErrorCode } from "instant-card";

const card: InstantCardElement = document.createElement("instant-card");
card.token = "a token";
card.tokenProvider = async () => "a token";
card.prefill = { FULL_NAME: "Ana Núñez", PHOTO: new Blob() };
card.fields = { EMPLOYEE_NUMBER: { value: 20417, locked: true }, DEPARTMENT: { hidden: true } };
card.shippingAddress = { full_name: "Ana Núñez", country: "USA" };
card.consent = { text: "I agree.", required: true };
card.strings = { "load.retry": "Once more" };
card.reset();
card.signOut();
card.addEventListener("ic-card-finalized", ({ detail }) => { const id: number = detail.cardId; void id; });
card.addEventListener("ic-error", ({ detail: { code } }) => { if (code === "balance-low") code satisfies InstantCardErrorCode; });
card.addEventListener("click", (event) => void event.clientX);
document.querySelector("instant-card")?.addEventListener("ic-order-submitted", function ({ detail }) { this.reset(); void detail.printJobIds.length; });

// @ts-expect-error: a number is no token
card.token = 17;
// @ts-expect-error: there is no such member
card.fields = { NAME: { readonly: true } };
// @ts-expect-error: it carries no photo
card.addEventListener("ic-card-finalized", ({ detail }) => detail.photo);
// @ts-expect-error: there is no such code
card.addEventListener("ic-error", ({ detail: { code } }) => code === "balance-lo");
