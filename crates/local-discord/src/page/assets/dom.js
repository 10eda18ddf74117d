// Building the document: elements from plain calls, so that no text is ever read as HTML.

/**
 * An element. `props`: `class`, `data` (an object), `on` (event listeners), any property of the element, and
 * attributes by their names (with a hyphen, or `role`, `for`). False, null and undefined leave a thing out.
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (name.includes("-") || name === "role" || name === "for" || !(name in element)) {
      element.setAttribute(name, value === true ? "" : value);
    } else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts these children in place of what is there. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An address that may be opened: http or https, written out; else null. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link to another site, which learns nothing of this page. */
export function link(address, props, ...children) {
  return el("a", { href: address, rel: "noopener noreferrer", target: "_blank", ...props }, ...children);
}

/** Text as it is compared: without case and accents. */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

let last = 0;

/** An id that no other element has. */
export function freshId(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}
