// How high every answer stands: each is drawn by the page's own renderer and measured, on a phone and on a desk's screen,
// in both themes. ANSWERS is a file with one answer a line: {name, command, budget, message}. HEIGHTS, if it is set, is the
// beginning of the files into which the heights are written.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { open, SIZES, start, stop } from "./page.mjs";

before(start);
after(stop);

const WIDTHS = { phone: SIZES.phone, desk: { width: 1440, height: 900 } };
const SCREENS = Object.keys(WIDTHS).flatMap((size) => ["light", "dark"].map((scheme) => ({ size, scheme })));

/** So many answers are laid out at once: a layout of one costs nearly as much as of many. */
const AT_ONCE = 500;

const answers = readFileSync(process.env.ANSWERS, "utf8").trim().split("\n").map((line) => JSON.parse(line));

/** Stands for each picture, as large as its address says. */
function pictures(page) {
  return page.route("**/attachments/*/*/*", (route) => {
    const [width, height] = new URL(route.request().url()).pathname.split("/").slice(2);
    const body = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`;
    return route.fulfill({ contentType: "image/svg+xml", body });
  });
}

/** Draws answers where messages stand, in the place of those that were drawn before. */
function draw(page, some) {
  return page.evaluate(async (some) => {
    const { message } = await import(new URL("message.js", document.querySelector("script[src]").src).href);
    const named = { person: () => "Monique Moderator", role: () => "moderators", channel: () => "audit" };
    const world = { me: "1", locale: "fr", people: [], channels: [], roles: [], commands: [], users: [], ...named };
    const nothing = { use() {}, dismiss() {} };
    for (const { image } of some.flatMap((json) => json.embeds ?? [])) {
      if (image) image.url = new URL(image.url, location.origin).href;
    }
    document.querySelector("#log").replaceChildren(...some.map((json) => message(json, world, nothing, null, () => undefined)));
  }, some);
}

/** Their heights in pixels on the screen as it is now. */
function measure(page) {
  return page.evaluate(() => [...document.querySelectorAll("#log > article")].map((one) => Math.ceil(one.getBoundingClientRect().height)));
}

test("every answer keeps its budget", { timeout: 600_000 }, () =>
  open({ size: "phone" }, async ({ page }) => {
    await pictures(page);
    const heights = SCREENS.map(() => []);
    for (let at = 0; at < answers.length; at += AT_ONCE) {
      await draw(page, answers.slice(at, at + AT_ONCE).map(({ message }) => message));
      for (const [screen, { size, scheme }] of SCREENS.entries()) {
        if (scheme === "light") await page.setViewportSize(WIDTHS[size]);
        await page.emulateMedia({ colorScheme: scheme });
        heights[screen].push(...(await measure(page)));
      }
    }
    const told = [];
    for (const [screen, { size, scheme }] of SCREENS.entries()) {
      assert.equal(heights[screen].length, answers.length, "each answer was drawn");
      assert.ok(heights[screen].every((height) => height > 60), "each answer shows something");
      for (const [at, { name, budget }] of answers.entries()) {
        const height = heights[screen][at];
        if (height > budget) told.push(`${name}: ${height} px of ${budget} (${size}, ${scheme})`);
      }
      if (process.env.HEIGHTS && scheme === "light") {
        const lines = answers.map(({ name, command, budget }, at) => [heights[screen][at], budget, command, name].join("\t"));
        writeFileSync(`${process.env.HEIGHTS}-${size}.tsv`, `${lines.join("\n")}\n`);
      }
    }
    assert.deepEqual(told.slice(0, 40), [], `${told.length} of ${answers.length * SCREENS.length} are too high`);
  }));
