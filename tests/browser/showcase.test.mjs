// The page with a bot that says everything that can be said.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { eventually, open, start, stop } from "./page.mjs";

before(start);
after(stop);

const english = { locale: "en-US" };

/** A desk in the light, and a phone in the dark: what is shown must be right in both. */
const BOTH = { desk: english, phone: { ...english, size: "phone", scheme: "dark" } };

for (const [where, options] of Object.entries(BOTH)) {
  test(`embeds at their limits, ${where}`, () =>
    open(options, async (channel) => {
      const long = await channel.send("/demo long");
      assert.equal((await long.locator(".embed-title").innerText()).length, 256);
      assert.equal((await long.locator(".embed-text").innerText()).length, 4096);
      assert.equal((await long.locator(".embed-foot").innerText()).length, 1392);
      assert.equal((await long.locator(".embed-author").innerText()).length, 256);
      assert.equal(await long.locator(".embed-title a").getAttribute("href"), "https://example.org/long");
      assert.equal(await long.locator(".embed").evaluate((one) => getComputedStyle(one).borderLeftColor), "rgb(46, 139, 87)");
      const many = await channel.send("/demo fields");
      assert.equal(await many.locator(".field").count(), 25);
      assert.equal((await many.locator("dd").first().innerText()).length, 1024);
      // Six inline fields in two rows of three, a whole line, two inline ones in a row, a line, one alone, a line, and so on;
      // on a phone one below the other, over the whole width, in the order in which they are read.
      const places = await many.locator(".field").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ top, left, width }) => ({ top: Math.round(top), left, width })));
      const rows = new Map();
      for (const { top } of places) rows.set(top, (rows.get(top) ?? 0) + 1);
      const phone = options.size === "phone";
      assert.deepEqual([...rows.values()], phone ? Array(25).fill(1) : [1, 3, 3, 1, 2, 1, 1, 1, 3, 3, 3, 3]);
      assert.equal(new Set(places.map(({ left }) => left)).size, phone ? 1 : 4);
      assert.equal(new Set(places.map(({ width }) => Math.round(width))).size, phone ? 1 : 3);
      assert.ok(places.every(({ top }, at) => at === 0 || top >= places[at - 1].top), "they stand in their order");
      await channel.fits();
      await channel.isAccessible();
    }));
}

for (const [where, options] of Object.entries(BOTH)) {
  test(`five rows of components, ${where}`, () =>
    open(options, async (channel) => {
      const message = await channel.send("/demo rows");
      assert.equal(await message.locator(".row").count(), 5);
      assert.equal(await message.getByRole("button", { name: "off" }).isDisabled(), true);
      const link = message.getByRole("link", { name: "link" });
      assert.equal(await link.getAttribute("href"), "https://example.org/");
      assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
      assert.equal(await link.getAttribute("target"), "_blank");
      // A menu of one choice, by keyboard alone.
      await message.getByRole("combobox", { name: "up to 1" }).focus();
      await channel.press("Enter");
      assert.equal(await message.getByRole("option").count(), 25);
      await channel.isAccessible();
      await channel.press("End", "ArrowUp", "Enter");
      await channel.count(2);
      assert.match(await channel.last.innerText(), /used s1.*"23"/s);
      // A menu of several: it is sent when it is left.
      await message.getByRole("combobox", { name: "up to 3" }).focus();
      await channel.press("ArrowDown", "Enter", "ArrowDown", "ArrowDown", "Enter", "Escape");
      await channel.count(3);
      assert.match(await channel.last.innerText(), /used s3.*"0", "2"/s);
      await message.locator("[data-component=people]").click();
      await message.getByRole("option", { name: "Bruno" }).click();
      await channel.count(4);
      await message.getByRole("button", { name: "L".repeat(20) }).nth(2).click();
      await channel.count(5);
      assert.match(await channel.last.innerText(), /used b3/);
      await channel.isAccessible();
    }));
}

for (const [where, options] of Object.entries(BOTH)) {
  test(`Markdown of all kinds, ${where}`, () =>
    open(options, async (channel) => {
      const message = await channel.send("/demo markdown");
      const text = message.locator(".content");
      const all = (selector) => text.locator(selector).allInnerTexts();
      assert.deepEqual(await all("h4, h5, h6"), ["Heading one", "Heading two", "Heading three"]);
      assert.deepEqual(await all(".small"), ["subtext"]);
      assert.deepEqual(await all("strong"), ["bold", "both", "text"]);
      assert.deepEqual(await text.locator("em").allTextContents(), ["slanted", "slanted too", "both", "secret"]);
      assert.deepEqual(await all("u"), ["underlined"]);
      assert.deepEqual(await all("s"), ["struck"]);
      assert.deepEqual(await all(".text > code"), ["code **as is**"]);
      assert.deepEqual(await all("pre code"), ['let x = "**not bold**";']);
      assert.equal((await all("blockquote"))[0].trim(), "quoted text\nsecond line");
      assert.deepEqual(await all("ul > li > ul > li"), ["item inside"]);
      assert.deepEqual(await all("ol > li"), ["first", "second"]);
      const links = await text.locator("a").evaluateAll((all) => all.map((one) => [one.innerText, one.getAttribute("href"), one.rel, one.target]));
      const safe = ["noopener noreferrer", "_blank"];
      assert.deepEqual(links, [
        ["masked", "https://example.org/a_(b)", ...safe],
        ["https://example.org/c", "https://example.org/c", ...safe],
        ["https://example.org/d_e_f", "https://example.org/d_e_f", ...safe],
      ]);
      assert.deepEqual(await all(".mention"), ["@Amina", "@Moderators", "#unknown-channel", "/demo markdown", "@everyone"]);
      assert.deepEqual((await all("time"))[0], "January 1, 1970");
      assert.match((await all("time"))[1], /years ago/);
      assert.match(await text.innerText(), /snake_case_word/);
      assert.match(await text.innerText(), /\*escaped\* 2 \* 3 \* 4 \*\*unclosed$/);
      // A spoiler opens by keyboard.
      const spoiler = text.locator(".spoiler");
      assert.equal(await spoiler.locator("em").isVisible(), false);
      await spoiler.focus();
      await channel.press("Enter");
      assert.equal(await spoiler.locator("em").isVisible(), true);
      // A mentioned command begins in the line.
      await text.locator("button.mention").click();
      assert.equal(await channel.page.locator(".chip").innerText(), "/demo markdown");
      await channel.isAccessible();
    }));
}

for (const [where, options] of Object.entries(BOTH)) {
  test(`hostile text shows as it is and runs nothing, ${where}`, () =>
    open(options, async (channel) => {
      const message = await channel.send("/demo hostile");
      const shown = await message.innerText();
      for (const text of ["<script>window.hacked = 1</script>", "<svg onload=window.hacked=1>", "[press](javascript:window.hacked=1)", "&lt;b&gt;"]) {
        assert.ok(shown.includes(text), `${text} in ${shown}`);
      }
      assert.equal(await message.locator("script, svg, img, a").count(), 0);
      await message.getByRole("button", { name: "<script>window.hacked=1</script>" }).click();
      await channel.count(2);
      await channel.isAccessible();
    }));
}

test("thinking, follow-ups, private replies, no answer", () =>
  open(english, async (channel) => {
    await channel.type("/demo later");
    await channel.press("Enter");
    await channel.page.locator(".thinking").first().waitFor();
    await channel.count(2);
    assert.match(await channel.message(0).innerText(), /Amina\s+used\s+\/demo later[\s\S]*done/);
    assert.match(await channel.last.innerText(), /and more[\s\S]*Only you can see this/);
    // Bruno does not see what is for Amina alone, and Amina sees it still when she is back.
    const more = channel.messages.getByText("and more");
    await channel.become({ person: "Bruno (Moderators)" });
    assert.equal(await more.count(), 0);
    await channel.become({ person: "Amina" });
    assert.equal(await more.count(), 1);
    await channel.last.getByRole("button", { name: "Dismiss message" }).click();
    await channel.count(1);
    await channel.type("/demo silent");
    const sent = Date.now();
    await channel.press("Enter");
    await channel.page.getByText("The application did not respond").waitFor();
    // As Discord gives up: not before three seconds.
    const waited = Date.now() - sent;
    assert.ok(waited >= 2_950, `${waited} ms`);
    const rows = await channel.send("/demo rows");
    await rows.getByRole("button", { name: "silent" }).click();
    await rows.getByText("This interaction failed").waitFor();
    await channel.isAccessible();
  }));

test("forms", () =>
  open(english, async (channel) => {
    await channel.type("/demo form");
    await channel.press("Enter");
    const form = channel.page.getByRole("dialog", { name: "A form" });
    await form.waitFor();
    await channel.isAccessible();
    await channel.type("x");
    await channel.press("Enter");
    assert.equal(await form.isVisible(), true, "too short");
    await channel.type("yz");
    await channel.press("Tab");
    await channel.type("below");
    await channel.press("Tab", "Tab", "Enter");
    await channel.count(1);
    assert.match(await channel.last.innerText(), /"xyz"[\s\S]*"below"/);
    const rows = await channel.send("/demo rows");
    await rows.getByRole("button", { name: "📝" }).click();
    await form.waitFor();
    await channel.press("Escape");
    await form.waitFor({ state: "detached" });
  }));

test("files", () =>
  open(english, async (channel) => {
    const message = await channel.send("/demo file");
    const image = message.locator(".embed img");
    await eventually(() => image.evaluate((one) => one.naturalWidth), 48);
    // A person who does not see it is told what it shows, and anyone can see it large.
    const picture = message.getByRole("button", { name: "A square, blue and white" });
    assert.equal(await image.getAttribute("alt"), "A square, blue and white");
    assert.equal(await image.evaluate((one) => one.width), 48, "no larger than it is");
    const large = channel.page.getByRole("dialog", { name: "Image" });
    for (const leave of [() => channel.press("Escape"), () => large.getByRole("button", { name: "Close" }).click()]) {
      await picture.click();
      assert.equal(await large.getByRole("img").getAttribute("alt"), "A square, blue and white");
      await channel.isAccessible();
      await leave();
      await large.waitFor({ state: "detached" });
      assert.ok(await picture.evaluate((one) => one === document.activeElement), "the focus is back");
    }
    assert.equal(await message.locator(".embed").getByRole("link", { name: "Image: example.org" }).count(), 1);
    const file = message.getByRole("link", { name: "page.html" });
    assert.equal(await file.getAttribute("download"), "page.html");
    // What a bot uploads does not run, even if it is opened.
    const answer = await channel.page.request.get(new URL(await file.getAttribute("href"), process.env.PAGE_URL).href);
    assert.match(answer.headers()["content-security-policy"], /sandbox/);
  }));

test("every kind of option", () =>
  open({ locale: "fr-FR" }, async (channel) => {
    const { page, suggestions } = channel;
    await channel.type("/demo options ");
    assert.deepEqual(await page.locator(".pill-name").allInnerTexts(), ["texte"]);
    // A required option is insisted on.
    await channel.press("Enter");
    assert.equal(await page.locator("#problem").innerText(), "L'option texte est obligatoire.");
    await channel.type("a");
    await channel.press("Enter");
    assert.equal(await page.locator("#problem").innerText(), "texte prend au moins 2 caractères.");
    await channel.type("bc choice:");
    assert.deepEqual(await suggestions.allInnerTexts(), ["un", "two"]);
    await channel.type("u");
    await channel.press("Tab");
    await channel.type("number:9,25");
    await channel.press("ArrowRight");
    await channel.type("flag:");
    await channel.press("ArrowUp", "Enter");
    await channel.type("person:br");
    await channel.press("Tab");
    await channel.type("role:");
    await channel.press("ArrowDown", "Enter");
    await channel.type("channel:");
    await channel.press("ArrowDown", "Enter");
    await channel.type("completed:ab");
    await eventually(() => suggestions.allInnerTexts(), ["fr ab 1", "fr ab 2", "fr ab 3"]);
    await channel.press("ArrowDown", "ArrowDown", "Tab");
    await channel.type("file:");
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), channel.press("Enter")]);
    await chooser.setFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("noted") });
    await page.getByRole("button", { name: "note.txt" }).waitFor();
    await channel.isAccessible();
    await channel.press("Enter");
    await channel.count(1);
    const text = await channel.last.locator("pre").innerText();
    const sent = JSON.parse(text);
    const values = Object.fromEntries(sent.options[0].options.map((option) => [option.name, option.value]));
    assert.equal(values.text, "abc");
    assert.equal(values.choice, 1);
    assert.equal(values.number, 9.25);
    assert.equal(values.flag, false);
    assert.equal(values.completed, "value-2");
    assert.equal(sent.resolved.users[values.person].global_name, "Bruno");
    assert.equal(sent.resolved.roles[values.role].id, "5");
    assert.equal(sent.resolved.attachments[values.file].filename, "note.txt");
    assert.ok(sent.resolved.channels[values.channel]);
  }));

test("the line: names in the person's language, backspace, history, mistakes", () =>
  open({ locale: "en-GB" }, async (channel) => {
    const { page } = channel;
    await channel.type("hello");
    await channel.press("Enter");
    assert.match(await page.locator("#problem").innerText(), /begin with \//);
    await page.locator("#text").fill("");
    await channel.type("/nothing here");
    await channel.press("Enter");
    assert.match(await page.locator("#problem").innerText(), /no command \/nothing/);
    await page.locator("#text").fill("");
    await channel.type("/");
    assert.match(await channel.suggestions.first().innerText(), /\/demo long/);
    // Only moderators are offered the second command.
    assert.equal(await channel.suggestions.filter({ hasText: "/moderate" }).count(), 0);
    await page.locator("#text").fill("");
    await channel.become({ person: "Bruno (Moderators)" });
    await channel.send("/moderate");
    await channel.become({ person: "Amina" });
    await channel.count(1);
    await channel.type("/demo options writing:abc person:bruno");
    assert.deepEqual(await page.locator(".pill-name").allInnerTexts(), ["writing", "person"]);
    await channel.press("Escape");
    await page.locator(".pill-remove").click();
    assert.deepEqual(await page.locator(".pill-name").allInnerTexts(), ["writing"]);
    await channel.press("Backspace", "Backspace", "Backspace", "Backspace");
    assert.equal(await page.locator("#text").inputValue(), "/demo options");
    await channel.press("Escape", "Escape");
    await channel.send("/demo options writing:abc");
    await channel.press("ArrowUp");
    assert.equal(await page.locator("#text").inputValue(), "/demo options writing:abc");
    await channel.press("Enter");
    await channel.count(3);
    await channel.type("/demo long surplus");
    await channel.press("Enter");
    assert.match(await page.locator("#problem").innerText(), /takes no free text/);
    // Names fall back as on Discord: from Latin America to Spain, from German to the default.
    await channel.become({ locale: "Español, LATAM" });
    await channel.type("/demo options ");
    assert.deepEqual(await page.locator(".pill-name").allInnerTexts(), ["escrito"]);
    await channel.become({ locale: "Deutsch" });
    await channel.type("/demo options ");
    assert.deepEqual(await page.locator(".pill-name").allInnerTexts(), ["text"]);
  }));

test("other sites can neither act, nor read, nor show the page", () =>
  open(english, async (channel) => {
    const { page } = channel;
    const home = new URL(process.env.PAGE_URL);
    // A site that the browser believes to be elsewhere; it has this browser's cookies and even knows the key.
    const other = await page.context().newPage();
    await other.route("https://elsewhere.example/**", (route) => route.fulfill({ contentType: "text/html", body: "<p>elsewhere</p>" }));
    await other.goto("https://elsewhere.example/");
    const act = { who: { person: 0, place: "guild" }, act: { kind: "run", path: "demo rows", options: [] } };
    const tried = await other.evaluate(
      async ([origin, key, body]) => {
        const tell = (promise) => promise.then((response) => `${response.type} ${response.status}`, (error) => error.name);
        const post = { method: "POST", credentials: "include", body };
        return {
          act: await tell(fetch(`${origin}/_page/api/act${key}`, { ...post, headers: { "content-type": "application/json" } })),
          read: await tell(fetch(`${origin}/_page/api/place${key}`, { credentials: "include" })),
        };
      },
      [home.origin, home.search, JSON.stringify(act)],
    );
    assert.deepEqual(tried, { act: "TypeError", read: "TypeError" });
    await other.evaluate(([origin, key, body]) => fetch(`${origin}/_page/api/act${key}`, { method: "POST", mode: "no-cors", body }).catch(() => {}), [
      home.origin,
      home.search,
      JSON.stringify(act),
    ]);
    await other.evaluate(async (address) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
      document.body.append(frame);
      await loaded;
    }, home.href);
    const shown = await Promise.all(other.frames().map((frame) => frame.locator("#composer").count()));
    assert.deepEqual(shown, [0, 0]);
    await other.close();
    // Nothing came of it.
    await channel.send("/demo rows");
    await channel.count(1);
  }));
