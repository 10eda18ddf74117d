// Talking to the server: what a person does goes out as requests, what happens comes in as events.

/** As whom and where one acts; kept over reloads. */
export const who = { person: 0, locale: "en-US", place: "guild", channel: null };

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.refused ?? `${response.status}`);
  return body;
}

/** Who and what there is. */
export async function place() {
  return answer(await fetch("api/place"));
}

/** Does something; the answer says what came of it. Throws with the reason if it cannot be done. */
export async function act(kind, details) {
  const body = JSON.stringify({ who, act: { kind, ...details } });
  return answer(await fetch("api/act", { method: "POST", headers: { "content-type": "application/json" }, body }));
}

/** Sends a file up; the answer is its id. */
export async function upload(file) {
  const headers = { "content-type": file.type || "application/octet-stream" };
  const address = `api/files?name=${encodeURIComponent(file.name)}`;
  return (await answer(await fetch(address, { method: "POST", headers, body: file }))).id;
}

/** Everything about one interaction. */
export async function interaction(id) {
  return answer(await fetch(`api/interactions/${id}`));
}

let events = null;

/** Listens to what happens where one is, instead of where one was. */
export function listen(onNews, onLine) {
  events?.close();
  const where = { person: who.person, place: who.place, ...(who.channel && { channel: who.channel }) };
  events = new EventSource(`api/events?${new URLSearchParams(where)}`);
  events.onmessage = (event) => onNews(JSON.parse(event.data));
  events.onopen = () => onLine(true);
  events.onerror = () => onLine(false);
}
