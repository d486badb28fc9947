// The peer that a team would really build: React with the libraries that the widget's screens ask for, all of them in use.
import { createRoot } from "react-dom/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { MemoryRouter, Route, Routes } from "react-router";
import css from "instant-card-css";
import { Session } from "./session.jsx";
import { CardForm, Photo, Preview, SignIn, Templates } from "./screens.jsx";
import "./words.js";

const queries = new QueryClient();

function App({ base }) {
  return (
    <QueryClientProvider client={queries}>
      <Session base={base}>
        <MemoryRouter>
          <Routes>
            <Route path="/" element={<SignIn />} />
            <Route path="/templates" element={<Templates />} />
            <Route path="/templates/:template" element={<CardForm />} />
            <Route path="/templates/:template/photo" element={<Photo />} />
            <Route path="/cards/:card" element={<Preview />} />
          </Routes>
        </MemoryRouter>
      </Session>
    </QueryClientProvider>
  );
}

class ReactCard extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    this.app = createRoot(root);
    this.app.render(<App base={this.getAttribute("api-base")} />);
  }

  disconnectedCallback() {
    this.app.unmount();
  }
}
customElements.define("react-card", ReactCard);
