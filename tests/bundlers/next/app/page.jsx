"use client";

// Rendered on the server as well, where the import does nothing.
import "instant-card";
import { useEffect, useState } from "react";

export default function Page() {
  const [api, setApi] = useState();
  useEffect(() => setApi(new URLSearchParams(location.search).get("api-base")), []);
  return <main>{api && <instant-card api-base={api} />}</main>;
}
