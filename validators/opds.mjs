// Reads OPDS catalogues as reading apps of Readium do: node opds.mjs opds.json opds.xml
// Prints what each publication was read as; OPDS 1.2 becomes OPDS 2.0 on the way.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const { initGlobalConverters_OPDS } = require("r2-opds-js/dist/es6-es2015/src/opds/init-globals");
const { initGlobalConverters_GENERIC } = require("r2-shared-js/dist/es6-es2015/src/init-globals");
const { OPDSFeed } = require("r2-opds-js/dist/es6-es2015/src/opds/opds2/opds2");
const { OPDS } = require("r2-opds-js/dist/es6-es2015/src/opds/opds1/opds");
const { convertOpds1ToOpds2 } = require("r2-opds-js/dist/es6-es2015/src/opds/converter");
const { TaJsonDeserialize } = require("r2-lcp-js/dist/es6-es2015/src/serializable");
const { XML } = require("r2-utils-js/dist/es6-es2015/src/_utils/xml-js-mapper");
const { DOMParser } = require("@xmldom/xmldom");

initGlobalConverters_OPDS();
initGlobalConverters_GENERIC();

const readers = {
  json: (text) => TaJsonDeserialize(JSON.parse(text), OPDSFeed),
  xml: (text) => convertOpds1ToOpds2(XML.deserialize(new DOMParser().parseFromString(text, "application/xml"), OPDS)),
};
const link = ({ Href, TypeLink, Rel }) => ({ href: Href, type: TypeLink, rel: Rel ?? [] });
const publication = ({ Metadata, Links, Images }) => ({
  title: Metadata.Title,
  identifier: Metadata.Identifier,
  language: Metadata.Language,
  links: Links.map(link),
  images: (Images ?? []).map(link),
});
const catalogues = process.argv.slice(2).map((file) =>
  readers[file.split(".").pop()](readFileSync(file, "utf8")).Publications.map(publication));
console.log(JSON.stringify({ catalogues }));
