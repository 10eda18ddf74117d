// How high every answer stands: each is drawn by the page's own renderer and measured, on a phone and on a desk's screen,
// in both themes. ANSWERS is a file with one answer a line: {name, command, budget, message}.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { open, start, stop } from "./page.mjs";

before(start);
after(stop);

const answers = readFileSync(process.env.ANSWERS, "utf8").trim().split("\n").map((line) => JSON.parse(line));

/** Draws answers one by one where messages stand, and returns their heights in pixels. */
async function measure(page, some) {
  return page.evaluate(async (some) => {
    const { message } = await import(new URL("message.js", document.querySelector("script[src]").src).href);
    const log = document.querySelector("#log");
    const world = { me: "1", locale: "fr", people: [], channels: [], roles: [], commands: [], users: [] };
    const nothing = { use() {}, dismiss() {} };
    return some.map((json) => {
      const drawn = message(json, world, nothing, null, () => undefined);
      log.append(drawn);
      const height = Math.ceil(drawn.getBoundingClientRect().height);
      drawn.remove();
      return height;
    });
  }, some);
}

for (const [size, scheme] of [["phone", "light"], ["phone", "dark"], ["desktop", "light"], ["desktop", "dark"]]) {
  test(`every answer keeps its budget, ${size}, ${scheme}`, { timeout: 600_000 }, () =>
    open({ size, scheme }, async ({ page }) => {
      if (size === "desktop") await page.setViewportSize({ width: 1440, height: 900 });
      const heights = [];
      for (let at = 0; at < answers.length; at += 250) {
        heights.push(...(await measure(page, answers.slice(at, at + 250).map(({ message }) => message))));
      }
      if (process.env.HEIGHTS && scheme === "light") {
        const lines = answers.map(({ name, command, budget }, at) => [heights[at], budget, command, name].join("\t"));
        writeFileSync(`${process.env.HEIGHTS}-${size}.tsv`, `${lines.join("\n")}\n`);
      }
      const over = answers.map(({ name, budget }, at) => ({ name, budget, height: heights[at] }));
      const told = over.filter(({ height, budget }) => height > budget).map(({ name, budget, height }) => `${name}: ${height} px of ${budget}`);
      assert.ok(heights.every((height) => height > 60), "each answer was drawn");
      assert.deepEqual(told.slice(0, 40), [], `${told.length} of ${answers.length} are too high`);
    }));
}
