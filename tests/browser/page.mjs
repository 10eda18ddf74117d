// The browser, and a page of the local Discord in it.
//
// Every page must stay quiet: an error in the console, a request to anywhere but the local Discord, or a text that was
// run as a script fails the test that opened it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A desk's screen and a phone's. */
export const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** Each size in each theme. */
export const SCREENS = Object.keys(SIZES).flatMap((size) => ["light", "dark"].map((scheme) => ({ size, scheme })));

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser = null;

/** Starts the browser once for a file of tests; playwright gives it a new and empty profile. */
export async function start() {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
}

export async function stop() {
  await browser?.close();
}

/** Opens the page of `PAGE_URL`; `run` acts in it. */
export async function open({ size = "desktop", locale = "fr-FR", scheme = "light", touch = false } = {}, run) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    locale,
    colorScheme: scheme,
    hasTouch: touch,
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const noise = [];
  const home = new URL(process.env.PAGE_URL).origin;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) noise.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => noise.push(`error: ${error.stack}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith("data:")) noise.push(`request: ${request.url()}`);
  });
  page.setDefaultTimeout(20_000);
  // The browser must know before a key is pressed that its dialog for files is ours: told only then, the key may overtake
  // that, and the dialog opens where nobody sees it.
  page.on("filechooser", () => {});
  try {
    await page.goto(process.env.PAGE_URL);
    const channel = new Channel(page);
    await channel.settled();
    await page.waitForFunction(() => document.activeElement?.id === "text");
    await run(channel);
    assert.equal(await page.evaluate(() => window.hacked), undefined, "a text was run as a script");
    assert.deepEqual(noise, []);
  } catch (error) {
    if (process.env.FAILURES) await page.screenshot({ path: `${process.env.FAILURES}/${Date.now()}.png` });
    // What the page complained about is often the cause.
    for (const one of noise) console.log(one);
    throw error;
  } finally {
    await context.close();
  }
}

/** The page, as a person uses it. */
export class Channel {
  constructor(page) {
    this.page = page;
    this.keyboard = page.keyboard;
    this.found = 0;
  }

  /** Waits until the channel is shown; what stands in it then was left by other tests. */
  async settled() {
    await this.page.locator("#log:not([aria-busy]) #offers li").first().waitFor();
    this.found = await this.messages.count();
  }

  get messages() {
    return this.page.getByRole("article");
  }

  /** The newest message. */
  get last() {
    return this.messages.last();
  }

  get suggestions() {
    return this.page.locator("#suggestion-list [role=option]");
  }

  async type(text) {
    await this.keyboard.type(text);
  }

  async press(...keys) {
    for (const key of keys) await this.keyboard.press(key);
  }

  /** Types a line, sends it, and waits for one more message. */
  async send(line) {
    const before = await this.messages.count();
    await this.type(line);
    await this.press("Enter");
    await this.count(before + 1 - this.found);
    return this.page.locator(`#${await this.last.getAttribute("id")}`);
  }

  /** Waits until there are so many messages besides those that were found. */
  async count(count) {
    await this.page.waitForFunction((count) => document.querySelectorAll("article").length === count, this.found + count);
  }

  /** A message besides those that were found, the oldest first. */
  message(index) {
    return this.messages.nth(this.found + index);
  }

  /** Chooses who, in which language, and where one is. */
  async become(settings) {
    const panel = this.page.locator("#settings");
    const covered = !(await panel.isVisible());
    if (covered) await this.page.locator("#open-settings").click();
    for (const [id, label] of Object.entries(settings)) await this.page.locator(`#${id}`).selectOption(label);
    if (covered) await panel.locator(".close").click();
    await this.page.locator("#log:not([aria-busy]) #offers li").first().waitFor();
    await this.page.locator("#text").focus();
  }

  /** Asserts that axe-core finds no serious or critical fault. */
  async isAccessible() {
    // The policy of the page lets nothing be added to it, so axe comes in through the debugger.
    if (!(await this.page.evaluate(() => "axe" in window))) await this.page.evaluate(AXE);
    const found = await this.page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], preload: false }));
    const grave = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const told = grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join("\n")}`);
    assert.deepEqual(told, []);
  }

  /** Asserts that nothing is wider than the window. */
  async fits() {
    const wide = await this.page.evaluate(() => {
      const limit = document.documentElement.clientWidth + 1;
      const out = [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > limit && !one.closest("pre, .unseen"));
      return out.slice(0, 3).map((one) => one.outerHTML.slice(0, 200));
    });
    assert.deepEqual(wide, []);
  }
}

/** Waits until `look` gives what is wanted. */
export async function eventually(look, wanted) {
  let found;
  for (let tries = 0; tries < 200; tries += 1) {
    found = await look();
    try {
      assert.deepEqual(found, wanted);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  assert.deepEqual(found, wanted);
}
