// The pictures that the README shows, taken into PICTURES. DATA is the folder of the catalogue, which the bot watches.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { open, start, stop } from "./page.mjs";

before(start);
after(stop);

const FILE = `${process.env.DATA}/processes/processus-de-prague.toml`;

/** A window as small as these fit into: the README shows them side by side with nothing. */
const WINDOW = { width: 900, height: 760 };

/** Takes what is shown, in both themes. */
async function take({ page }, name, message) {
  await message.evaluate((one) => one.scrollIntoView({ block: "start" }));
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
    await page.setViewportSize(WINDOW);
    await take(channel, "region", await channel.send("/rcp region Amériques"));
    await take(channel, "card", await channel.send("/rcp info Processus de Prague"));
    const good = readFileSync(FILE, "utf8");
    const bad = good.replace('region = "europe"', 'region = "europ"').replace("fr = \"Processus de Prague\"", "fr = Processus de Prague");
    assert.notEqual(bad, good);
    writeFileSync(FILE, bad);
    await channel.count(3);
    await take(channel, "reload", channel.last);
  }));
