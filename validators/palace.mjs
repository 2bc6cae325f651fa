// Reads a catalogue of OPDS 2.0 as Palace's reading app does: node palace.mjs opds.json
// Its reader is Python that is newer than what Briefpress needs, and so runs in Pyodide's.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const READ = `
import json, sys
sys.path.insert(0, "/palace")
from palace.opds.opds2 import PublicationFeed

def links(found):
    return [{"href": link.href, "type": link.type, "rel": list(link.rels)} for link in found]

def read(catalogue):
    return json.dumps([
        {
            "title": str(each.metadata.title),
            "language": list(each.metadata.languages),
            "links": links(each.links),
            "images": links(each.images),
        }
        for each in PublicationFeed.model_validate_json(catalogue).publications
    ])

read
`;

const python = await loadPyodide();
python.mountNodeFS("/palace", fileURLToPath(new URL(".palace", import.meta.url)));
const read = python.runPython(READ);
const catalogue = readFileSync(process.argv[2], "utf8");
try {
  console.log(JSON.stringify({ publications: JSON.parse(read(catalogue)) }));
} catch (error) {
  console.log(JSON.stringify({ refused: error.message.trim() }));
}
