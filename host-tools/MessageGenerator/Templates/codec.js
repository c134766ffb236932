// Payload codec of the street-light pole for LoRaWAN network servers (TS013: decodeUplink, encodeDownlink, decodeDownlink; ECMAScript 5).
// Made from firmware/PoleController/Messages/messages.yaml by host-tools/MessageGenerator; do not edit. MIT licence.
// Results carry the names of the schema; docs/messages.md says what they mean. Values that are unknown are null.

var SCHEMA = /*SCHEMA*/;

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
  if (!field.rangeBy) {
    return field.range;
  }
  var ranges = field.rangeBy.ranges;
  var key = group[field.rangeBy.field];
  return ranges.hasOwnProperty(key) ? ranges[key] : field.rangeBy.otherwise;
}

// From the number on the wire to the value; undefined when it is not valid.
function toValue(field, number, group) {
  if (field.kind === 'flag') {
    return number === 1;
  }
  if (field.kind === 'enum') {
    var values = SCHEMA.enums[field['enum']];
    for (var name in values) {
      if (values.hasOwnProperty(name) && values[name] === number) {
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
  if (field.kind === 'enum') {
    var values = SCHEMA.enums[field['enum']];
    if (typeof value !== 'string' || !values.hasOwnProperty(value)) {
      throw fail('notEncodable', field.name + ' is ' + value + ', must be one of ' + Object.keys(values).join(', '));
    }
    return values[value];
  }
  if (field.kind === 'flag') {
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
    var number = readNumber(bytes, bit, field.bits, field.kind === 'int');
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
    offset += entryLength(bytes, offset, entries.kinds);
  }
  return list;
}

function findKind(kinds, id) {
  for (var i = 0; i < kinds.length; i++) {
    if (kinds[i].id === id) {
      return kinds[i];
    }
  }
  throw fail('outOfRange', 'there is no entry with id ' + id);
}

function entryLength(bytes, offset, kinds) {
  return 1 + countBits(findKind(kinds, bytes[offset]).fields) / 8;
}

// What every entry has must be there before its kind is judged, as on the pole.
function readEntry(bytes, offset, entries) {
  if (offset + entries.head > bytes.length || offset + entryLength(bytes, offset, entries.kinds) > bytes.length) {
    throw fail('tooShort', bytes.length + ' bytes');
  }
  var kind = findKind(entries.kinds, bytes[offset]);
  var entry = { entry: kind.name };
  readGroup(bytes, (offset + 1) * 8, kind.fields, entry, 0);
  return entry;
}

function readCommand(bytes, port) {
  if (port !== SCHEMA.commandPort) {
    throw fail('unknownPort', 'port ' + port + ' carries no command');
  }
  if (bytes.length < 2) {
    throw fail('tooShort', bytes.length + ' bytes');
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

function writeCommand(data) {
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
