// What a moderator does: uploading a file, and saving one in the folder of the catalogue.
//
// DATA is that folder; the bot of PAGE_URL watches it.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { open, SCREENS, start, stop } from "./page.mjs";

const NAME = "processus-de-prague.toml";
const FILE = `${process.env.DATA}/processes/${NAME}`;
const GOOD = readFileSync(FILE, "utf8");
/** With an error in the third line. */
const BAD = GOOD.replace('kind = "regional"', 'kind = "regoinal"');

before(start);
after(async () => {
  writeFileSync(FILE, GOOD);
  await stop();
});

const renamed = (alias) => GOOD.replace('aliases = ["Processus Prague"', `aliases = ["${alias}"`);
const title = (message) => message.locator(".embed-title").first().innerText();

/** Saves the file as an editor does, and waits for the message that tells what came of it. */
async function save(channel, content) {
  const before = await channel.messages.count();
  writeFileSync(FILE, content);
  await channel.count(before + 1 - channel.found);
  return channel.last;
}

/** Sends a file with `/rcp-admin verifier`. */
async function upload(channel, content) {
  const { page } = channel;
  await channel.type("/rcp-admin verifier ");
  // Without its file the command is not sent.
  await channel.page.locator("#text").focus();
  await channel.press("Enter");
  assert.match(await page.locator("#problem").innerText(), /L'option fichier est obligatoire/);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), channel.press("Enter")]);
  await chooser.setFiles({ name: NAME, mimeType: "application/toml", buffer: Buffer.from(content) });
  await page.getByRole("button", { name: NAME }).waitFor();
  await channel.press("Enter");
}

for (const { size, scheme } of SCREENS) {
  test(`a file is uploaded, checked and published, ${size}, ${scheme}`, () =>
    open({ size, scheme, locale: "fr-FR", touch: size === "phone" }, async (channel) => {
      const { page } = channel;
      // Members are not even offered it.
      await channel.type("/rcp-admin");
      assert.equal(await channel.suggestions.count(), 0);
      await page.locator("#text").fill("");
      await channel.become({ person: "Bruno (Moderators)" });
      await upload(channel, BAD);
      const refused = channel.messages.filter({ hasText: "Fichier refusé" }).last();
      await refused.getByText(`processes/${NAME} · ligne 3, colonne 8`).waitFor();
      assert.match(await refused.innerText(), /Vouliez-vous dire «\sregional\s»\s\?[\s\S]*Vous seul·e pouvez voir ceci/);
      await refused.getByRole("button", { name: "Masquer le message" }).click();
      await refused.waitFor({ state: "detached" });
      const alias = `Praha ${size} ${scheme}`;
      await upload(channel, renamed(alias));
      const publish = page.getByRole("button", { name: "Publier" });
      await publish.waitFor();
      const preview = page.locator(`#${await channel.messages.filter({ has: publish }).getAttribute("id")}`);
      assert.match(await preview.locator("code .new").first().innerText(), new RegExp(alias));
      assert.equal(await preview.locator(".embed").count(), 1, "the card as it would look");
      await channel.isAccessible();
      await channel.fits();
      await publish.click();
      await preview.getByText("Changement publié").waitFor();
      assert.ok(readFileSync(FILE, "utf8").includes(alias));
      await channel.isAccessible();
    }));
}

for (const { size, scheme } of SCREENS) {
  test(`a saved file tells in the channel what came of it, ${size}, ${scheme}`, () =>
    open({ size, scheme, locale: "fr-FR" }, async (channel) => {
      await channel.become({ place: "Serveur #journal" });
      const changed = await save(channel, renamed(`Prag ${size} ${scheme}`));
      assert.equal(await title(changed), "Catalogue rechargé");
      assert.match(await changed.locator("code .new").innerText(), new RegExp(`^\\+ processes/${NAME} aliases: "Prag ${size} ${scheme}"`));
      const refused = await save(channel, BAD);
      assert.equal(await title(refused), "Catalogue refusé");
      const told = await refused.innerText();
      assert.match(told, /Une erreur\s; le catalogue précédent continue de servir\./);
      // The file, the line and the column; the line itself; how to mend it.
      assert.match(told, new RegExp(`Vouliez-vous dire «\\sregional\\s»\\s\\?[\\s\\S]*processes/${NAME} · ligne 3, colonne 8[\\s\\S]*kind = "regoinal"`));
      await channel.fits();
      await channel.isAccessible();
      // The former catalogue serves on.
      const card = await channel.send(`/rcp info Prag ${size} ${scheme}`);
      assert.match(await title(card), /Prague/);
      const mended = await save(channel, renamed(`Prag ${size} ${scheme}`));
      assert.equal(await title(mended), "Catalogue sans erreur");
    }));
}
