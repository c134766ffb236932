// Reads {"schema": ..., "documents": [...]} from standard input; writes one line of JSON: for each document whether ajv finds it valid.
// Fails when the schema is not a valid JSON Schema (draft 2020-12) in ajv's strict mode.
"use strict";

const Ajv = require("ajv/dist/2020");

let input = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => { input += chunk; });
process.stdin.on("end", () => {
  const { schema, documents } = JSON.parse(input);
  // strictTypes and strictRequired are matters of style: the schema says "type" once, and "required" alone within oneOf.
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: false });
  ajv.addVocabulary(["x-minimum", "x-maximum", "x-multipleOf", "x-german"]);
  const validate = ajv.compile(schema);
  process.stdout.write(JSON.stringify(documents.map((document) => validate(document))));
});
