// The element in React 19.
import type {} from "instant-card/react";
import { useRef } from "react";
import type { InstantCardElement } from "instant-card";

export function Card({ provider }: { provider: () => Promise<string> }) {
  const card = useRef<InstantCardElement>(null);
  return (
    <instant-card
      ref={card} mode="request" ends-with="order" shipping-provider-id={13} lang="es" className="card" hidden={false}
      tokenProvider={provider} prefill={{ FULL_NAME: "Ana" }}
      onic-card-finalized={(event) => console.log(event.detail.cardId, card.current?.token)}
    >
      <img slot="logo" alt="" />
    </instant-card>
  );
}

// @ts-expect-error: there is no such mode
export const wrong = <instant-card mode="lobby" />;
// @ts-expect-error: a property's type
export const bad = <instant-card tokenProvider="a token" />;
