// Embeds and files of a message.

import { el, link, webAddress } from "./dom.js";
import { dateLocale, t } from "./i18n.js";
import { inlineMarkdown, markdown } from "./markdown.js";

/** An embed: colour bar, author, title, description, fields, image, footer. */
export function embed(json, world) {
  const whole = el("section", { class: "embed" });
  if (typeof json.color === "number") {
    // A property of the style object is no inline style, which the page's policy forbids.
    whole.style.setProperty("--bar", `#${json.color.toString(16).padStart(6, "0")}`);
  }
  const body = whole.appendChild(el("div", { class: "embed-body" }));
  if (json.author?.name) body.append(el("p", { class: "embed-author" }, named(json.author.name, json.author.url)));
  if (json.title) {
    const title = el("h4", { class: "embed-title" });
    const address = json.url && webAddress(json.url);
    (address ? title.appendChild(link(address, {})) : title).append(inlineMarkdown(json.title, world));
    body.append(title);
  }
  if (json.description) body.append(el("div", { class: "embed-text" }, markdown(json.description, world)));
  if (json.fields?.length > 0) body.append(fields(json.fields, world));
  const picture = json.image?.url && image(json.image.url, json.image.description ?? json.title ?? "", json.image);
  if (picture) body.append(picture);
  const foot = [json.footer?.text, json.timestamp && moment(json.timestamp, world.locale)].filter(Boolean);
  if (foot.length > 0) body.append(el("footer", { class: "embed-foot" }, foot.join(" • ")));
  const small = json.thumbnail?.url && image(json.thumbnail.url, json.thumbnail.description ?? "");
  if (small) whole.append(el("div", { class: "thumbnail" }, small));
  return whole;
}

/** Fields; inline ones stand in rows of three. */
function fields(list, world) {
  const grid = el("dl", { class: "fields" });
  let row = [];
  const flush = () => {
    for (const field of row) field.classList.add(`inline-${row.length}`);
    row = [];
  };
  for (const field of list) {
    const made = el(
      "div",
      { class: "field" },
      el("dt", {}, inlineMarkdown(field.name, world)),
      el("dd", {}, markdown(field.value, world)),
    );
    grid.append(made);
    if (!field.inline) flush();
    else if (row.push(made) === 3) flush();
  }
  flush();
  return grid;
}

function named(name, url) {
  const address = url && webAddress(url);
  return address ? link(address, {}, name) : name;
}

function moment(text, locale) {
  const date = new Date(text);
  const style = { dateStyle: "short", timeStyle: "short" };
  return Number.isNaN(date.getTime()) ? null : new Intl.DateTimeFormat(dateLocale(locale), style).format(date);
}

/**
 * An image of this server, which opens large; one from elsewhere is only named, since this page loads nothing from the
 * network. `size` holds its width and height where they are known, so that nothing moves once it is there.
 */
function image(address, alt, size = {}) {
  const open = webAddress(address);
  if (!open) return null;
  const url = new URL(open);
  if (url.port === location.port && ["127.0.0.1", "localhost"].includes(url.hostname)) {
    const { width, height } = size;
    const picture = el("img", { src: url.pathname, alt, ...(width && height ? { width, height } : {}) });
    // Its name is the image's alternative text; without one, what pressing it does.
    const name = alt ? {} : { "aria-label": t("enlarge") };
    const enlarge = { type: "button", class: "picture", title: t("enlarge"), on: { click: () => openLarge(url.pathname, alt) } };
    return el("button", { ...enlarge, ...name }, picture);
  }
  return el("p", { class: "elsewhere" }, link(open, {}, t("image", { host: url.hostname })));
}

/** Shows a picture over the page, as large as there is room, until Escape, the button or a press beside it. */
function openLarge(source, alt) {
  const close = () => dialog.close();
  const dialog = el(
    "dialog",
    {
      class: "viewer",
      "aria-label": t("picture"),
      on: { close: () => dialog.remove(), click: (event) => event.target.tagName !== "IMG" && close() },
    },
    el("img", { src: source, alt }),
    el("button", { type: "button", class: "close icon", "aria-label": t("close"), on: { click: close } }, "✕"),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/** The files of a message that no embed shows. */
export function files(json) {
  const shown = new Set((json.embeds ?? []).flatMap((one) => [one.image?.url, one.thumbnail?.url]));
  const rest = (json.attachments ?? []).filter((file) => !shown.has(file.url));
  return rest.map((file) => {
    const picture = file.content_type?.startsWith("image/") && image(file.url, file.description ?? file.filename, file);
    if (picture) return el("div", { class: "file" }, picture);
    const size = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "kilobyte", maximumFractionDigits: 1 });
    const open = { href: new URL(file.url).pathname, download: file.filename };
    return el("p", { class: "file document" }, el("a", open, file.filename), ` ${size.format(file.size / 1000)}`);
  });
}
