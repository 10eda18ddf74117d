// A map and a timeline as a person sees them on a phone, in both themes: loaded, told to those who do not see them, opened
// large, and as large and as rich in colours on the screen as what they show asks for. SHOTS, if it is set, is a folder
// into which what is seen is taken, and LINES more that is asked for it, one a line; they are looked at by eye.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { eventually, open, start, stop } from "./page.mjs";

before(start);
after(stop);

/** What is asked for, and the button under it that opens the picture; none where the answer shows it. */
const ASKED = [
  { name: "map", line: "/rcp carte processus:PIDC", button: null, told: /PIDC[\s\S]*Fidji[\s\S]*Samoa/ },
  { name: "timeline", line: "/rcp reunions", button: "Frise", told: /2005[\s\S]*2023/ },
  { name: "lives", line: "/rcp apropos", button: "Frise", told: /depuis 1985[\s\S]*Prague/ },
];

/** The picture that a message shows, once it is loaded. A busy machine that had no time to draw it is asked again. */
async function pictured(channel, { line, button }) {
  for (let tries = 0; tries < 10; tries += 1) {
    const message = await channel.send(line);
    if (button) {
      await message.getByRole("button", { name: button }).click();
      await eventually(() => message.getByRole("button", { name: button }).count(), 0);
    }
    const image = message.locator(".embed img");
    if ((await image.count()) === 0) continue;
    await eventually(() => image.evaluate((one) => one.complete && one.naturalWidth > 0), true);
    return { message, image };
  }
  throw new Error(`${line} shows no picture`);
}

/** How many of the pixels on the screen are of a strong colour, as those of land that takes part and of marks are. */
async function strong(page, image) {
  const taken = (await image.screenshot()).toString("base64");
  return page.evaluate(async (taken) => {
    // Not as an address: the policy of the page lets none be loaded.
    const bytes = Uint8Array.from(atob(taken), (letter) => letter.charCodeAt(0));
    const shot = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const paper = new OffscreenCanvas(shot.width, shot.height).getContext("2d");
    paper.drawImage(shot, 0, 0);
    const { data } = paper.getImageData(0, 0, shot.width, shot.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [low, , high] = [data[at], data[at + 1], data[at + 2]].sort((a, b) => a - b);
      if (high - low > 90) count += 1;
    }
    return count;
  }, taken);
}

async function take(page, name, scheme) {
  if (!process.env.SHOTS) return;
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${process.env.SHOTS}/${name}-${scheme}.png` });
}

for (const scheme of ["light", "dark"]) {
  for (const asked of ASKED) {
    test(`a ${asked.name} on a phone, ${scheme}`, () =>
      open({ size: "phone", scheme, locale: "fr-FR" }, async (channel) => {
        const { page } = channel;
        const { message, image } = await pictured(channel, asked);
        const natural = await image.evaluate((one) => [one.naturalWidth, one.naturalHeight]);
        const shown = await image.evaluate((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height]);
        // As wide as the embed, or as high as a picture may be, in its own form, and reduced to little more than a third:
        // what is written with 25 pixels stands there with more than nine.
        const isWhole = shown[0] >= 290 || shown[1] >= 350;
        assert.ok(isWhole && shown[0] <= natural[0] && natural[0] <= 2.75 * shown[0], `${natural} as ${shown}`);
        assert.ok(Math.abs(shown[1] / shown[0] - natural[1] / natural[0]) < 0.01, `${natural} as ${shown}`);
        const colours = await strong(page, image);
        assert.ok(colours > 150, `${colours} pixels say something`);
        // Nobody needs to see it.
        const told = await image.getAttribute("alt");
        assert.match(told, asked.told);
        assert.equal(await message.getByRole("button", { name: told.replace(/\s+/g, " ").trim() }).count(), 1);
        await channel.fits();
        await channel.isAccessible();
        await take(page, asked.name, scheme);
        // It opens large, from the keyboard, and the focus comes back.
        const picture = message.locator("button.picture");
        await picture.focus();
        await channel.press("Enter");
        const large = page.getByRole("dialog", { name: "Image" });
        await large.waitFor();
        const wide = await large.getByRole("img").evaluate((one) => [one.naturalWidth, one.getBoundingClientRect().width]);
        assert.equal(wide[0], natural[0]);
        assert.ok(wide[1] >= shown[0], `${wide} after ${shown}`);
        assert.equal(await large.getByRole("img").getAttribute("alt"), told);
        await channel.isAccessible();
        await channel.press("Escape");
        await large.waitFor({ state: "detached" });
        assert.ok(await picture.evaluate((one) => one === document.activeElement), "the focus is back");
      }));
  }
}

const lines = (process.env.LINES ?? "").split("\n").filter((line) => line && process.env.SHOTS);

if (lines.length > 0) {
  test("what is to be looked at", { timeout: 300_000 }, () =>
    open({ size: "phone", locale: "fr-FR" }, async (channel) => {
      for (const [place, line] of lines.entries()) {
        const [asked, button] = line.split(" > ");
        await pictured(channel, { line: asked, button });
        await channel.page.waitForTimeout(100);
        for (const scheme of ["light", "dark"]) {
          await channel.page.emulateMedia({ colorScheme: scheme });
          await take(channel.page, `look-${place}`, scheme);
        }
      }
    }));
}
