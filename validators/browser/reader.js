// A reading app around foliate-js, as its README has it, in a page that foliate.mjs drives.
import "./foliate-js/view.js";
import { FootnoteHandler } from "./foliate-js/footnotes.js";

// What Foliate sets in a book: both colour schemes, and notes only as pop-ups.
const STYLES = `
  @namespace epub "http://www.idpf.org/2007/ops";
  html { color-scheme: light dark }
  aside[epub|type~="endnote"], aside[epub|type~="footnote"],
  aside[epub|type~="note"], aside[epub|type~="rearnote"] { display: none }
`;
const MARKS = "h1, h2, h3, h4, h5, h6, time, [data-edtf]"; // headings and dates; book.py has the same
const CALLS = "a[*|type~='noteref'], a[role~='doc-noteref']";

const [STILL, PATIENCE] = [3, 60]; // frames

const dialog = document.querySelector("dialog");
const footnotes = new FootnoteHandler();
let view;
const restless = new Set(); // files
let note = null; // the note that pops up, once it has

const frame = () => new Promise(requestAnimationFrame);

// The text is laid out once more when its fonts are there. Where it depends on how wide all columns are
// together (a media query on width), it may never come to rest.
async function settled() {
  await frame();
  await content().doc.fonts.ready;
  let same = 0;
  for (let frames = 0, before = null; same < STILL && frames < PATIENCE; frames += 1) {
    await frame();
    same = before === place() ? same + 1 : 0;
    before = place();
  }
  if (same < STILL) restless.add(file(content().index));
}

function place() {
  const { doc, index, at, page } = content();
  return JSON.stringify([index, at, page, doc.fonts.status]);
}

function content() {
  const [{ doc, index }] = view.renderer.getContents();
  const columns = doc.defaultView.frameElement;
  const page = columns.parentNode.parentNode.getBoundingClientRect();
  return { doc, index, at: columns.getBoundingClientRect(), page };
}

// The boxes of an element, one a line.
const boxes = (element) =>
  [...element.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);

// The parts of an element that are on the page now, where a reader's eye or finger meets them.
function parts(element) {
  const { doc, at, page } = content();
  return boxes(element).flatMap(({ x, y, width, height }, part) => {
    const [left, top] = [x + at.x, y + at.y];
    const [middle, centre] = [left + width / 2, top + height / 2];
    const met = doc.elementFromPoint(x + width / 2, y + height / 2);
    const inside = page.left <= left && left + width <= page.right + 1
      && page.top <= centre && centre <= page.bottom;
    return inside && element.contains(met)
      ? [{ part, x: left, y: top, width, height, middle, centre }] : [];
  });
}

const words = (element) => element.textContent;
const file = (index) => view.book.sections[index].id;

function marks() {
  const { doc, index } = content();
  return [...doc.querySelectorAll(MARKS)].flatMap((element, number) =>
    parts(element).map((part) => ({
      file: file(index), number, text: words(element), of: boxes(element).length, ...part,
    })));
}

function calls() {
  const { doc, index } = content();
  return [...doc.querySelectorAll(CALLS)].flatMap((element) =>
    parts(element).slice(0, 1).map((part) => ({ file: file(index), href: element.getAttribute("href"), ...part })));
}

// Goes where an entry of a list leads, and says whether that is on the page, and under which heading.
async function follow(entry) {
  if (!await view.goTo(entry.href)) return { ...entry, found: false, heading: null };
  await settled();
  const { doc } = content();
  const anchor = view.resolveNavigation(entry.href).anchor?.(doc);
  const target = anchor instanceof doc.defaultView.Element ? anchor : doc.body;
  const heading = target.matches(MARKS) ? target : target.querySelector(MARKS);
  const found = heading ? parts(heading).length > 0 : isOnPage(target);
  return { ...entry, found, heading: heading && words(heading), mark: target.ariaLabel };
}

// A page break is a mark without size: its place is what counts.
function isOnPage(element) {
  const { at, page } = content();
  const { x, y } = element.getBoundingClientRect();
  return page.left <= x + at.x + 1 && x + at.x < page.right
    && page.top <= y + at.y + 1 && y + at.y < page.bottom;
}

const flat = (list) => (list ?? []).flatMap(({ label, href, subitems }) => [{ label, href }, ...flat(subitems)]);

footnotes.addEventListener("before-render", ({ detail }) => {
  detail.view.style.cssText = "display: block; height: 100%";
  dialog.replaceChildren(detail.view);
  dialog.showModal();
});

function popUp(event) {
  note = new Promise((resolve, reject) => {
    footnotes.addEventListener("render", ({ detail: { view, target } }) =>
      resolve(target && view.renderer.getContents()[0].doc), { once: true });
    Promise.resolve(footnotes.handle(view.book, event)).catch(reject);
  });
}

globalThis.reader = {
  async open(name) {
    view = document.createElement("foliate-view");
    view.style.cssText = "display: block; height: 100%";
    document.body.append(view);
    await view.open(name);
    view.addEventListener("link", popUp);
    view.renderer.setAttribute("max-column-count", "1");
    view.renderer.setStyles(STYLES);
    await view.renderer.next();
    await settled();
    return { contents: flat(view.book.toc), pages: flat(view.book.pageList) };
  },
  page: () => ({ marks: marks(), calls: calls(), at: view.lastLocation.fraction, last: view.renderer.atEnd }),
  restless: () => [...restless],
  async turn() {
    await view.next();
    await settled();
  },
  follow,
  async note() {
    const shown = await note;
    await frame();
    return shown && shown.body.innerText;
  },
  closeNote() {
    note = null;
    dialog.firstChild?.close();
    dialog.replaceChildren();
    dialog.close();
  },
};
