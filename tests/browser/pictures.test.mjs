// The pictures that the README and docs/answers.md show, taken into PICTURES. DATA is the folder of the catalogue, which
// the bot watches.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { open, start, stop } from "./page.mjs";

before(start);
after(stop);

const FILE = `${process.env.DATA}/processes/processus-de-prague.toml`;

/** What is asked for the pictures of a phone: name of the picture, and line. */
const ASKED = [
  ["region", "/rcp region Amériques"],
  ["iom", "/rcp oim"],
  ["meetings", "/rcp reunions"],
  ["search", "/rcp recherche qui préside le processus de Prague"],
  ["card", "/rcp info Processus de Prague"],
];

/** Those that the README shows too, in both themes. */
const SHOWN = ["region", "card"];

function path(folder, name) {
  mkdirSync(`${process.env.PICTURES}/${folder}`, { recursive: true });
  return `${process.env.PICTURES}/${folder}/${name}.png`;
}

/** Takes what is shown, in both themes. */
async function take({ page }, name) {
  await page.locator("#text").focus();
  await page.mouse.move(0, 0);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path("playground", `${name}-${colorScheme}`) });
  }
  await page.emulateMedia({ colorScheme: "light" });
}

test("answers as they arrive on a phone", () =>
  open({ size: "phone", locale: "fr-FR" }, async (channel) => {
    const { page } = channel;
    for (const [name, line] of ASKED) {
      const message = await channel.send(line);
      // Nothing of it is out of sight.
      const [answer, log] = [await message.boundingBox(), await page.locator("#log").boundingBox()];
      assert.ok(answer.y >= log.y && answer.y + answer.height <= log.y + log.height + 1, `${line} does not fit`);
      await page.mouse.move(0, 0);
      await page.screenshot({ path: path("answers", name) });
      if (SHOWN.includes(name)) await take(channel, name);
    }
  }));

test("a file that was refused, in the journal", () =>
  open({ locale: "fr-FR" }, async (channel) => {
    const { page } = channel;
    await page.locator("#inspector .close").click();
    // As wide as the README shows it, and as high as there is something to see.
    await page.setViewportSize({ width: 900, height: 560 });
    const good = readFileSync(FILE, "utf8");
    const bad = good.replace('kind = "regional"', 'kind = "regoinal"');
    assert.notEqual(bad, good);
    await channel.become({ place: "Serveur #journal" });
    writeFileSync(FILE, bad);
    await page.getByText("Catalogue refusé").first().waitFor();
    await take(channel, "reload");
  }));
