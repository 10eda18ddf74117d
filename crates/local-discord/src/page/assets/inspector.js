// The side panel: what was sent to the bot, what came back, and what Discord would say of it.

import * as api from "./api.js";
import { el, fill } from "./dom.js";
import { t } from "./i18n.js";

/** A judge that is there only if its document was given; the page says so where it was not. */
const DOCUMENT_JUDGE = "openapi";

const COMPLETION = 4;

export class Inspector {
  constructor(panel, judges) {
    this.judges = judges;
    this.choice = panel.querySelector("#interaction");
    this.completions = panel.querySelector("#completions");
    this.detail = panel.querySelector("#detail");
    this.summaries = new Map();
    this.shown = null;
    this.follows = true;
    this.choice.addEventListener("change", () => {
      this.follows = this.choice.selectedIndex === 0;
      this.show(this.choice.value);
    });
    this.completions.addEventListener("change", () => this.list());
  }

  clear() {
    this.summaries.clear();
    this.shown = null;
    this.list();
  }

  /** Takes in what is new of the interactions. */
  take(summaries) {
    for (const one of summaries) this.summaries.set(one.id, one);
    this.list();
    if (summaries.some((one) => one.id === this.shown)) this.show(this.shown);
  }

  list() {
    const all = [...this.summaries.values()].filter((one) => this.completions.checked || one.type !== COMPLETION).reverse();
    const chosen = this.follows || !all.some((one) => one.id === this.shown) ? all[0]?.id : this.shown;
    fill(
      this.choice,
      all.map((one) => el("option", { value: one.id, selected: one.id === chosen }, line(one))),
      all.length === 0 ? el("option", {}, t("no-interaction")) : null,
    );
    if (chosen === undefined) fill(this.detail, el("p", { class: "nothing" }, t("no-interaction")));
    else if (chosen !== this.shown) this.show(chosen);
  }

  async show(id) {
    this.shown = id;
    const all = await api.interaction(id).catch(() => null);
    if (!all || this.shown !== id) return;
    const open = new Set([...this.detail.querySelectorAll("details")].filter((one) => !one.open).map((one) => one.dataset.part));
    const part = (name, title, ...inside) =>
      el("details", { open: !open.has(name), data: { part: name } }, el("summary", {}, title), inside);
    fill(
      this.detail,
      all.callbacks.map((callback, index) => {
        const values = { status: callback.status, time: duration(callback.after_us) };
        const state = t(callback.status < 300 ? "taken" : "refused", values);
        return part(`verdict-${index}`, t("verdict"), el("p", { class: callback.status < 300 ? "good" : "bad" }, state), this.verdicts(callback));
      }),
      all.callbacks.map((callback, index) => part(`callback-${index}`, t("callback", { number: index + 1 }), json(callback.body))),
      all.later.length > 0 ? part("later", t("later"), json(all.later)) : null,
      part("sent", t("sent"), json(all.sent)),
    );
  }

  verdicts(callback) {
    const known = callback.verdicts.map(({ judge, complaints }) => {
      const name = t(`judge-${judge}`) === `judge-${judge}` ? judge : t(`judge-${judge}`);
      const good = complaints.length === 0;
      const why = good ? null : el("ul", {}, complaints.map((complaint) => el("li", {}, complaint)));
      return el("li", { class: good ? "good" : "bad" }, t(good ? "accepts" : "rejects", { judge: name }), why);
    });
    const absent = this.judges.includes(DOCUMENT_JUDGE)
      ? null
      : el("li", { class: "unjudged" }, t("unjudged", { judge: t(`judge-${DOCUMENT_JUDGE}`) }));
    return el("ul", { class: "verdicts" }, known, absent);
  }
}

function line(one) {
  const name = one.type === 2 || one.type === COMPLETION ? `/${one.name}` : one.name;
  const state = one.status ? `${one.status}, ${duration(one.after_us)}` : t(one.over ? "silent" : "pending");
  return `${name} – ${t(`kind-${one.type}`)} – ${state}`;
}

function duration(microseconds) {
  const style = { style: "unit", unit: "millisecond", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(microseconds / 1000);
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?/g;

/** JSON with its keys, texts and numbers told apart. */
function json(value) {
  const short = (key, inside) => (key === "token" && typeof inside === "string" ? `${inside.slice(0, 24)}…` : inside);
  const text = JSON.stringify(value, short, 2) ?? "";
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(from, match.index));
    const kind = match[2] ? "key" : match[1] ? "string" : "literal";
    parts.push(el("span", { class: kind }, match[1] ?? match[0]), match[2] ?? "");
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return el("pre", { class: "json", tabIndex: 0 }, el("code", {}, parts.filter((part) => part !== "")));
}
