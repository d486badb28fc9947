// All cards of an organization, and its cart, as a React team would build the lists today: React 19, TanStack Query and Virtual. The cards are read
// page by page to the end and filtered as one types; what is near the window is drawn, and a card's picture is asked for once the list has rested.
import { QueryClient, QueryClientProvider, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

const API = "/api/v2/organizations/20003827/";
const SIZE = 100;
const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: 1 } } });

async function get(path, token, signal) {
  const response = await fetch(API + path, { headers: { authorization: `bearer ${token}` }, signal });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function send(method, path, token) {
  const response = await fetch(API + path, { method, headers: { authorization: `bearer ${token}` } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function signIn({ email, password }) {
  const body = new FormData();
  body.append("email", email);
  body.append("password", password);
  const response = await fetch("/api/v2/authenticate", { method: "POST", body });
  return (await response.json()).auth_token;
}

const nameOf = (card) => card.data.find((field) => field.type === "text")?.value ?? `Card ${card.id}`;
/** What is looked through, once for each card: without case and accents. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const haystack = new WeakMap();
function textOf(card) {
  if (!haystack.has(card)) haystack.set(card, plain(`${card.id} ${card.data.map(({ type, value }) => (type === "text" ? value : "")).join(" ")}`));
  return haystack.get(card);
}

function useRests(isScrolling) {
  const [rests, setRests] = useState(false);
  useEffect(() => {
    setRests(false);
    if (isScrolling) return undefined;
    const timer = setTimeout(() => setRests(true), 300);
    return () => clearTimeout(timer);
  }, [isScrolling]);
  return rests;
}

function Face({ id, token, rests }) {
  const { data } = useQuery({
    queryKey: ["face", id], enabled: rests, gcTime: 60_000,
    queryFn: async ({ signal }) => {
      const { front } = await get(`cards/${id}/preview`, token, signal);
      return front && `data:image/png;base64,${front}`;
    },
  });
  return <span className="face">{data ? <img src={data} alt="" /> : null}</span>;
}

const Row = memo(function Row({ card, template, picked, pick, token, rests, start }) {
  return (
    <li data-card={card.id} style={{ transform: `translateY(${start}px)` }}>
      <label className="pick"><input type="checkbox" checked={picked} onChange={() => pick(card.id)} aria-label={`Choose ${nameOf(card)}`} /></label>
      <Face id={card.id} token={token} rests={rests} />
      <span className="named"><button type="button">{nameOf(card)}</button><span>Card {card.id} · {template}</span></span>
      <span className="status">{card.last_submitted_at ? "Ordered" : "Waiting"}</span>
    </li>
  );
});

function Cards({ token }) {
  const [term, setTerm] = useState("");
  const [filter, setFilter] = useState("all");
  const [picked, setPicked] = useState(() => new Set());
  const templates = useQuery({ queryKey: ["templates"], queryFn: ({ signal }) => get("card_templates", token, signal) });
  const pages = useInfiniteQuery({
    queryKey: ["cards"], initialPageParam: 1,
    queryFn: ({ pageParam, signal }) => get(`cards?page=${pageParam}&page_size=${SIZE}`, token, signal),
    getNextPageParam: (last, all) => (last.length === SIZE ? all.length + 1 : undefined),
  });
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  useEffect(() => { if (hasNextPage && !isFetching) fetchNextPage(); }, [hasNextPage, isFetching, fetchNextPage]);
  const all = useMemo(() => pages.data?.pages.flat() ?? [], [pages.data]);
  const looked = useDeferredValue(term);
  const shown = useMemo(() => {
    const words = plain(looked).split(/\s+/).filter(Boolean);
    return all
      .filter((card) => filter === "all" || !card.last_submitted_at)
      .filter((card) => words.every((word) => textOf(card).includes(word)))
      .sort((one, other) => other.id - one.id);
  }, [all, looked, filter]);
  const names = useMemo(() => new Map(templates.data?.map(({ id, name }) => [id, name])), [templates.data]);
  const list = useRef(null);
  const virtual = useWindowVirtualizer({
    count: shown.length, estimateSize: () => 88, overscan: 8, scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (index) => shown[index].id,
  });
  const rests = useRests(virtual.isScrolling);
  const pick = useRef((id) => setPicked((before) => {
    const after = new Set(before);
    if (!after.delete(id)) after.add(id);
    return after;
  })).current;
  return (
    <section data-screen="cards">
      <h1>Cards</h1>
      <input aria-label="Search cards" value={term} onChange={({ target }) => setTerm(target.value)} />
      <button type="button" aria-pressed={filter === "all"} onClick={() => setFilter("all")}>All</button>
      <button type="button" aria-pressed={filter === "waiting"} onClick={() => setFilter("waiting")}>Waiting</button>
      <p role="status">{pages.hasNextPage ? `Sorted among the ${all.length} read` : `${shown.length} of ${all.length} cards`}</p>
      <ul ref={list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <Row
            key={key} card={shown[index]} template={names.get(shown[index].card_template_id)} picked={picked.has(key)} pick={pick}
            token={token} rests={rests} start={start - virtual.options.scrollMargin}
          />
        ))}
      </ul>
    </section>
  );
}

const CartRow = memo(function CartRow({ id, copies, job, take, token, rests, start }) {
  const { data: card } = useQuery({ queryKey: ["card", id], enabled: rests, queryFn: ({ signal }) => get(`cards/${id}`, token, signal) });
  const name = card ? nameOf(card) : `Card ${id}`;
  return (
    <li data-card={id} style={{ transform: `translateY(${start}px)` }}>
      <Face id={id} token={token} rests={rests} />
      <span className="named"><strong>{name}</strong><span>Card {id}</span></span>
      <button type="button" aria-label={`Fewer copies of ${name}`} disabled={copies < 2}>−</button>
      <input aria-label={`Copies of ${name}`} defaultValue={copies} size="3" />
      <button type="button" aria-label={`More copies of ${name}`}>+</button>
      <button type="button" onClick={() => take({ job, id })}>Remove</button>
    </li>
  );
});

const cardsOf = (job) => job.list_users.flatMap(({ user_datum }) => user_datum.map(({ card_id }) => card_id));

function Cart({ token, checkOut }) {
  const cache = useQueryClient();
  const jobs = useQuery({
    queryKey: ["cart"], queryFn: ({ signal }) => get("print_jobs?page=1&page_size=100&status=0", token, signal),
  });
  const entries = useMemo(() => (jobs.data ?? [])
    .flatMap((job) => cardsOf(job).map((id) => ({ id, job: job.id, copies: job.number_of_copies })))
    .sort((one, other) => one.id - other.id), [jobs.data]);
  const remove = useMutation({
    mutationFn: ({ job, id }) => send("DELETE", `print_jobs/${job}/remove_cards/${id}`, token),
    onMutate: ({ job, id }) => cache.setQueryData(["cart"], (all) => all.map((known) => (known.id !== job ? known : {
      ...known,
      list_users: known.list_users.map((user) => ({ ...user, user_datum: user.user_datum.filter(({ card_id }) => card_id !== id) })),
    }))),
    onSettled: () => cache.invalidateQueries({ queryKey: ["cart"] }),
  });
  const list = useRef(null);
  const virtual = useWindowVirtualizer({
    count: entries.length, estimateSize: () => 88, overscan: 8, scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (index) => entries[index].id,
  });
  const rests = useRests(virtual.isScrolling);
  return (
    <section data-screen="cart">
      <h1>Cart</h1>
      <ul ref={list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <CartRow key={key} {...entries[index]} take={remove.mutate} token={token} rests={rests} start={start - virtual.options.scrollMargin} />
        ))}
      </ul>
      <p role="status">{entries.length} cards, {entries.reduce((sum, { copies }) => sum + copies, 0)} copies</p>
      <button type="button" onClick={checkOut}>Check out</button>
    </section>
  );
}

function Checkout({ token }) {
  const addresses = useQuery({ queryKey: ["addresses"], queryFn: ({ signal }) => get("addresses", token, signal) });
  useQuery({ queryKey: ["providers"], queryFn: ({ signal }) => get("shipping_providers", token, signal) });
  return (
    <section data-screen="checkout">
      <h1>Check out</h1>
      {addresses.data?.map(({ id, label, address1, city }) => (
        <label key={id}><input type="radio" name="address" value={id} />{label}, {address1}, {city}</label>
      ))}
    </section>
  );
}

function Portal() {
  const [token, setToken] = useState();
  const [screen, setScreen] = useState();
  useEffect(() => { signIn(window.credentials).then(setToken); }, []);
  if (!token) return null;
  if (screen === "cards") return <Cards token={token} />;
  if (screen === "cart") return <Cart token={token} checkOut={() => setScreen("checkout")} />;
  if (screen === "checkout") return <Checkout token={token} />;
  return ["Cards", "Cart"].map((name) => <button key={name} type="button" onClick={() => setScreen(name.toLowerCase())}>{name}</button>);
}

createRoot(document.querySelector("main")).render(<QueryClientProvider client={client}><Portal /></QueryClientProvider>);
