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
      // Pressing under what somebody else asked for: the sources are for Bruno alone.
      const region = channel.message(0);
      const card = channel.message(1);
      await channel.become({ person: "Bruno (Moderators)" });
      await card.getByRole("button", { name: "Sources" }).click();
      await channel.count(3);
      assert.match(await channel.last.innerText(), /Vous seul·e pouvez voir ceci/);
      await channel.last.getByRole("button", { name: "Masquer le message" }).click();
      await channel.count(2);
      // Choosing: the process comes as a message of its own.
      await region.getByRole("combobox", { name: "Ouvrir un processus…" }).focus();
      await channel.press("Enter", "ArrowDown", "Enter");
      await channel.count(3);
      await channel.last.getByText("Vous seul·e pouvez voir ceci").waitFor();
      // Going elsewhere from there gives a private answer, which then changes in its place and keeps the focus.
      const go = async (message, to) => {
        await message.getByRole("combobox", { name: "Voir une autre région…" }).focus();
        await channel.press("Enter");
        const names = await message.getByRole("option").allInnerTexts();
        for (let at = 0; at < names.findIndex((name) => name.includes(to)); at += 1) await channel.press("ArrowDown");
        await channel.press("Enter");
      };
      await go(region, "Afrique");
      await channel.count(4);
      const own = channel.message(3);
      assert.match(await title(own), /Afrique$/);
      await go(own, "Moyen-Orient");
      await eventually(async () => /Moyen-Orient$/.test(await title(own)), true);
      await channel.count(4);
      assert.equal(await page.evaluate(() => document.activeElement.closest("article")?.id), await own.getAttribute("id"));
      await channel.isAccessible();
      await channel.fits();
    }));
}

test("a line works as it is typed or pasted", () =>
  open({}, async (channel) => {
    const { page } = channel;
    await page.keyboard.insertText("/rcp region Amériques");
    await channel.press("Enter");
    await channel.count(1);
    assert.match(await title(channel.last), /Amériques$/);
    // Without waiting for anything between the keys.
    await channel.type("/rcp info processus:Prague langue:en");
    await channel.press("Enter");
    await channel.count(2);
    assert.match(await title(channel.last), /Prague Process/);
    // What is required is insisted on, and nothing is sent without it.
    const sent = () => page.locator("#interaction option").count();
    const before = await sent();
    await channel.type("/rcp region");
    await channel.press("Enter", "Enter");
    assert.equal(await page.locator("#problem").innerText(), "L'option region est obligatoire.");
    assert.equal(await page.getByRole("combobox", { name: "region" }).getAttribute("aria-invalid"), "true");
    await channel.isAccessible();
    assert.equal(await sent(), before);
    await channel.count(2);
  }));

test("by touch alone", () =>
  open({ size: "phone", touch: true }, async (channel) => {
    const { page } = channel;
    await page.locator("#offers").getByRole("button", { name: "/rcp region" }).tap();
    await channel.suggestions.filter({ hasText: "Afrique" }).tap();
    await page.getByRole("button", { name: "Envoyer" }).tap();
    await channel.count(1);
    // Under what somebody else asked for, so that the answer is one's own.
    await channel.become({ person: "Bruno (Moderators)" });
    const region = channel.message(0);
    await region.getByRole("combobox", { name: "Ouvrir un processus…" }).tap();
    await region.getByRole("option").first().tap();
    await channel.count(2);
    await channel.last.getByRole("button", { name: "Masquer le message" }).tap();
    await channel.count(1);
    // A panel lies over the channel; a touch beside it is for the channel.
    await page.locator("#open-settings").tap();
    await page.locator("#settings").waitFor();
    await channel.isAccessible();
    await page.touchscreen.tap(380, 400);
    await page.locator("#settings").waitFor({ state: "hidden" });
    await page.locator("#open-inspector").tap();
    await page.locator("#inspector").waitFor();
    await channel.isAccessible();
    await page.touchscreen.tap(5, 400);
    await page.locator("#inspector").waitFor({ state: "hidden" });
  }));

test("by the keyboard alone", () =>
  open({}, async (channel) => {
    const { page } = channel;
    await channel.send("/rcp oim");
    const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText);
    // Backwards from the line: its button, then the newest message from its end.
    await channel.press("Shift+Tab");
    assert.match(await focused(), /🗑️|Supprimer/);
    await channel.press("Shift+Tab");
    assert.match(await focused(), /Réunions mondiales/);
    await channel.press("Enter");
    await eventually(async () => /Réunions mondiales/.test(await title(channel.last)), true);
    // Typing anywhere goes to the line.
    await channel.type("/rcp");
    assert.equal(await page.locator("#text").inputValue(), "/rcp");
    await channel.press("Escape", "Escape");
    // The panels open and close, and the focus returns to what opened them.
    await page.locator("#open-settings").focus();
    await channel.press("Enter", "Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "person");
    await channel.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.id), "open-settings");
  }));

test("light and dark", () =>
  open({ scheme: "light" }, async (channel) => {
    const { page } = channel;
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [white, black] = ["rgb(255, 255, 255)", "rgb(49, 51, 56)"];
    assert.equal(await ground(), white);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await ground(), black);
    await page.locator("#theme").selectOption("Clair");
    assert.equal(await ground(), white);
    await page.locator("#theme").selectOption("Sombre");
    await page.emulateMedia({ colorScheme: "light" });
    assert.equal(await ground(), black);
    await channel.isAccessible();
    // It is remembered, as is who and where one is.
    await channel.become({ person: "Bruno (Moderators)", place: "Message privé" });
    await page.reload();
    await channel.settled();
    assert.equal(await ground(), black);
    assert.equal(await page.locator("#person option:checked").innerText(), "Bruno (Moderators)");
    assert.match(await page.locator("h1").innerText(), /@rcp-bot/);
    await page.waitForFunction(() => document.activeElement?.id === "text");
  }));

for (const { size, scheme } of SCREENS) {
  test(`pages of a long list, ${size}, ${scheme}`, () =>
    open({ size, scheme }, async (channel) => {
      const search = await channel.send("/rcp recherche migration");
      await channel.become({ person: "Bruno (Moderators)" });
      await search.getByRole("button", { name: "▶️" }).click();
      await channel.count(2);
      const own = channel.message(1);
      const page = (number) => own.getByRole("button", { name: new RegExp(`^${number} / \\d+$`) });
      await page(2).waitFor();
      await own.getByRole("button", { name: "▶️" }).click();
      await page(3).waitFor();
      await own.getByRole("button", { name: "◀️" }).click();
      await page(2).waitFor();
      await channel.isAccessible();
    }));
}

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

test("a command written otherwise is named", () =>
  open({}, async (channel) => {
    const problem = () => channel.page.locator("#problem").innerText();
    for (const [typed, meant] of [
      ["/rcp région Afrique", "/rcp region"],
      ["/rcp regoin", "/rcp region"],
      ["/rcp country Kenya", "/rcp pays"],
    ]) {
      await channel.type(typed);
      await channel.press("Enter");
      assert.equal(await problem(), `« ${typed} » : vouliez-vous dire « ${meant} » ?`);
      await channel.page.locator("#text").fill("");
    }
    await channel.type("/cuisine tajine");
    await channel.press("Enter");
    assert.equal(await problem(), "Il n'y a pas de commande /cuisine ici.");
  }));

test("what is private is forgotten when the page is opened anew", () =>
  open({}, async (channel) => {
    const { page } = channel;
    await channel.type("/rcp oim discret:Vrai");
    await channel.press("Tab", "Enter");
    await channel.count(1);
    const kept = await channel.send("/rcp oim");
    assert.equal(await page.getByText("Vous seul·e pouvez voir ceci").count(), 1);
    const id = await channel.last.getAttribute("id");
    await page.reload();
    await channel.settled();
    assert.equal(await page.getByText("Vous seul·e pouvez voir ceci").count(), 0);
    assert.equal(await kept.count(), 1, id);
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

test("one's own answer turns in its place, and a shared one leaves a line", () =>
  open({}, async (channel) => {
    const card = await channel.send("/rcp info Prague");
    await card.getByRole("button", { name: "Sources" }).click();
    await eventually(async () => /sources/i.test(await title(card)), true);
    await card.getByRole("button", { name: /Retour/ }).click();
    await eventually(async () => /sources/i.test(await title(card)), false);
    await channel.count(1);
    await channel.type("/rcp oim discret:Vrai");
    await channel.press("Tab", "Enter");
    await channel.count(2);
    const own = channel.message(1);
    await own.getByRole("button", { name: "Partager" }).click();
    await channel.count(3);
    await eventually(() => own.locator(".row").count(), 0);
    assert.match(await own.innerText(), /Vous seul·e pouvez voir ceci/);
    assert.doesNotMatch(await channel.last.innerText(), /Vous seul·e pouvez voir ceci/);
    await channel.isAccessible();
  }));
