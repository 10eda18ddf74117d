// The page: puts its parts together and keeps what is shown in step with what the server tells.

import * as api from "./api.js";
import { onMessages } from "./commands.js";
import { Composer } from "./composer.js";
import { el, fill } from "./dom.js";
import { LOCALES, setLanguage, t, translate } from "./i18n.js";
import { Inspector } from "./inspector.js";
import { message, thinking, usedLine } from "./message.js";
import { openModal } from "./modal.js";
import { Suggestions } from "./suggestions.js";

const byId = (id) => document.getElementById(id);
const log = byId("log");
const pending = byId("pending");

// The key has become a cookie; it need not stand in the address any longer.
history.replaceState(null, "", "/_page/");

/** What is remembered over reloads. */
const saved = JSON.parse(localStorage.getItem("local-discord") ?? "{}");

const place = await api.place();
const native = LOCALES.find(([code]) => code === navigator.language) ?? LOCALES.find(([code]) => code.split("-")[0] === navigator.language.split("-")[0]);
api.who.person = saved.person < place.people.length ? saved.person : 0;
api.who.locale = LOCALES.some(([code]) => code === saved.locale) ? saved.locale : native?.[0] ?? "en-US";
const further = place.channels.slice(1);
api.who.place = ["guild", "direct", "group"].includes(saved.place) ? saved.place : "guild";
api.who.channel = api.who.place === "guild" ? further.find((one) => one.id === saved.channel)?.id ?? null : null;

/** The guild's channel in which one is, or would be. */
const channel = () => further.find((one) => one.id === api.who.channel) ?? place.channels[0];

/** What the parts know of where one is. */
const world = {
  bot: place.bot,
  people: place.people,
  roles: place.people.flatMap((one) => one.roles),
  channels: place.channels,
  fileLimit: place.file_limit,
  get me() {
    return place.people[api.who.person].id;
  },
  get locale() {
    return api.who.locale;
  },
  get placeName() {
    if (api.who.place === "guild") return `#${channel().name}`;
    return api.who.place === "direct" ? `@${place.bot.username}` : t("place-group");
  },
  person: (id) => [...place.people, { id: place.bot.id, name: place.bot.username }].find((one) => one.id === id)?.name,
  role: (id) => world.roles.find((one) => one.id === id)?.name,
  channel: (id) => world.channels.find((one) => one.id === id)?.name,
  onCommand: (name) => composer.insert(`/${name} `),
  get onMessages() {
    return onMessages(composer.registered ?? [], api.who.locale);
  },
};

// --- Messages --------------------------------------------------------------------------------------------------------

/** Commands that the head of the channel shows. */
const OFFERED = 12;

const messages = new Map();
const failures = new Map();

function draw(json) {
  return message(json, world, { use, dismiss, useOn }, failures.get(json.id), (id) => messages.get(id));
}

/** The commands, at the head of the channel, to begin one without typing. */
function offer() {
  const offers = composer.commands.slice(0, OFFERED).map(({ shown, help }) => {
    const begin = () => composer.insert(`/${shown} `);
    return el("li", {}, el("button", { type: "button", class: "mention", on: { click: begin } }, `/${shown}`), ` ${help}`);
  });
  fill(byId("offers"), offers);
}

/** Draws a message anew, and leaves the focus where it was. */
function redraw(json) {
  const before = byId(`message-${json.id}`);
  const after = draw(json);
  const focused = before?.contains(document.activeElement) ? document.activeElement : null;
  if (before) before.replaceWith(after);
  else insert(after, json.id);
  if (!focused) return;
  const wanted = focused.dataset.component;
  const same = wanted && [...after.querySelectorAll("[data-component]")].find((one) => one.dataset.component === wanted && !one.disabled);
  (same ?? after).focus();
}

/** Puts a message in its place: they stand in the order of their ids, which grow with time. */
function insert(made, id) {
  const later = [...log.querySelectorAll("article")].find((one) => BigInt(one.id.slice("message-".length)) > BigInt(id));
  if (later) later.before(made);
  else pending.before(made);
}

function take(news) {
  if (news.first) {
    log.removeAttribute("aria-busy");
    for (const made of log.querySelectorAll("article")) made.remove();
    messages.clear();
    inspector.clear();
  }
  const answers = (json) => json.interaction_metadata?.user.id === world.me && !messages.has(json.id);
  const atEnd = (news.messages ?? []).some(answers) || log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  if (news.bot !== undefined) byId("away").hidden = news.bot;
  if (news.commands) {
    composer.setCommands(news.commands);
    offer();
    for (const json of messages.values()) redraw(json);
  }
  for (const id of news.gone ?? []) {
    const made = byId(`message-${id}`);
    if (made?.contains(document.activeElement)) composer.text.focus();
    made?.remove();
    messages.delete(id);
  }
  for (const json of news.messages ?? []) {
    if (json.ephemeral && BigInt(json.id) < BigInt(place.opened)) continue;
    messages.set(json.id, json);
    redraw(json);
  }
  if (news.interactions) inspector.take(news.interactions);
  if ((atEnd && news.messages) || news.first) log.scrollTop = log.scrollHeight;
}

// --- Acts ------------------------------------------------------------------------------------------------------------

/** Runs a command. */
const run = (path, options) => ask(`/${path}`, "run", { path, options });

/** Uses a command on a message. */
const useOn = (json, { name, shown }) => ask(shown, "use", { message: json.id, name }).catch(() => {});

/** Asks the bot by a command; until it answers, the line tells that it is thinking. */
async function ask(shown, kind, details) {
  const me = place.people[api.who.person];
  const entry = el("div", { class: "message waiting" }, usedLine({ id: me.id, username: me.name }, shown));
  const body = entry.appendChild(el("div", { class: "body" }));
  const patience = setTimeout(() => fill(body, thinking(place.bot.username)), 250);
  pending.append(entry);
  log.scrollTop = log.scrollHeight;
  try {
    const outcome = await api.act(kind, details);
    clearTimeout(patience);
    if (outcome.outcome !== "none") entry.remove();
    else {
      const dismiss = el("button", { type: "button", class: "plain", on: { click: () => entry.remove() } }, t("dismiss"));
      fill(body, el("p", { class: "failed", role: "alert" }, t("no-response"), " ", dismiss));
      log.scrollTop = log.scrollHeight;
    }
    if (outcome.outcome === "modal") modal(outcome);
  } catch (error) {
    clearTimeout(patience);
    entry.remove();
    throw error;
  }
}

/** Presses a button (`values`: null) or chooses from a menu. */
async function use(json, custom_id, values) {
  failures.delete(json.id);
  const made = byId(`message-${json.id}`);
  const pressed = [...made.querySelectorAll("[data-component]")].find((one) => one.dataset.component === custom_id);
  pressed?.setAttribute("aria-busy", "true");
  try {
    const details = { message: json.id, custom_id };
    const outcome = await (values ? api.act("choose", { ...details, values }) : api.act("press", details));
    if (outcome.outcome === "none") failures.set(json.id, t("failed"));
    if (outcome.outcome === "modal") modal(outcome);
  } catch {
    failures.set(json.id, t("failed"));
  }
  pressed?.removeAttribute("aria-busy");
  if (failures.has(json.id) && messages.has(json.id)) redraw(messages.get(json.id));
}

function dismiss(json) {
  return api.act("dismiss", { message: json.id }).catch(() => {});
}

function modal(outcome) {
  openModal(outcome.modal, async (fields) => {
    const sent = await api.act("submit", { interaction: outcome.interaction, fields }).catch(() => ({ outcome: "none" }));
    if (sent.outcome === "none") composer.complain(t("failed"));
  });
}

// --- Parts -----------------------------------------------------------------------------------------------------------

const suggestions = new Suggestions(byId("suggestions"));
const composer = new Composer(byId("composer"), suggestions, world, {
  run,
  complete: (path, options, option, text) => api.act("complete", { path, options, option, text }),
  upload: api.upload,
  write: (content) => api.act("write", { content }),
});
const inspector = new Inspector(byId("inspector"), place.judges);

function save() {
  const { person, locale, place: where, channel } = api.who;
  const theme = byId("theme").value;
  const panel = !byId("inspector").hidden;
  localStorage.setItem("local-discord", JSON.stringify({ person, locale, place: where, channel, theme, panel }));
}

/** Says everything in the person's language, and lists who and where one can be. */
function speak() {
  setLanguage(api.who.locale);
  translate(document);
  document.title = t("title", { bot: place.bot.username });
  const roles = (one) => (one.roles.length > 0 ? ` (${one.roles.map((role) => role.name).join(", ")})` : "");
  const options = (id, list, chosen) =>
    fill(byId(id), list.map(([value, label]) => el("option", { value, selected: String(value) === String(chosen) }, label)));
  options("person", place.people.map((one, index) => [index, one.name + roles(one)]), api.who.person);
  options("locale", LOCALES, api.who.locale);
  const places = ["guild", "direct", "group"].map((one) => [one, t(`place-${one}`)]);
  places.splice(1, 0, ...further.map((one) => [one.id, `${t("place-guild")} #${one.name}`]));
  options("place", places, api.who.channel ?? api.who.place);
  options("theme", ["system", "light", "dark"].map((one) => [one, t(`theme-${one}`)]), byId("theme").value || saved.theme || "system");
  const guild = api.who.place === "guild";
  byId("guild").textContent = guild ? place.guild : t(`place-${api.who.place}`);
  byId("channel").textContent = world.placeName;
  byId("welcome").textContent = t("welcome-text", { bot: place.bot.username });
  byId("away").textContent = t("bot-away", { bot: place.bot.username });
  log.setAttribute("aria-label", `${t("messages")}, ${world.placeName}`);
  composer.translate();
  offer();
  theme();
  for (const json of messages.values()) redraw(json);
  inspector.list();
}

function theme() {
  const chosen = byId("theme").value;
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

/** Goes where one now is. */
function enter() {
  failures.clear();
  pending.replaceChildren();
  log.setAttribute("aria-busy", "true");
  speak();
  save();
  api.listen(take, (there) => (byId("lost").hidden = there));
}

for (const [id, change] of [
  ["person", (value) => (api.who.person = Number(value))],
  ["place", (value) => {
    api.who.channel = further.find((one) => one.id === value)?.id ?? null;
    api.who.place = api.who.channel ? "guild" : value;
  }],
]) {
  byId(id).addEventListener("change", (event) => {
    change(event.target.value);
    enter();
  });
}
byId("locale").addEventListener("change", (event) => {
  api.who.locale = event.target.value;
  speak();
  save();
});
byId("theme").addEventListener("change", () => {
  theme();
  save();
});

// What is typed anywhere goes to the line, as in Discord.
document.addEventListener("keydown", (event) => {
  const elsewhere = !event.target.closest("input, select, textarea, dialog, [role=combobox]");
  const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (elsewhere && plain) composer.text.focus();
});

// --- Drawers ---------------------------------------------------------------------------------------------------------

/** A side panel: beside the channel where there is room, over it on a phone. */
function drawer(panel, opener, shown) {
  const show = (open) => {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  };
  opener.addEventListener("click", () => {
    show(panel.hidden);
    if (!panel.hidden) panel.querySelector("select").focus();
    save();
  });
  const close = () => {
    show(false);
    opener.focus();
    save();
  };
  panel.querySelector(".close").addEventListener("click", close);
  // Over the channel, a touch beside the panel means the channel.
  document.querySelector("main").addEventListener("click", (event) => {
    if (!panel.hidden && !roomy() && !opener.contains(event.target)) close();
  });
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  show(shown);
}

/** Whether the panels stand beside the channel; as in panels.css. */
const roomy = () => window.matchMedia("(min-width: 900px)").matches;
drawer(byId("settings"), byId("open-settings"), roomy());
drawer(byId("inspector"), byId("open-inspector"), roomy() && (saved.panel ?? window.innerWidth >= 1200));

enter();
composer.text.focus();
