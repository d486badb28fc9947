"use client";

// Rendered on the server as well, where the import does nothing.
import "instant-card";
import type { InstantCardElement, InstantCardEventMap } from "instant-card";
import type {} from "instant-card/react";
import { useCallback, useState } from "react";

const prefill = { DEPARTMENT: "Rowing" };

export default function Page() {
  const [language, setLanguage] = useState("en");
  const [isOpen, setOpen] = useState(true);
  const [made, setMade] = useState<number[]>([]);

  // What the server has rendered gets attributes from React, but neither properties nor listeners: those come with a ref.
  const connect = useCallback((card: InstantCardElement) => {
    const finalized = ({ detail }: InstantCardEventMap["ic-card-finalized"]) => setMade((made) => [...made, detail.cardId]);
    card.prefill = prefill;
    card.addEventListener("ic-card-finalized", finalized);
    return () => card.removeEventListener("ic-card-finalized", finalized);
  }, []);

  return (
    <>
      <h1>Cards for our members</h1>
      <p>
        <label>
          Language{" "}
          <select value={language} onChange={(event) => setLanguage(event.target.value)}>
            <option value="en">English</option>
            <option value="es">Español</option>
          </select>
        </label>{" "}
        <button type="button" onClick={() => setOpen(!isOpen)}>{isOpen ? "Close" : "Open"} the card form</button>
      </p>
      <main>{isOpen && <instant-card ref={connect} api-base="/api/v2/" lang={language as "en" | "es"} />}</main>
      <ul aria-label="Cards made">{made.map((card) => <li key={card}>Card {card} is ready</li>)}</ul>
    </>
  );
}
