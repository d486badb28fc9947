// The element in Solid.
import type {} from "instant-card/solid";

export const card = () => (
  <instant-card mode="kiosk" idle-timeout="30" keyboard="on" prop:strings={{ "load.retry": "Once more" }}
    on:ic-error={(event) => console.log(event.detail.code)} />
);

// @ts-expect-error: there is no such mode
export const wrong = () => <instant-card mode="lobby" />;
