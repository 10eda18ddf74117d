// The pictures that the README shows, taken into PICTURES. DATA is the folder of the catalogue, which the bot watches.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { open, start, stop } from "./page.mjs";

before(start);
after(stop);

const FILE = `${process.env.DATA}/processes/processus-de-prague.toml`;

/** Takes what is shown, in both themes. */
async function take({ page }, name) {
  await page.locator("#text").focus();
  await page.mouse.move(0, 0);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${process.env.PICTURES}/${name}-${colorScheme}.png` });
  }
}

test("pictures for the README", () =>
  open({ locale: "fr-FR" }, async (channel) => {
    const { page } = channel;
    await page.locator("#inspector .close").click();
    // As wide as the README shows it, and as high as there is something to see.
    const window = (height) => page.setViewportSize({ width: 900, height });
    await window(800);
    const good = readFileSync(FILE, "utf8");
    const bad = good.replace('kind = "regional"', 'kind = "regoinal"');
    assert.notEqual(bad, good);
    await channel.become({ place: "Serveur #journal" });
    writeFileSync(FILE, bad);
    await channel.count(1);
    await take(channel, "reload");
    await channel.become({ place: "Serveur" });
    await channel.settled();
    for (const [name, height, line] of [
      ["region", 835, "/rcp region Amériques"],
      ["card", 760, "/rcp info Processus de Prague"],
    ]) {
      await window(height);
      const message = await channel.send(line);
      await message.evaluate((one) => {
        one.scrollIntoView({ block: "start" });
        document.getElementById("log").scrollBy(0, -10);
      });
      await take(channel, name);
    }
  }));
