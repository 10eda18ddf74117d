// The real bot in its playground, as a newcomer, a reader of another language and a moderator use it.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { eventually, open, SCREENS, start, stop } from "./page.mjs";

before(start);
after(stop);

const title = (message) => message.locator(".embed-title").first().innerText();

for (const { size, scheme } of SCREENS) {
  test(`a newcomer asks, ${size}, ${scheme}`, () =>
    open({ size, scheme, locale: "fr-FR", touch: size === "phone" }, async (channel) => {
      const { page, suggestions } = channel;
      // The list of commands, in the person's language.
      await channel.type("/");
      assert.match(await suggestions.first().innerText(), /\/rcp region/);
      await channel.isAccessible();
      await channel.type("rcp region Amériques");
      await eventually(() => suggestions.allInnerTexts(), ["Amériques"]);
      await channel.press("Enter");
      await channel.count(1);
      assert.match(await title(channel.last), /Amériques$/);
      assert.match(await channel.last.locator(".reference").innerText(), /Amina\s*a utilisé\s*\/rcp region/);
      await channel.fits();
      await channel.isAccessible();
      // Completion with the keyboard alone.
      await channel.type("/inf");
      await channel.press("Tab");
      assert.deepEqual(await page.locator(".pill-name").allInnerTexts(), ["processus"]);
      await channel.type("prag");
      await eventually(async () => /Prague/.test((await suggestions.allInnerTexts())[0]), true);
      await channel.press("ArrowDown", "Tab", "Enter");
      await channel.count(2);
      assert.match(await title(channel.last), /Prague/);
      const colour = await channel.last.locator(".embed").evaluate((one) => getComputedStyle(one).borderLeftColor);
      assert.equal(colour, "rgb(46, 139, 87)");
      await channel.fits();
      await channel.isAccessible();
      // Pressing: the sources are for Amina alone.
      await channel.last.getByRole("button", { name: "Sources" }).click();
      await channel.count(3);
      assert.match(await channel.last.innerText(), /Vous seul·e pouvez voir ceci/);
      await channel.last.getByRole("button", { name: "Masquer le message" }).click();
      await channel.count(2);
      // Choosing: the process comes as a message of its own.
      const region = channel.message(0);
      await region.getByRole("combobox").first().focus();
      await channel.press("Enter", "ArrowDown", "Enter");
      await channel.count(3);
      await channel.last.getByText("Vous seul·e pouvez voir ceci").waitFor();
      // Going elsewhere from what everyone sees gives a private answer, which then changes in its place and keeps the
      // focus.
      await region.getByRole("button", { name: "Afrique" }).focus();
      await channel.press("Enter");
      await channel.count(4);
      const own = channel.message(3);
      assert.match(await title(own), /Afrique$/);
      await own.getByRole("button", { name: "Moyen-Orient" }).focus();
      await channel.press("Enter");
      await eventually(async () => /Moyen-Orient$/.test(await title(own)), true);
      await channel.count(4);
      assert.equal(await page.evaluate(() => document.activeElement.closest("article")?.id), await own.getAttribute("id"));
      await channel.isAccessible();
      await channel.fits();
    }));
}

test("pages of a long list", () =>
  open({}, async (channel) => {
    const search = await channel.send("/rcp recherche migration");
    await search.getByRole("button", { name: "▶️" }).click();
    await channel.count(2);
    const own = channel.message(1);
    const page = (number) => own.getByRole("button", { name: new RegExp(`^${number} / \\d+$`) });
    await page(2).waitFor();
    await own.getByRole("button", { name: "▶️" }).click();
    await page(3).waitFor();
    await own.getByRole("button", { name: "⏮️" }).click();
    await page(1).waitFor();
    await channel.isAccessible();
  }));

test("languages", () =>
  open({ locale: "en-GB" }, async (channel) => {
    await channel.send("/rcp country Kenya");
    assert.match(await channel.last.innerText(), /Kenya/);
    await channel.become({ locale: "Español" });
    await channel.send("/rcp pais Kenia");
    assert.match(await channel.last.locator(".reference").innerText(), /Amina\s*usó/);
    assert.match(await channel.page.locator("h1").innerText(), /Playground #general/);
    await channel.become({ locale: "Deutsch" });
    // The default names of the commands; the page itself speaks English.
    await channel.type("/rcp pays");
    assert.match(await channel.suggestions.first().innerText(), /\/rcp pays/);
    assert.equal(await channel.page.locator("#settings h2").innerText(), "Who I am");
    // An answer in another language on demand, the choices named in one's own.
    await channel.press("Escape", "Escape");
    await channel.become({ locale: "English, US" });
    await channel.type("/rcp info Prague language:");
    await eventually(() => channel.suggestions.allInnerTexts(), ["French", "English", "Spanish"]);
    await channel.press("ArrowDown", "Tab", "Enter");
    await channel.count(3);
    assert.match(await title(channel.last), /Processus de Prague/);
  }));

test("places", () =>
  open({}, async (channel) => {
    const { messages, page } = channel;
    const here = await messages.count();
    await channel.become({ place: "Message privé" });
    assert.equal(await messages.count(), 0);
    assert.match(await page.locator("h1").innerText(), /@rcp-bot/);
    await channel.send("/rcp oim");
    await channel.become({ place: "Groupe (application personnelle)" });
    assert.equal(await messages.count(), 0);
    await channel.send("/rcp apropos");
    await channel.become({ place: "Serveur" });
    assert.equal(await messages.count(), here);
  }));

test("a moderator takes an answer away that somebody else asked for", () =>
  open({}, async (channel) => {
    await channel.send("/rcp oim");
    const answer = channel.page.locator(`#${await channel.last.getAttribute("id")}`);
    await channel.become({ person: "Bruno (Moderators)" });
    await answer.getByRole("button", { name: "🗑️" }).click();
    await answer.waitFor({ state: "detached" });
    await channel.become({ person: "Amina" });
    assert.equal(await answer.count(), 0);
  }));

test("a person addressed is called, and only that one", () =>
  open({}, async (channel) => {
    await channel.type("/rcp oim pour:");
    await channel.press("ArrowDown", "ArrowDown", "Enter", "Enter");
    await channel.last.locator(".mention", { hasText: "@Bruno" }).waitFor();
    assert.equal(await channel.page.locator(".calls-me").count(), 0);
    await channel.become({ person: "Bruno (Moderators)" });
    await channel.page.locator(".calls-me").waitFor();
  }));
