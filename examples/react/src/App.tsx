import "instant-card";
import type {} from "instant-card/react";
import { useState } from "react";

const prefill = { DEPARTMENT: "Rowing" };

export function App() {
  const [language, setLanguage] = useState("en");
  const [isOpen, setOpen] = useState(true);
  const [made, setMade] = useState<number[]>([]);
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
      <main>
        {isOpen && (
          <instant-card
            api-base="/api/v2/"
            lang={language as "en" | "es"}
            prefill={prefill}
            onic-card-finalized={(event) => setMade((made) => [...made, event.detail.cardId])}
          />
        )}
      </main>
      <ul aria-label="Cards made">{made.map((card) => <li key={card}>Card {card} is ready</li>)}</ul>
    </>
  );
}
