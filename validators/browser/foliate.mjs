// Reads EPUBs with foliate-js from the first page to the last, in light and in dark, and says what was
// seen: node foliate.mjs FOLDER FILE…, where the FOLDER gets a picture of each page.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const FOLIATE = dirname(createRequire(import.meta.url).resolve("foliate-js/view.js"));
const ORIGIN = "https://reader.invalid"; // nothing is there: every request is answered below
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".epub": "application/epub+zip" };
const MOST_PAGES = 5000;

// foliate-js paints the background of the first chapter a frame before it has its view.
const ITS_OWN_FAULT = /null \(reading 'docBackground'\)/;

// Answers requests from the files of the reading app and from the book, and notes all others.
async function serve(context, book, faults) {
  await context.route("**", async (route) => {
    const { pathname, origin } = new URL(route.request().url());
    const name = decodeURIComponent(pathname);
    const path = name === "/book.epub" ? book
      : name.startsWith("/foliate-js/") ? join(FOLIATE, name.slice("/foliate-js/".length))
      : join(HERE, basename(name));
    if (origin === ORIGIN)
      return route.fulfill({ body: await readFile(path), contentType: TYPES[extname(path)] });
    faults.push(`it asks for ${route.request().url()}`);
    return route.abort();
  });
}

async function readThrough(tab, picture) {
  const pages = [];
  for (let page = await tab.evaluate(() => reader.page()); ; page = await tab.evaluate(() => reader.page())) {
    const path = picture(pages.length);
    await tab.screenshot({ path });
    const notes = [];
    for (const call of page.calls) notes.push({ ...call, text: await openNote(tab, call) });
    pages.push({ picture: path, marks: page.marks, notes, at: page.at });
    if (page.last || pages.length > MOST_PAGES) return { pages, ended: page.last };
    await tab.evaluate(() => reader.turn());
  }
}

// A finger on a footnote's number: the text of what pops up, or null.
async function openNote(tab, { middle, centre }) {
  await tab.mouse.click(middle, centre);
  const text = await tab.evaluate(() => reader.note()).catch(() => null);
  await tab.evaluate(() => reader.closeNote());
  return text;
}

async function read(browser, book, scheme, picture) {
  const reading = { book, scheme, ended: false, pages: [], contents: [], pageList: [], faults: [] };
  const context = await browser.newContext({
    colorScheme: scheme, viewport: { width: 600, height: 800 }, deviceScaleFactor: 2,
  });
  await serve(context, book, reading.faults);
  const tab = await context.newPage();
  tab.on("pageerror", (error) => ITS_OWN_FAULT.test(error) || reading.faults.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && reading.faults.push(message.text()));
  await tab.goto(`${ORIGIN}/reader.html`);
  await readAll(tab, reading, picture).catch((error) => reading.faults.push(String(error)));
  await context.close();
  return reading;
}

async function readAll(tab, reading, picture) {
  const lists = await tab.evaluate(() => reader.open("/book.epub"));
  Object.assign(reading, await readThrough(tab, picture));
  for (const entry of lists.contents) reading.contents.push(await follow(tab, entry));
  for (const entry of lists.pages) reading.pageList.push(await follow(tab, entry));
  for (const file of await tab.evaluate(() => reader.restless()))
    reading.faults.push(`${file}: its pages never come to rest; does it ask how wide the screen is?`);
}

const follow = (tab, entry) => tab.evaluate((one) => reader.follow(one), entry);

const [folder, ...books] = process.argv.slice(2);
const browser = await launch();
const readings = [];
for (const [number, book] of books.entries())
  for (const scheme of ["light", "dark"])
    readings.push(await read(browser, book, scheme, (page) => join(folder, `${number}-${scheme}-${page}.png`)));
await browser.close();
console.log(JSON.stringify({ readings }));
