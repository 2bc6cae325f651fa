// Asks axe-core about web pages: node axe.mjs FILE…
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function look(browser, page, scheme, width) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  await tab.addScriptTag({ path: AXE });
  const { passes, violations } = await tab.evaluate((tags) => axe.run({ runOnly: tags }), TAGS);
  await context.close();
  const faults = violations.map(({ id, impact, nodes }) =>
    `${id} (${impact}), ${nodes.length} times, first at ${nodes[0].target}: ${nodes[0].failureSummary}`);
  const passed = passes.reduce((sum, { nodes }) => sum + nodes.length, 0);
  return { page, way: `${scheme}, ${width} px`, passed, faults };
}

const browser = await launch();
const looks = [];
for (const page of process.argv.slice(2))
  for (const scheme of ["light", "dark"])
    for (const width of [320, 1280]) looks.push(await look(browser, page, scheme, width));
await browser.close();
console.log(JSON.stringify({ looks }));
