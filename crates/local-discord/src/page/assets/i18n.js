// What the page itself says, in French, English and Spanish; and Discord's rules for localised names.

import { strings } from "./strings.js";

let language = "en";

/** The languages of people that one can choose. */
export const LOCALES = [
  ["fr", "Français"],
  ["en-US", "English, US"],
  ["en-GB", "English, UK"],
  ["es-ES", "Español"],
  ["es-419", "Español, LATAM"],
  ["de", "Deutsch"],
];

/** Speaks the language of a Discord locale, or English if it is none of ours. */
export function setLanguage(locale) {
  const wanted = locale.split("-")[0];
  language = wanted in strings ? wanted : "en";
  document.documentElement.lang = language;
}

/** A sentence of the page, with `{name}` replaced. */
export function t(key, values = {}) {
  const text = strings[language][key] ?? strings.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** The locale for dates and numbers: the person's own. */
export function dateLocale(locale) {
  return locale.split("-")[0] in strings ? locale : language;
}

// Discord falls back between the two forms of English, and from Latin American Spanish to that of Spain; from any
// other missing locale to the default. (Discord: interactions/application-commands, "Localization".)
const TWIN = { "en-US": "en-GB", "en-GB": "en-US", "es-419": "es-ES" };

/** The field of a command, option or choice (`name`, `description`) as a person with this locale reads it. */
export function localised(thing, field, locale) {
  const all = thing[`${field}_localizations`];
  return all?.[locale] ?? all?.[TWIN[locale]] ?? thing[field];
}

/** Says the page's sentences in every element that names one. */
export function translate(root) {
  for (const element of root.querySelectorAll("[data-say]")) element.textContent = t(element.dataset.say);
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
  }
}
