// Discord's Markdown as elements. Nothing here makes HTML of a text: what is no markup becomes a text node.

import { el, link, webAddress } from "./dom.js";
import { dateLocale, t } from "./i18n.js";

/** Deeper markup than this is left as it is written. */
const DEEPEST = 12;

/**
 * A text with blocks: headings, lists, quotes, code. `world` knows who and what can be mentioned: `person(id)`,
 * `role(id)`, `channel(id)` give names, `locale` the reader's, `onCommand(name)` takes a click on a command.
 */
export function markdown(text, world) {
  const made = document.createDocumentFragment();
  blocks(text, world, made, 0);
  return made;
}

/** A text in one line: emphasis, code and mentions, but no links. */
export function inlineMarkdown(text, world) {
  const made = document.createDocumentFragment();
  inline(text, { ...world, links: false }, made, 0);
  return made;
}

// --- Blocks ----------------------------------------------------------------------------------------------------------

const FENCE = /```(?:([\w+.#-]*)\n)?\n*([\s\S]*?[^\n])\n*```\n?/g;

function blocks(text, world, into, depth) {
  let from = 0;
  for (const match of text.matchAll(FENCE)) {
    lines(text.slice(from, match.index).replace(/\n$/, ""), world, into, depth);
    into.append(el("pre", { class: "code", tabIndex: 0 }, el("code", {}, match[1] === "diff" ? diff(match[2]) : match[2])));
    from = match.index + match[0].length;
  }
  lines(text.slice(from), world, into, depth);
}

/** The lines of a difference, what is new and what is gone told apart. */
function diff(text) {
  const kinds = { "+": "new", "-": "gone" };
  return text.split(/(?<=\n)/).map((line) => (kinds[line[0]] ? el("span", { class: kinds[line[0]] }, line) : line));
}

function lines(text, world, into, depth) {
  if (text === "") return;
  const all = text.split("\n");
  let plain = [];
  const flush = () => {
    if (plain.length > 0) inline(plain.join("\n"), world, into.appendChild(el("div", { class: "text" })), depth);
    plain = [];
  };
  for (let at = 0; at < all.length; at += 1) {
    const line = all[at];
    const heading = /^(#{1,3}) +(.*\S)/.exec(line);
    const small = /^-# +(.*\S)/.exec(line);
    if (heading) {
      flush();
      const level = heading[1].length;
      inline(heading[2], world, into.appendChild(el(`h${level + 3}`, { class: `heading-${level}` })), depth);
    } else if (small) {
      flush();
      inline(small[1], world, into.appendChild(el("div", { class: "small" })), depth);
    } else if (line.startsWith(">>> ") && depth < DEEPEST) {
      flush();
      const rest = [line.slice(4), ...all.slice(at + 1)].join("\n");
      lines(rest, world, into.appendChild(el("blockquote")), depth + DEEPEST);
      return;
    } else if (/^> ?/.test(line) && (line.startsWith("> ") || line === ">") && depth < DEEPEST) {
      flush();
      const quoted = [];
      while (at < all.length && (all[at].startsWith("> ") || all[at] === ">")) quoted.push(all[at++].slice(2));
      at -= 1;
      lines(quoted.join("\n"), world, into.appendChild(el("blockquote")), depth + DEEPEST);
    } else if (ITEM.test(line)) {
      flush();
      const items = [];
      while (at < all.length && (ITEM.test(all[at]) || (items.length > 0 && /^ {2,}\S/.test(all[at])))) {
        const item = ITEM.exec(all[at]);
        if (item) items.push({ depth: Math.min(Math.floor(item[1].length / 2), 10), mark: item[2], text: item[3] });
        else items[items.length - 1].text += `\n${all[at].trim()}`;
        at += 1;
      }
      at -= 1;
      list(items, world, into, depth);
    } else {
      plain.push(line);
    }
  }
  flush();
}

const ITEM = /^( *)([-*]|\d{1,9}\.) +(.*)$/;

/** Items with their depths as lists within lists. */
function list(items, world, into, depth) {
  const open = [];
  for (const item of items) {
    const ordered = /\d/.test(item.mark);
    const ends = (one) => one.depth > item.depth || (one.depth === item.depth && one.ordered !== ordered);
    while (open.length > 0 && ends(open[open.length - 1])) open.pop();
    if (open.length === 0 || open[open.length - 1].depth < item.depth) {
      const made = el(ordered ? "ol" : "ul", ordered ? { start: Number.parseInt(item.mark, 10) } : {});
      const above = open[open.length - 1];
      (above ? above.element.lastElementChild : into).append(made);
      open.push({ depth: item.depth, ordered, element: made });
    }
    inline(item.text, world, open[open.length - 1].element.appendChild(el("li")), depth);
  }
}

// --- Within a line ---------------------------------------------------------------------------------------------------

/** Marks around a text, longest first, and the element each makes. */
const MARKS = [
  ["||", () => spoiler()],
  ["**", () => el("strong")],
  ["__", () => el("u")],
  ["~~", () => el("s")],
  ["*", () => el("em")],
  ["_", () => el("em")],
];

const WORD = /[\p{L}\p{N}_]/u;
const ADDRESS = /https?:\/\/[^\s<>]*[^\s<>.,:;!?"'()[\]*_~|]/y;
const ANGLE = /<(?:(https?:\/\/[^\s<>]+)|@!?(\d+)|@&(\d+)|#(\d+)|\/([^<>\n:]+):(\d+)|a?:(\w{2,32}):(\d+)|t:(-?\d{1,13})(?::([tTdDfFR]))?)>/y;
const EVERYONE = /@(?:everyone|here)\b/y;

function inline(text, world, into, depth) {
  let plain = "";
  const flush = () => {
    if (plain !== "") into.append(plain);
    plain = "";
  };
  const put = (element) => {
    flush();
    into.append(element);
  };
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === "\\" && /[^\p{L}\p{N}\s]/u.test(text[at + 1] ?? "")) {
      plain += text[at + 1];
      at += 2;
      continue;
    }
    if (character === "`") {
      const code = codeSpan(text, at);
      if (code) {
        put(el("code", {}, code.content));
        at = code.end;
        continue;
      }
    }
    if (character === "<" || character === "h" || character === "@") {
      const made = reference(text, at, world);
      if (made) {
        put(made.node);
        at = made.end;
        continue;
      }
    }
    if (character === "[" && world.links !== false && depth % DEEPEST < DEEPEST - 1) {
      const masked = maskedLink(text, at);
      if (masked) {
        const made = link(masked.address, { title: masked.title ?? masked.address });
        inline(masked.label, { ...world, links: false }, made, depth + 1);
        put(made);
        at = masked.end;
        continue;
      }
    }
    const mark = depth % DEEPEST < DEEPEST - 1 && MARKS.find(([mark]) => text.startsWith(mark, at));
    const close = mark ? closing(text, at, mark[0]) : -1;
    if (mark && close > 0) {
      const made = mark[1]();
      inline(text.slice(at + mark[0].length, close), world, made.firstElementChild ?? made, depth + 1);
      put(made);
      at = close + mark[0].length;
      continue;
    }
    // A mark that nothing closes stands for itself, all of it.
    const length = mark ? mark[0].length : 1;
    plain += text.slice(at, at + length);
    at += length;
  }
  flush();
}

function codeSpan(text, at) {
  const ticks = text.startsWith("``", at) ? "``" : "`";
  const close = text.indexOf(ticks, at + ticks.length);
  if (close <= at + ticks.length) return null;
  let content = text.slice(at + ticks.length, close);
  if (/^ .*\S.* $/s.test(content) && content.includes("`")) content = content.slice(1, -1);
  return { content, end: close + ticks.length };
}

/** Where the mark that opens at `at` closes; -1 if nowhere. */
function closing(text, at, mark) {
  const start = at + mark.length;
  const single = mark.length === 1;
  if (single && /\s/.test(text[start] ?? " ")) return -1;
  if (mark[0] === "_" && WORD.test(text[at - 1] ?? "")) return -1;
  for (let next = start; next < text.length; next += 1) {
    if (text[next] === "\\") {
      next += 1;
    } else if (text[next] === "`") {
      const code = codeSpan(text, next);
      if (code) next = code.end - 1;
    } else if (text.startsWith(mark, next)) {
      const doubled = text.startsWith(mark + mark, next);
      if (single && doubled) {
        // A pair inside a single mark is another mark.
        next += 1;
        continue;
      }
      if (!single && text[next + mark.length] === mark[0]) next += 1;
      if (next === start) continue;
      if (single && /\s/.test(text[next - 1])) continue;
      if (mark[0] === "_" && WORD.test(text[next + mark.length] ?? "")) continue;
      return next;
    }
  }
  return -1;
}

/** `[label](address)` or `[label](<address> "title")`, if the address may be opened. */
function maskedLink(text, at) {
  let level = 0;
  for (let next = at; next < text.length && text[next] !== "\n"; next += 1) {
    if (text[next] === "\\") next += 1;
    else if (text[next] === "[") level += 1;
    else if (text[next] === "]") level -= 1;
    if (level > 0) continue;
    const rest = /^\]\((?:<([^<>\s]+)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))(?:\s+"([^"\n]*)")?\)/.exec(text.slice(next, next + 2200));
    const address = rest && webAddress(rest[1] ?? rest[2]);
    const label = text.slice(at + 1, next);
    if (!address || label.trim() === "") return null;
    return { label, address, title: rest[3], end: next + rest[0].length };
  }
  return null;
}

/** A bare address, a mention, an emoji or a time. */
function reference(text, at, world) {
  for (const pattern of [ANGLE, ADDRESS, EVERYONE]) pattern.lastIndex = at;
  const bare = text[at] === "h" && world.links !== false && !WORD.test(text[at - 1] ?? "") && ADDRESS.exec(text);
  if (bare) {
    const address = webAddress(bare[0]);
    return address ? { node: link(address, {}, bare[0]), end: ADDRESS.lastIndex } : null;
  }
  const everyone = text[at] === "@" && EVERYONE.exec(text);
  if (everyone) return { node: mention(everyone[0]), end: EVERYONE.lastIndex };
  const angle = text[at] === "<" && ANGLE.exec(text);
  if (!angle) return null;
  const [, address, person, role, channel, command, , emoji, , seconds, style] = angle;
  const end = ANGLE.lastIndex;
  if (address) {
    const open = webAddress(address);
    return open ? { node: world.links === false ? address : link(open, {}, address), end } : null;
  }
  if (person) return { node: mention(`@${world.person(person) ?? t("unknown-person")}`), end };
  if (role) return { node: mention(`@${world.role(role) ?? t("unknown-role")}`), end };
  if (channel) return { node: mention(`#${world.channel(channel) ?? t("unknown-channel")}`), end };
  if (command) {
    const on = { click: () => world.onCommand?.(command) };
    return { node: el("button", { type: "button", class: "mention", on }, `/${command}`), end };
  }
  if (emoji) return { node: el("span", { class: "emoji" }, `:${emoji}:`), end };
  return { node: time(Number(seconds), style ?? "f", world.locale), end };
}

function mention(text) {
  return el("span", { class: "mention" }, text);
}

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

function time(seconds, style, locale) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return mention(String(seconds));
  const full = new Intl.DateTimeFormat(dateLocale(locale), STYLES.F).format(date);
  const text = style === "R" ? relative(date, locale) : new Intl.DateTimeFormat(dateLocale(locale), STYLES[style]).format(date);
  return el("time", { class: "timestamp", dateTime: date.toISOString(), title: full }, text);
}

const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];

function relative(date, locale) {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS[UNITS.length - 1];
  return new Intl.RelativeTimeFormat(dateLocale(locale), { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

/** Hidden until it is pressed; what is inside then comes to life. */
function spoiler() {
  const inside = el("span", { class: "hidden" });
  const whole = el("span", { class: "spoiler", role: "button", tabIndex: 0, "aria-label": t("spoiler") }, inside);
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    inside.className = "";
    for (const name of ["role", "tabindex", "aria-label"]) whole.removeAttribute(name);
    whole.classList.add("shown");
    whole.removeEventListener("click", show);
    whole.removeEventListener("keydown", show);
  };
  whole.addEventListener("click", show);
  whole.addEventListener("keydown", show);
  return whole;
}
