// The side panel: what was sent, what came back, and what Discord would say of it.
//
// DOCUMENT says whether the playground was given Discord's published API document ("given"), one that refuses every
// answer ("strict"), or none ("absent").

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { eventually, open, start, stop } from "./page.mjs";

before(start);
after(stop);

const WORDS = {
  given: ["Discord's documented limits: accepted", "Discord's published API document: accepted"],
  absent: [
    "Discord's documented limits: accepted",
    "Discord's published API document: not asked, since it was not given at the start. The documented limits, built in, judged alone.",
  ],
}[process.env.DOCUMENT];

const STRICT = process.env.DOCUMENT === "strict";

test("what the document refuses is told with the reason", { skip: !STRICT }, () =>
  open({ locale: "en-US" }, async (channel) => {
    const detail = channel.page.locator("#inspector #detail");
    await channel.type("/rcp about");
    await channel.press("Enter");
    await detail.getByText(/^refused \(400\) after [\d.]+ ms$/).first().waitFor();
    const bad = detail.locator(".verdicts > .bad").first();
    assert.match(await bad.innerText(), /^Discord's published API document: refused\n[\s\S]*missing properties 'approval'/);
    assert.equal(await detail.locator(".verdicts > .good").first().innerText(), "Discord's documented limits: accepted");
    // Refused as Discord refuses, it never comes.
    await channel.page.getByText("The application did not respond").waitFor();
    await channel.count(0);
    await channel.isAccessible();
  }));

test("what was sent, what came back, and the verdict", { skip: STRICT }, () =>
  open({ locale: "en-US" }, async (channel) => {
    const panel = channel.page.locator("#inspector");
    await channel.type("/rcp region Africa");
    await eventually(() => channel.suggestions.allInnerTexts(), ["Africa"]);
    await channel.press("Enter");
    await channel.count(1);
    const detail = panel.locator("#detail");
    const verdicts = detail.locator(".verdicts > li");
    await eventually(() => verdicts.allInnerTexts(), WORDS);
    await detail.getByText(/^taken \(204\) after [\d.]+ ms$/).waitFor();
    const [callback, sent] = await detail.locator("pre").allInnerTexts();
    assert.equal(JSON.parse(callback).type, 4);
    assert.equal(JSON.parse(sent).data.name, "rcp");
    // Completions are listed on demand.
    const listed = () => panel.locator("#interaction option").allInnerTexts();
    assert.equal((await listed()).some((line) => /completion/.test(line)), false);
    await panel.locator("#completions").check();
    assert.equal((await listed()).some((line) => /completion/.test(line)), true);
    await channel.isAccessible();
    // What is pressed is judged too.
    await panel.locator("#completions").uncheck();
    await channel.last.getByRole("combobox", { name: "See another region…" }).focus();
    await channel.press("Enter", "Enter");
    await eventually(async () => JSON.parse((await detail.locator("pre").allInnerTexts()).at(-1)).data.custom_id?.startsWith("rcp:"), true);
    await eventually(() => verdicts.allInnerTexts(), WORDS);
  }));
