// Payload codec of the street-light pole for LoRaWAN network servers (TS013: decodeUplink, encodeDownlink, decodeDownlink; ECMAScript 5).
// Made from firmware/PoleController/Messages/messages.yaml by host-tools/MessageGenerator; do not edit. MIT licence.
// Results carry the names of the schema; docs/messages.md says what they mean. Values that are unknown are null.

// A field: its name; its bits with their kind (u number, i number with a sign, f flag, e enum, h bytes); then @enum, *scale, smallest..largest, ?unknown,
// =constant, ~field value:range range (a range that depends on another field), #group (counts its items), xN (N values).
var SCHEMA = /*SCHEMA*/;

function parseRange(text) {
  var ends = text.split('..');
  return [Number(ends[0]), Number(ends[1])];
}

// The numbers that the bits hold, without the one for unknown at an end, times the scale.
function wholeRange(field) {
  var lowest = field.kind === 'i' ? -Math.pow(2, field.bits - 1) : 0;
  var highest = Math.pow(2, field.kind === 'i' ? field.bits - 1 : field.bits) - 1;
  var first = (lowest + (field.unknown === lowest ? 1 : 0)) * field.scale;
  var last = (highest - (field.unknown === highest ? 1 : 0)) * field.scale;
  return first < last ? [first, last] : [last, first];
}

function parseField(text) {
  var words = text.split(' ');
  var field = { name: words[0], kind: words[1].charAt(0), bits: Number(words[1].substring(1)), scale: 1 };
  for (var i = 2; i < words.length; i++) {
    var mark = words[i].charAt(0);
    var rest = words[i].substring(1);
    if (mark === '@') {
      field.values = SCHEMA.enums[rest];
    } else if (mark === '*') {
      field.scale = Number(rest);
    } else if (mark === '?') {
      field.unknown = Number(rest);
    } else if (mark === '=') {
      field.constant = Number(rest);
    } else if (mark === '~') {
      field.rangeBy = { field: rest, ranges: {} };
    } else if (mark === '#') {
      field.countOf = rest;
    } else if (mark === 'x') {
      field.repeat = Number(rest);
    } else if (words[i].indexOf(':') > 0) {
      field.rangeBy.ranges[words[i].split(':')[0]] = parseRange(words[i].split(':')[1]);
    } else {
      field.range = parseRange(words[i]);
    }
  }
  field.range = field.range || wholeRange(field);
  return field;
}

function parseFields(list) {
  for (var i = 0; i < list.length; i++) {
    list[i] = parseField(list[i]);
  }
}

// Makes objects of the strings above, once.
(function () {
  var i;
  var j;
  for (var name in SCHEMA.enums) {
    var names = SCHEMA.enums[name].split(' ');
    SCHEMA.enums[name] = {};
    for (i = 1; i < names.length; i++) {
      SCHEMA.enums[name][names[i]] = Number(names[0]) + i - 1;
    }
  }
  SCHEMA.sequence = parseField(SCHEMA.sequence);
  for (var id in SCHEMA.entries) {
    parseFields(SCHEMA.entries[id].fields);
  }
  var messages = SCHEMA.uplinks.concat(SCHEMA.commands);
  for (i = 0; i < messages.length; i++) {
    parseFields(messages[i].fields);
    if (messages[i].points || messages[i].entries) {
      parseFields((messages[i].points || messages[i].entries).fields);
    }
  }
  for (i = 0; i < SCHEMA.sections.length; i++) {
    var items = SCHEMA.sections[i].items;
    for (j = 0; j < items.length; j++) {
      if (items[j].group) {
        parseFields(items[j].fields);
      } else {
        items[j] = parseField(items[j]);
      }
    }
  }
})();

function fail(code, text) {
  return { code: code, text: code + ': ' + text };
}

// Reads a number, most significant bit first. Multiplies instead of shifting: 32 bits do not fit a signed shift.
function readNumber(bytes, bit, count, isSigned) {
  var value = 0;
  for (var i = bit; i < bit + count; i++) {
    value = value * 2 + ((bytes[i >> 3] >> (7 - (i & 7))) & 1);
  }
  return isSigned && value >= Math.pow(2, count - 1) ? value - Math.pow(2, count) : value;
}

function writeNumber(bytes, bit, count, number) {
  var rest = number < 0 ? number + Math.pow(2, count) : number;
  for (var i = bit + count - 1; i >= bit; i--) {
    if (rest % 2 === 1) {
      bytes[i >> 3] |= 128 >> (i & 7);
    }
    rest = Math.floor(rest / 2);
  }
}

function countBits(fields) {
  var bits = 0;
  for (var i = 0; i < fields.length; i++) {
    bits += fields[i].bits;
  }
  return bits;
}

function rangeOf(field, group) {
  var ranges = field.rangeBy ? field.rangeBy.ranges : {};
  var key = field.rangeBy ? group[field.rangeBy.field] : '';
  return ranges.hasOwnProperty(key) ? ranges[key] : field.range;
}

// From the number on the wire to the value; undefined when it is not valid.
function toValue(field, number, group) {
  if (field.kind === 'f') {
    return number > 1 ? undefined : number === 1;
  }
  if (field.values) {
    for (var name in field.values) {
      if (field.values.hasOwnProperty(name) && field.values[name] === number) {
        return name;
      }
    }
    return undefined;
  }
  if (number === field.unknown) {
    return null;
  }
  var value = number * field.scale;
  var range = rangeOf(field, group);
  return value >= range[0] && value <= range[1] ? value : undefined;
}

// From the value to the number on the wire; throws what is wrong.
function toNumber(field, value, group) {
  if (value === undefined || (value === null && field.unknown === undefined)) {
    throw fail('notEncodable', field.name + ' is missing');
  }
  if (value === null) {
    return field.unknown;
  }
  if (field.values) {
    var values = field.values;
    if (typeof value !== 'string' || !values.hasOwnProperty(value)) {
      throw fail('notEncodable', field.name + ' is ' + value + ', must be one of ' + Object.keys(values).join(', '));
    }
    return values[value];
  }
  if (field.kind === 'f') {
    if (typeof value !== 'boolean') {
      throw fail('notEncodable', field.name + ' must be true or false');
    }
    return value ? 1 : 0;
  }
  var range = rangeOf(field, group);
  if (typeof value !== 'number' || !(value >= range[0] && value <= range[1]) || value % field.scale !== 0) {
    throw fail('notEncodable', field.name + ' is ' + value + ', must be ' + range[0] + ' to ' + range[1] + ' in steps of ' + Math.abs(field.scale));
  }
  return value / field.scale;
}

// Reads fields into a group; throws at the first that is not valid. Constants are checked and left out.
function readGroup(bytes, bit, fields, group, firstIndex) {
  for (var i = 0; i < fields.length; i++) {
    var field = fields[i];
    var number = readNumber(bytes, bit, field.bits, field.kind === 'i');
    var value = toValue(field, number, group);
    var isWrong = value === undefined || (field.constant !== undefined && value !== field.constant);
    if (isWrong) {
      throw fail('outOfRange', 'field ' + (firstIndex + i) + ' (' + field.name + ') is ' + number + ' on the wire');
    }
    if (field.constant === undefined) {
      group[field.name] = value;
    }
    bit += field.bits;
  }
}

function writeGroup(bytes, bit, fields, group) {
  for (var i = 0; i < fields.length; i++) {
    var field = fields[i];
    writeNumber(bytes, bit, field.bits, field.constant === undefined ? toNumber(field, group[field.name], group) : field.constant);
    bit += field.bits;
  }
}

function refuseOthers(group, fields, alsoKnown) {
  for (var key in group) {
    var isKnown = alsoKnown.indexOf(key) >= 0;
    for (var i = 0; i < fields.length && !isKnown; i++) {
      isKnown = fields[i].name === key;
    }
    if (!isKnown) {
      throw fail('notEncodable', key + ' is no field here');
    }
  }
}

// Judges the length: whole points to the end, at most so many.
function checkLength(length, fixedLength, points) {
  var pointLength = points ? countBits(points.fields) / 8 : 0;
  var rest = length - fixedLength;
  if (rest > (points ? points.maximum * pointLength : 0)) {
    throw fail('tooLong', length + ' bytes');
  }
  if (rest < 0 || (points && rest % pointLength !== 0)) {
    throw fail('tooShort', length + ' bytes');
  }
  return points ? rest / pointLength : 0;
}

function readUplink(bytes, port) {
  for (var i = 0; i < SCHEMA.uplinks.length; i++) {
    var message = SCHEMA.uplinks[i];
    if (message.port === port) {
      var data = { message: message.name };
      var length = countBits(message.fields) / 8;
      checkLength(message.entries ? Math.min(bytes.length, length) : bytes.length, length, null);
      readGroup(bytes, 0, message.fields, data, 0);
      if (message.entries) {
        data.entries = readEntries(bytes, length, message.entries);
      }
      return data;
    }
  }
  throw fail('unknownPort', 'port ' + port + ' carries no uplink');
}

// Entries of several kinds, to the end of the payload.
function readEntries(bytes, offset, entries) {
  var list = [];
  while (offset < bytes.length) {
    if (list.length === entries.maximum) {
      throw fail('tooLong', bytes.length + ' bytes');
    }
    list.push(readEntry(bytes, offset, entries));
    offset += entryLength(bytes, offset, entries);
  }
  return list;
}

function findKind(entries, id) {
  if (entries.kinds.indexOf(id) < 0) {
    throw fail('outOfRange', 'there is no entry with id ' + id);
  }
  return SCHEMA.entries[id];
}

function entryLength(bytes, offset, entries) {
  return 1 + (countBits(entries.fields) + countBits(findKind(entries, bytes[offset]).fields)) / 8;
}

// What every entry has must be there before its kind is judged, as on the pole.
function readEntry(bytes, offset, entries) {
  var head = countBits(entries.fields);
  if (offset + 1 + head / 8 > bytes.length || offset + entryLength(bytes, offset, entries) > bytes.length) {
    throw fail('tooShort', bytes.length + ' bytes');
  }
  var kind = findKind(entries, bytes[offset]);
  var entry = { entry: kind.name };
  readGroup(bytes, (offset + 1) * 8, entries.fields, entry, 0);
  readGroup(bytes, (offset + 1) * 8 + head, kind.fields, entry, entries.fields.length);
  return entry;
}

function readCommand(bytes, port) {
  if (port !== SCHEMA.commandPort) {
    throw fail('unknownPort', 'port ' + port + ' carries no command');
  }
  if (bytes.length < 2) {
    throw fail('tooShort', bytes.length + ' bytes');
  }
  if (bytes[0] === SCHEMA.settingsId) {
    return readSettings(bytes);
  }
  for (var i = 0; i < SCHEMA.commands.length; i++) {
    var command = SCHEMA.commands[i];
    if (command.id === bytes[0]) {
      return readCommandFields(bytes, command);
    }
  }
  throw fail('unknownCommand', 'id ' + bytes[0]);
}

function readCommandFields(bytes, command) {
  var data = { command: command.name, sequence: bytes[1] };
  var bit = 16 + countBits(command.fields);
  var count = checkLength(bytes.length, bit / 8, command.points);
  readGroup(bytes, 16, command.fields, data, 0);
  if (command.points) {
    data.points = [];
    for (var i = 0; i < count; i++) {
      var point = {};
      readGroup(bytes, bit, command.points.fields, point, command.fields.length + i * command.points.fields.length);
      data.points.push(point);
      bit += countBits(command.points.fields);
    }
  }
  return data;
}

// The command that sets a section: the section's number, then its fields, counts and groups in their order.
function readSettings(bytes) {
  if (bytes.length < 3) {
    throw fail('tooShort', bytes.length + ' bytes');
  }
  for (var i = 0; i < SCHEMA.sections.length; i++) {
    var section = SCHEMA.sections[i];
    if (section.number === bytes[2]) {
      return { command: SCHEMA.settingsName, sequence: bytes[1], section: section.name, settings: readSection(bytes, section.items) };
    }
  }
  throw fail('outOfRange', 'there is no section ' + bytes[2]);
}

function readSection(bytes, items) {
  var settings = {};
  var counts = {};
  var wrong = null;
  var bit = 24;
  for (var i = 0; i < items.length; i++) {
    var item = items[i];
    var fields = item.group ? item.fields : [item];
    var count = item.group ? counts[item.group] : item.repeat || 1;
    var list = [];
    for (var k = 0; k < count; k++) {
      var length = countBits(fields);
      if (bit + length > bytes.length * 8) {
        throw fail('tooShort', bytes.length + ' bytes');
      }
      var group = item.group ? {} : settings;
      try {
        readValues(bytes, bit, fields, group, i);
      } catch (error) {
        wrong = wrong || error;
      }
      list.push(item.group ? group : group[item.name]);
      bit += length;
    }
    if (item.countOf) {
      counts[item.countOf] = bytes[bit / 8 - 1];
      delete settings[item.name];
      if (counts[item.countOf] > item.range[1]) {
        throw fail('outOfRange', item.name + ' is ' + counts[item.countOf]);
      }
    } else if (item.group || item.repeat) {
      settings[item.group || item.name] = list;
    }
  }
  if (bit < bytes.length * 8) {
    throw fail('tooLong', bytes.length + ' bytes');
  }
  if (wrong) {
    throw wrong;
  }
  return settings;
}

function readValues(bytes, bit, fields, group, index) {
  if (fields[0].kind !== 'h') {
    readGroup(bytes, bit, fields, group, index);
    return;
  }
  var text = '';
  for (var i = bit / 8; i < (bit + fields[0].bits) / 8; i++) {
    text += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16);
  }
  group[fields[0].name] = text;
}

function writeSettings(data) {
  for (var i = 0; i < SCHEMA.sections.length; i++) {
    var section = SCHEMA.sections[i];
    if (section.name === data.section) {
      refuseOthers(data, [], ['command', 'sequence', 'section', 'settings']);
      var bytes = [SCHEMA.settingsId, 0, section.number];
      writeNumber(bytes, 8, 8, toNumber(SCHEMA.sequence, data.sequence, data));
      writeSection(bytes, section.items, data.settings || {});
      return bytes;
    }
  }
  throw fail('notEncodable', 'there is no section ' + data.section);
}

function listOf(settings, name, smallest, largest) {
  var list = settings[name];
  if (!Array.isArray(list) || list.length < smallest || list.length > largest) {
    throw fail('notEncodable', name + ' must be a list of ' + (smallest < largest ? 'at most ' : '') + largest);
  }
  return list;
}

function writeSection(bytes, items, settings) {
  var known = [];
  for (var i = 0; i < items.length; i++) {
    var item = items[i];
    var k;
    known.push(item.group || item.countOf || item.name);
    if (item.group) {
      var list = listOf(settings, item.group, 0, item.maximum);
      for (k = 0; k < list.length; k++) {
        refuseOthers(list[k], item.fields, []);
        for (var f = 0; f < item.fields.length; f++) {
          appendValue(bytes, item.fields[f], list[k][item.fields[f].name], list[k]);
        }
      }
    } else if (item.countOf) {
      appendValue(bytes, item, listOf(settings, item.countOf, 0, 255).length, settings);
    } else if (item.repeat) {
      var values = listOf(settings, item.name, item.repeat, item.repeat);
      for (k = 0; k < values.length; k++) {
        appendValue(bytes, item, values[k], settings);
      }
    } else {
      appendValue(bytes, item, settings[item.name], settings);
    }
  }
  refuseOthers(settings, [], known);
}

function appendValue(bytes, field, value, group) {
  var bit = bytes.length * 8;
  var number = 0;
  if (field.kind === 'h') {
    if (typeof value !== 'string' || value.length * 4 !== field.bits || !/^[0-9a-fA-F]*$/.test(value)) {
      throw fail('notEncodable', field.name + ' must be ' + field.bits / 4 + ' hexadecimal digits');
    }
    for (var i = 0; i < value.length; i += 2) {
      bytes.push(parseInt(value.substring(i, i + 2), 16));
    }
    return;
  }
  number = toNumber(field, value, group);
  for (var k = 0; k < field.bits / 8; k++) {
    bytes.push(0);
  }
  writeNumber(bytes, bit, field.bits, number);
}

function writeCommand(data) {
  if (data.command === SCHEMA.settingsName) {
    return writeSettings(data);
  }
  for (var i = 0; i < SCHEMA.commands.length; i++) {
    if (SCHEMA.commands[i].name === data.command) {
      return writeCommandFields(data, SCHEMA.commands[i]);
    }
  }
  throw fail('notEncodable', 'there is no command ' + data.command);
}

function writeCommandFields(data, command) {
  var points = command.points ? data.points : [];
  if (!Array.isArray(points) || (command.points && points.length > command.points.maximum)) {
    throw fail('notEncodable', 'points must be a list of at most ' + command.points.maximum);
  }
  var bit = 16 + countBits(command.fields);
  var pointBits = command.points ? countBits(command.points.fields) : 0;
  var bytes = [];
  while (bytes.length < (bit + points.length * pointBits) / 8) {
    bytes.push(0);
  }
  bytes[0] = command.id;
  refuseOthers(data, command.fields, command.points ? ['command', 'sequence', 'points'] : ['command', 'sequence']);
  writeNumber(bytes, 8, 8, toNumber(SCHEMA.sequence, data.sequence, data));
  writeGroup(bytes, 16, command.fields, data);
  for (var i = 0; i < points.length; i++) {
    refuseOthers(points[i], command.points.fields, []);
    writeGroup(bytes, bit + i * pointBits, command.points.fields, points[i]);
  }
  return bytes;
}

// Runs one of the functions above and puts what it throws where the network server looks for it.
function guarded(run) {
  try {
    return run();
  } catch (error) {
    return { errors: [error.text || String(error)], warnings: [] };
  }
}

function decodeUplink(input) {
  return guarded(function () {
    return { data: readUplink(input.bytes, input.fPort), errors: [], warnings: [] };
  });
}

function decodeDownlink(input) {
  return guarded(function () {
    return { data: readCommand(input.bytes, input.fPort), errors: [], warnings: [] };
  });
}

// Without a sequence number the command gets 0, and a warning: its answer cannot be told from others.
function encodeDownlink(input) {
  return guarded(function () {
    var data = {};
    var warnings = [];
    for (var key in input.data) {
      if (input.data.hasOwnProperty(key)) {
        data[key] = input.data[key];
      }
    }
    if (data.sequence === undefined) {
      data.sequence = 0;
      warnings.push('sequence is missing; 0 is sent');
    }
    return { bytes: writeCommand(data), fPort: SCHEMA.commandPort, errors: [], warnings: warnings };
  });
}
