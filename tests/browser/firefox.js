// @ts-check
/** The reader's journey in Firefox, by WebDriver BiDi: `node firefox.js PROGRAM ADDRESS`; prints what was seen as JSON. */
import { launch } from "puppeteer-core";

const [executablePath, address] = process.argv.slice(2);
const browser = await launch({ browser: "firefox", executablePath, headless: true });
const page = await browser.newPage();
/** @type {string[]} */
const complaints = [];
page.on("pageerror", (error) => complaints.push(String(error)));

const select = () => page.evaluate(() => {
  const text = document.querySelector("[data-field=body] em")?.firstChild;
  if (text) getSelection()?.setBaseAndExtent(text, 0, text, 8);
});
const press = async (/** @type {import("puppeteer-core").KeyInput} */ key) => {
  await page.keyboard.down("Control");
  await page.keyboard.press(key);
  await page.keyboard.up("Control");
};
const text = (/** @type {string} */ selector) => page.$eval(selector, (found) => found.textContent?.trim() ?? "");

/** Addresses with these words get no answer. @type {Set<string>} */
const broken = new Set();

/** Files come only the second time: one of the dialog's by the reader's second press, the others by themselves. */
async function failOnce() {
  await page.setRequestInterception(true);
  const once = new Set(["/reader/thanks", "/reader/my_suggestions"]);
  page.on("request", (request) => {
    const lost = [...once, ...broken].find((words) => request.url().includes(words));
    once.delete(lost ?? "");
    return lost ? request.abort() : request.continue();
  });
  broken.add("/shared/word_diff");
  await select();
  await press("Enter");
  await page.waitForSelector("[data-toast] a");
  broken.clear();
  return text("[data-toast]");
}

async function suggest() {
  await select();
  await press("Enter");
  const field = await page.waitForSelector("dialog[open] #suggestion-replacement", { visible: true });
  await page.waitForFunction(() => document.activeElement?.id === "suggestion-replacement");
  await press("a");
  await field?.type("probably");
  const seen = await page.evaluate(() => {
    const dialog = document.querySelector("dialog[open]");
    const box = (/** @type {Element | null | undefined} */ each) => each?.getBoundingClientRect();
    return {
      beside: (box(document.querySelector("[data-field=body]"))?.right ?? 0) <= (box(dialog)?.left ?? 0),
      height: box(dialog)?.height,
      fits: (dialog?.querySelector("textarea")?.scrollHeight ?? 0) <= (dialog?.querySelector("textarea")?.clientHeight ?? 0) + 1,
      removed: dialog?.querySelector("[data-diff] del")?.textContent,
      added: dialog?.querySelector("[data-diff] ins")?.textContent,
      marked: "highlights" in CSS ? [...CSS.highlights.get("passage") ?? []].map(String) : [document.querySelector("mark.passage")?.textContent],
    };
  });
  await page.click("[data-send]");
  await page.waitForSelector("dialog[open] [data-link]", { visible: true });
  const link = await page.$eval("dialog[open] [data-link]", (found) => found.getAttribute("href"));
  const thanks = await text("[data-thanks] h2");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { hidden: true });
  const listed = await text("[data-own] li [data-quote]");
  return { ...seen, link, thanks, listed };
}

try {
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(address);
  const failed = await failOnce();
  process.stdout.write(JSON.stringify({ failed, ...await suggest(), complaints }));
} finally {
  await browser.close();
}
