// A message of the channel.

import { rows } from "./components.js";
import { el } from "./dom.js";
import { embed, files } from "./embed.js";
import { dateLocale, t } from "./i18n.js";
import { markdown } from "./markdown.js";

/**
 * A message as an article. `acts`: `use(message, custom_id, values)`, `dismiss(message)`, `useOn(message, command)`. `failed`: what to say of its
 * last interaction, if that failed. `find(id)` gives another message.
 */
export function message(json, world, acts, failed, find) {
  const title = `by-${json.id}`;
  const whole = el("article", { class: "message", id: `message-${json.id}`, tabIndex: -1, "aria-labelledby": title });
  whole.classList.toggle("private", json.ephemeral);
  whole.classList.toggle("calls-me", (json.mentions ?? []).some((one) => one.id === world.me));
  const above = reference(json, world, find);
  if (above) whole.append(above);
  whole.append(
    avatar(json.author),
    el(
      "header",
      { class: "byline" },
      el("h3", { class: "author", id: title }, json.author.global_name ?? json.author.username),
      json.author.bot ? el("span", { class: "badge" }, t("app")) : null,
      time(json.timestamp, world.locale),
      apps(json, world, acts),
    ),
  );
  const body = whole.appendChild(el("div", { class: "body" }));
  if (json.loading) {
    body.append(thinking(json.author.username));
  } else {
    if (json.content) body.append(el("div", { class: "content" }, markdown(json.content, world)));
    // Flag 4 hides the embeds.
    if (!(json.flags & 4)) body.append(...(json.embeds ?? []).map((one) => embed(one, world)));
    body.append(...files(json));
    body.append(...rows(json.components, world, (id, values) => acts.use(json, id, values)));
    if (json.edited_timestamp && json.type !== 20) body.append(el("span", { class: "edited" }, t("edited")));
  }
  if (failed) body.append(el("p", { class: "failed", role: "alert" }, failed));
  if (json.ephemeral) {
    const dismiss = el("button", { type: "button", class: "plain", on: { click: () => acts.dismiss(json) } }, t("dismiss"));
    body.append(el("p", { class: "only-you" }, el("span", { "aria-hidden": "true" }, "👁 "), t("only-you"), " • ", dismiss));
  }
  return whole;
}

/** The commands that can be used on a message, behind a button; nothing without any. */
function apps(json, world, acts) {
  const commands = json.loading ? [] : world.onMessages ?? [];
  if (commands.length === 0) return null;
  const items = commands.map((command) => {
    const use = () => {
      menu.open = false;
      acts.useOn(json, command);
    };
    return el("li", {}, el("button", { type: "button", class: "plain", on: { click: use } }, command.shown));
  });
  const close = (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    opener.focus();
  };
  const opener = el("summary", {}, t("apps"));
  const menu = el("details", { class: "apps", on: { keydown: close } }, opener, el("ul", {}, items));
  return menu;
}

/** What a message came of: a command, or another message. */
function reference(json, world, find) {
  const about = json.interaction_metadata;
  // A command on a message has no slash.
  if (about?.name) return usedLine(about.user, (about.command_type ?? 1) === 1 ? `/${about.name}` : about.name);
  const other = json.message_reference && find(json.message_reference.message_id);
  if (!other) return null;
  const text = other.content || other.embeds?.[0]?.title || "…";
  const line = t("reply-to", { bot: other.author.username, text: text.slice(0, 80) });
  return el("p", { class: "reference" }, el("span", { class: "spine", "aria-hidden": "true" }), line);
}

/** "Amina used /weather"; `command` as it is shown. */
export function usedLine(person, command) {
  const [before, between, after] = t("used", { person: "\u0000", command: "\u0001" }).split(/[\u0000\u0001]/);
  return el(
    "p",
    { class: "reference" },
    el("span", { class: "spine", "aria-hidden": "true" }),
    avatar(person, "tiny"),
    before,
    el("strong", {}, person.global_name ?? person.username),
    between,
    el("span", { class: "command" }, command),
    after,
  );
}

/** A round picture with the first letter, since nobody here has uploaded any. */
export function avatar(user, size = "") {
  const hue = Number(BigInt(user.id) % 7n);
  const letter = [...(user.global_name ?? user.username)][0]?.toUpperCase() ?? "?";
  return el("span", { class: `avatar ${size} hue-${user.bot ? "bot" : hue}`, "aria-hidden": "true" }, letter);
}

export function thinking(name) {
  const dots = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  return el("p", { class: "thinking" }, dots, " ", t("thinking", { bot: name }));
}

function time(text, locale) {
  const date = new Date(text);
  const today = date.toDateString() === new Date().toDateString();
  const style = today ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" };
  const shown = new Intl.DateTimeFormat(dateLocale(locale), style).format(date);
  return el("time", { class: "when", dateTime: date.toISOString() }, shown);
}
