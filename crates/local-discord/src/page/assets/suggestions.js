// The list above the line: commands, options or choices, moved through with the arrow keys while one types.

import { el, fill } from "./dom.js";
import { t } from "./i18n.js";

/** The one list of the page. The input that is being typed into keeps the focus and points at the active entry. */
export class Suggestions {
  constructor(box) {
    this.box = box;
    this.heading = box.querySelector(".suggestions-heading");
    this.list = box.querySelector("[role=listbox]");
    this.status = document.getElementById("status");
    this.items = [];
    this.active = -1;
    this.input = null;
  }

  get isOpen() {
    return !this.box.hidden;
  }

  get hasActive() {
    return this.isOpen && this.active >= 0;
  }

  /**
   * Shows items (`label`, `help`, `note`, `pick`) for an input. `first`: the first is active at once. `empty`: what to
   * say when there are none.
   */
  show(input, heading, items, { first = false, empty = "" } = {}) {
    this.release();
    this.input = input;
    this.items = items;
    this.active = -1;
    fill(this.heading, heading);
    this.list.setAttribute("aria-label", heading);
    const entries = items.map((item, index) => {
      const on = {
        // The input must not lose the focus to the list.
        mousedown: (event) => event.preventDefault(),
        mousemove: () => this.highlight(index),
        click: () => item.pick(),
      };
      return el(
        "div",
        { class: "suggestion", role: "option", id: `suggestion-${index}`, "aria-selected": "false", on },
        el("span", { class: "suggestion-label" }, item.label),
        item.help ? el("span", { class: "suggestion-help" }, item.help) : null,
        item.note ? el("span", { class: "suggestion-note" }, item.note) : null,
      );
    });
    this.list.hidden = items.length === 0;
    fill(this.list, entries);
    this.box.querySelector(".suggestions-empty").textContent = items.length === 0 ? empty : "";
    this.box.hidden = items.length === 0 && empty === "";
    input.setAttribute("aria-expanded", String(items.length > 0));
    if (items.length > 0) this.status.textContent = t("list-count", { count: items.length });
    this.list.scrollTop = 0;
    if (first && items.length > 0) this.highlight(0);
  }

  hide() {
    this.release();
    this.items = [];
    this.box.hidden = true;
  }

  release() {
    this.input?.removeAttribute("aria-activedescendant");
    this.input?.setAttribute("aria-expanded", "false");
    this.active = -1;
  }

  highlight(index) {
    const before = this.list.children[this.active];
    before?.classList.remove("active");
    before?.setAttribute("aria-selected", "false");
    this.active = index;
    const now = this.list.children[index];
    now?.classList.add("active");
    now?.setAttribute("aria-selected", "true");
    now?.scrollIntoView({ block: "nearest" });
    if (now) this.input?.setAttribute("aria-activedescendant", now.id);
  }

  /** Picks the active entry, or the first with `orFirst`; false if there is none. */
  pick(orFirst) {
    const item = this.isOpen ? this.items[this.active >= 0 ? this.active : orFirst ? 0 : -1] : undefined;
    item?.pick();
    return item !== undefined;
  }

  /** Moves for an arrow key; false if the key is none or there is nothing to move through. */
  move(key) {
    if (!this.isOpen || this.items.length === 0) return false;
    const count = this.items.length;
    if (key === "ArrowDown") this.highlight((this.active + 1) % count);
    else if (key === "ArrowUp") this.highlight((this.active <= 0 ? count : this.active) - 1);
    else if (key === "PageDown") this.highlight(Math.min(this.active + 8, count - 1));
    else if (key === "PageUp") this.highlight(Math.max(this.active - 8, 0));
    else return false;
    return true;
  }
}
