// Who is signed in, and calls in their name.
import { createContext, useContext, useMemo, useRef } from "react";

const Context = createContext(null);

export function Session({ base, children }) {
  const token = useRef("");
  const session = useMemo(() => ({
    async call(path, body) {
      const response = await fetch(base + path, {
        method: body ? "POST" : "GET",
        body: body && new URLSearchParams(body),
        headers: token.current ? { authorization: `Bearer ${token.current}` } : {},
      });
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    },
    async signIn(credentials) {
      const answer = await this.call("authenticate", credentials);
      token.current = answer.auth_token;
    },
  }), [base]);
  return <Context.Provider value={session}>{children}</Context.Provider>;
}

export const useSession = () => useContext(Context);
