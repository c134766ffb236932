// Reads a JSON document from standard input and says whether it is valid for the JSON Schema (2020-12) in the file named as argument:
// prints "valid", or a line "/path message" for each error.
"use strict";
const fs = require("node:fs");
const Ajv = require("ajv/dist/2020");

const schema = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const document = JSON.parse(fs.readFileSync(0, "utf8"));
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
if (validate(document)) {
  console.log("valid");
} else {
  for (const error of validate.errors) console.log(error.instancePath + " " + error.message);
}
