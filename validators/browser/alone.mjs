// Opens web pages from disk, with and without script, and says what they ask for and what can't be
// read of them: node alone.mjs FILE…
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

// In the page: what holds words and isn't shown where it stands, links that lead nowhere, and text beside
// the page. Where a table is laid out as a list, its heads are for screen readers alone.
function read() {
  const faults = [];
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim().slice(0, 60);
  const shown = (element) => {
    element.scrollIntoView({ block: "center" });
    const [box] = [...element.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    const met = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return element.contains(met ?? null)
      && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const listed = ({ tagName, parentElement }) => tagName === "TH"
    && parentElement.closest("thead")
    && getComputedStyle(parentElement.closest("table").tBodies[0].rows[0].cells[0]).display === "block";
  const elements = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, time")]
    .filter((element) => words(element) && !element.closest("[hidden]") && !listed(element));
  for (const element of elements)
    if (!shown(element)) faults.push(`<${element.localName}> isn't shown: ${words(element)}`);
  const links = [...document.querySelectorAll("a[href^='#']")];
  for (const link of links)
    if (!document.getElementById(decodeURIComponent(link.hash.slice(1))))
      faults.push(`nothing is at ${link.hash}: ${words(link)}`);
  for (const picture of document.images)
    if (!picture.complete || !picture.naturalWidth) faults.push(`a picture isn't shown: ${picture.alt}`);
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`it is ${scrollWidth} px wide (WCAG 1.4.10)`);
  return { elements: elements.length + links.length + document.images.length, faults };
}

// The index shows the covers that are published below it. Nothing else may be asked for.
const isCover = (url, page) => page.endsWith("/index.html") && url.endsWith(".cover.png")
  && url.startsWith(new URL(".", page).href);

async function look(browser, page, script, width) {
  const context = await browser.newContext({
    javaScriptEnabled: script, viewport: { width, height: 900 },
  });
  const tab = await context.newPage();
  const address = pathToFileURL(page).href;
  const requests = [];
  tab.on("request", (request) => requests.push(request.url()));
  await tab.goto(address, { waitUntil: "networkidle" });
  const { elements, faults } = await tab.evaluate(read);
  await context.close();
  if (!elements) faults.push("there is nothing to read");
  const others = requests.filter((url) => url !== address && !url.startsWith("data:") && !isCover(url, address));
  faults.push(...others.map((url) => `it asks for ${url}`));
  const way = `${width} px, ${script ? "with" : "without"} script`;
  return { page, way, passed: elements - Math.min(elements, faults.length), faults };
}

const browser = await launch();
const looks = [];
for (const page of process.argv.slice(2))
  for (const script of [true, false])
    for (const width of [320, 1280]) looks.push(await look(browser, page, script, width));
await browser.close();
console.log(JSON.stringify({ looks }));
