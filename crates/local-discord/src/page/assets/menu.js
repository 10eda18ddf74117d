// A select menu: a button that opens a list of options with descriptions.

import { el, fill, fold, freshId } from "./dom.js";
import { emoji } from "./emoji.js";
import { t } from "./i18n.js";

/** A menu for a select component with these options. `use(custom_id, values)` is called with the choice. */
export function menu(json, options, use) {
  const least = json.min_values ?? 1;
  const most = Math.min(json.max_values ?? 1, options.length);
  const several = most > 1 || least === 0;
  const chosen = new Set(options.filter((option) => option.default).map((option) => option.value));
  const id = freshId("menu");
  const label = json.placeholder || t("choose-one");
  let active = -1;
  let typed = "";
  let typedAt = 0;
  let sent = [...chosen].join("\n");

  const face = el("span", { class: "menu-face" });
  const opener = el(
    "button",
    {
      type: "button",
      class: "menu-button",
      role: "combobox",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-label": label,
      disabled: json.disabled === true,
      data: { component: json.custom_id },
      on: { click: () => (list.hidden ? open() : close()), keydown: onKey, blur: () => setTimeout(onBlur) },
    },
    face,
    el("span", { class: "chevron", "aria-hidden": "true" }, "▾"),
  );
  const entries = options.map((option, index) => entry(option, index));
  const list = el(
    "div",
    { class: "menu-list", role: "listbox", id, hidden: true, "aria-label": label, "aria-multiselectable": several ? "true" : null },
    entries,
  );
  showFace();
  return el("div", { class: "menu" }, opener, list);

  function entry(option, index) {
    const on = { click: () => pick(index), mousemove: () => highlight(index), mousedown: (event) => event.preventDefault() };
    return el(
      "div",
      { class: "menu-option", role: "option", id: `${id}-${index}`, "aria-selected": String(chosen.has(option.value)), on },
      emoji(option.emoji),
      el(
        "span",
        { class: "menu-words" },
        el("span", { class: "menu-label" }, option.label),
        option.description ? el("span", { class: "menu-description" }, option.description) : null,
      ),
      several ? el("span", { class: "tick", "aria-hidden": "true" }) : null,
    );
  }

  function showFace() {
    const labels = options.filter((option) => chosen.has(option.value)).map((option) => option.label);
    fill(face, labels.length > 0 ? labels.join(", ") : label);
    face.classList.toggle("empty", labels.length === 0);
    entries.forEach((made, index) => made.setAttribute("aria-selected", String(chosen.has(options[index].value))));
  }

  function open() {
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    highlight(Math.max(0, options.findIndex((option) => chosen.has(option.value))));
    // Upwards where there is no room below.
    const room = window.innerHeight - opener.getBoundingClientRect().bottom;
    list.classList.toggle("above", room < Math.min(list.scrollHeight, 320) + 12);
    list.scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    opener.removeAttribute("aria-activedescendant");
  }

  /** Leaving a menu of several options sends what is chosen, as Discord does. */
  function onBlur() {
    if (list.hidden || document.activeElement === opener) return;
    close();
    if (several) send();
  }

  function send() {
    const values = options.map((option) => option.value).filter((value) => chosen.has(value));
    if (values.join("\n") === sent || values.length < least) return;
    sent = values.join("\n");
    use(json.custom_id, values);
  }

  function highlight(index) {
    if (active === index && !list.hidden) return;
    entries[active]?.classList.remove("active");
    active = index;
    entries[active]?.classList.add("active");
    entries[active]?.scrollIntoView({ block: "nearest" });
    if (active >= 0) opener.setAttribute("aria-activedescendant", `${id}-${active}`);
  }

  function pick(index) {
    const value = options[index]?.value;
    if (value === undefined) return;
    if (!several) {
      chosen.clear();
      chosen.add(value);
      showFace();
      close();
      use(json.custom_id, [value]);
      return;
    }
    if (chosen.has(value)) chosen.delete(value);
    else if (chosen.size < most) chosen.add(value);
    showFace();
  }

  function onKey(event) {
    const last = options.length - 1;
    const to = {
      ArrowDown: Math.min(active + 1, last),
      ArrowUp: Math.max(active - 1, 0),
      Home: 0,
      End: last,
      PageDown: Math.min(active + 8, last),
      PageUp: Math.max(active - 8, 0),
    }[event.key];
    if (list.hidden) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        open();
      }
      return;
    }
    if (to !== undefined) {
      event.preventDefault();
      highlight(to);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
      if (several) send();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      // Letters jump to the next option that begins with them.
      typed = event.timeStamp - typedAt > 700 ? event.key : typed + event.key;
      typedAt = event.timeStamp;
      const from = typed.length > 1 ? active : active + 1;
      const order = [...options.keys()].map((index) => (from + index) % options.length);
      const found = order.find((index) => fold(options[index].label).startsWith(fold(typed)));
      if (found !== undefined) highlight(found);
    }
  }
}
