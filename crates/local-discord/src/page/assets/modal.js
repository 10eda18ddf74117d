// A form that the bot opens.

import { el } from "./dom.js";
import { t } from "./i18n.js";

/** Shows a modal; `submit(fields)` gets pairs of `custom_id` and text. */
export function openModal(json, submit) {
  const inputs = [];
  const rows = (json.components ?? []).map((row) => {
    // A text input stands in an action row with a label of its own, or (newer) in a label.
    const input = row.type === 18 ? row.component : row.components?.[0];
    if (row.type === 10) return el("p", {}, row.content);
    if (input?.type !== 4) return null;
    return field(input, row.type === 18 ? row.label : input.label, row.description, inputs);
  });
  const cancel = () => dialog.close();
  const leave = () => {
    dialog.remove();
    // The dialog takes the caret with it, even out of the input that has the focus again.
    const focused = document.activeElement;
    focused?.blur();
    focused?.focus();
  };
  const dialog = el(
    "dialog",
    { class: "modal", "aria-labelledby": "modal-title", on: { close: leave } },
    el(
      "form",
      {
        method: "dialog",
        on: {
          submit: () => submit(inputs.map((input) => [input.name, input.value])),
        },
      },
      el("h2", { id: "modal-title" }, json.title ?? ""),
      rows,
      el(
        "p",
        { class: "modal-end" },
        el("button", { type: "button", class: "plain", on: { click: cancel } }, t("cancel")),
        el("button", { type: "submit", class: "button primary" }, t("submit")),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  inputs[0]?.focus();
}

function field(input, label, help, inputs) {
  const tall = input.style === 2;
  const required = input.required !== false;
  const made = el(tall ? "textarea" : "input", {
    name: input.custom_id,
    value: input.value ?? "",
    placeholder: input.placeholder ?? "",
    required,
    rows: tall ? 4 : null,
    maxLength: input.max_length ?? 4000,
    minLength: input.min_length ?? 0,
  });
  inputs.push(made);
  const mark = required ? el("span", { class: "mark", "aria-hidden": "true" }, " *") : null;
  return el("label", { class: "modal-field" }, el("span", {}, label ?? "", mark), help ? el("span", { class: "help" }, help) : null, made);
}
