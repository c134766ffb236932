// Reads an array of NGSI-LD entities (simplified representation) from standard input and validates each against the schema of its type, a file TYPE.json in the
// folder named as argument; $ref to other schemas are resolved in that folder only. Prints "valid N", or a line "id /path message" for each error.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const Ajv = require("ajv/dist/2020");

const folder = process.argv[2];
const load = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));

// The schemas have words of their own (x-ngsi, units), and formats, which ajv knows here by simple rules.
const ajv = new Ajv({ allErrors: true, strict: false });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat("uri", (text) => URL.canParse(text));
ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
ajv.addFormat("ipv4", /^\d+(\.\d+){3}$/);
ajv.addFormat("ipv6", /:/);
ajv.addFormat("idn-email", /@/);
ajv.addSchema(load("common-schema.json"), "https://smart-data-models.github.io/data-models/common-schema.json");
ajv.addSchema(load("device-schema.json"), "https://smart-data-models.github.io/dataModel.Device/device-schema.json");
ajv.addSchema(load("Environment-schema.json"), "https://raw.githubusercontent.com/smart-data-models/dataModel.Environment/master/Environment-schema.json");

const validators = {};
const entities = JSON.parse(fs.readFileSync(0, "utf8"));
let faults = 0;
for (const entity of entities) {
  const validate = (validators[entity.type] ??= ajv.compile(load(entity.type + ".json")));
  if (!validate(entity)) {
    for (const error of validate.errors) {
      faults++;
      console.log(`${entity.id} ${error.instancePath} ${error.message}`);
    }
  }
}
if (faults === 0) console.log("valid " + entities.length);
