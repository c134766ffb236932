// Payload codec of the street-light pole for LoRaWAN network servers (TS013: decodeUplink, encodeDownlink, decodeDownlink; ECMAScript 5).
// Made from firmware/PoleController/Messages/messages.yaml by host-tools/MessageGenerator; do not edit. MIT licence.
// Results carry the names of the schema; docs/messages.md says what they mean. Values that are unknown are null.

var SCHEMA = {
  enums: {
    levelCause: {"start":0,"program":1,"occupancy":2,"override":3,"clockUnknown":4,"photocell":5,"powerReturnDelay":6,"failure":7},
    healthState: {"ok":0,"degraded":1,"failed":2},
    healthReason: {"none":0,"notFitted":1,"noAnswer":2,"implausible":3,"clockUnknown":4,"storeFailed":5,"defaultsInForce":6,"notProvisioned":7,"notJoined":8,"exception":9,"restartedTooOften":10},
    clockAccuracy: {"unknown":0,"within1Second":1,"within10Seconds":2,"within60Seconds":3,"within600Seconds":4,"worse":5},
    switchingReference: {"clock":0,"sunset":1,"civilDusk":2,"civilDawn":3,"sunrise":4},
    daylightSavingRule: {"none":0,"europeanUnion":1,"unitedStates":2},
    commandError: {"ok":0,"unknownCommand":1,"tooShort":2,"tooLong":3,"outOfRange":4,"notStored":5,"notPossibleNow":6},
    alarmKind: {"lampFailure":1,"dayBurner":2,"lightingFault":3,"occupancyFault":4,"meterFault":5,"settingsFault":6,"clockUnknown":7,"gearFailure":8,"unexpectedOff":9,"cycling":10,"powerTooHigh":11,"powerTooLow":12,"overTemperature":13,"supplyLoss":14,"gearFault":15,"fillLevelWarning":16,"fillLevelAlarm":17,"containerEmptied":18,"fillLevelFault":19,"waterWarning":20,"waterAlarm":21,"waterLevelFault":22,"airSensorFault":23,"airQualityPoor":24,"tilt":25,"impact":26,"doorOpen":27,"poleSensorFault":28,"serviceOpened":29,"serviceRefused":30,"restarted":31,"supplyLow":32,"emergencyProfile":33,"loadShedding":34,"storeFault":35,"neighbourFault":36,"boardOverheated":37},
    journalClass: {"event":0,"measurement":1}
  },
  commandPort: 11,
  sequence: {"name":"sequence","bits":8,"kind":"uint","scale":1,"range":[0,255]},
  uplinks: [
    {
      name: 'status', port: 10,
      fields: [
        {"name":"version","bits":8,"kind":"uint","scale":1,"range":[0,255],"constant":1},
        {"name":"levelPermille","bits":8,"kind":"uint","scale":10,"range":[0,1000]},
        {"name":"targetLevelPermille","bits":8,"kind":"uint","scale":10,"range":[0,1000]},
        {"name":"cause","bits":4,"kind":"enum","enum":"levelCause"},
        {"name":"lightingHealth","bits":2,"kind":"enum","enum":"healthState"},
        {"name":"occupancyHealth","bits":2,"kind":"enum","enum":"healthState"},
        {"name":"luminaireHealth","bits":2,"kind":"enum","enum":"healthState"},
        {"name":"radioHealth","bits":2,"kind":"enum","enum":"healthState"},
        {"name":"settingsHealth","bits":2,"kind":"enum","enum":"healthState"},
        {"name":"lampOnHours","bits":18,"kind":"uint","scale":1,"range":[0,262143]},
        {"name":"isLampFailure","bits":1,"kind":"flag"},
        {"name":"isDayBurner","bits":1,"kind":"flag"},
        {"name":"isOccupied","bits":1,"kind":"flag"},
        {"name":"isFading","bits":1,"kind":"flag"},
        {"name":"hasPosition","bits":1,"kind":"flag"},
        {"name":"clockAccuracy","bits":3,"kind":"enum","enum":"clockAccuracy"},
        {"name":"powerMilliwatts","bits":16,"kind":"uint","scale":100,"range":[0,6553400],"unknown":65535},
        {"name":"energyWattHours","bits":32,"kind":"uint","scale":1,"range":[0,4294967295]},
        {"name":"occupancyCount","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
        {"name":"occupancyIntervalSeconds","bits":16,"kind":"uint","scale":10,"range":[0,655350]},
        {"name":"settingsRevision","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
        {"name":"settingsHash","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
        {"name":"downlinkRssiDbm","bits":8,"kind":"uint","scale":-1,"range":[-255,-1],"unknown":0},
        {"name":"uptimeHours","bits":16,"kind":"uint","scale":1,"range":[0,65535]}
      ]
    },
    {
      name: 'answer', port: 11,
      fields: [
        {"name":"commandId","bits":8,"kind":"uint","scale":1,"range":[0,255]},
        {"name":"sequence","bits":8,"kind":"uint","scale":1,"range":[0,255]},
        {"name":"error","bits":8,"kind":"enum","enum":"commandError"},
        {"name":"field","bits":8,"kind":"uint","scale":1,"range":[0,254],"unknown":255},
        {"name":"settingsRevision","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
        {"name":"settingsHash","bits":16,"kind":"uint","scale":1,"range":[0,65535]}
      ]
    },
    {
      name: 'alarm', port: 12,
      fields: [
        {"name":"version","bits":8,"kind":"uint","scale":1,"range":[0,255],"constant":1},
        {"name":"isRaised","bits":1,"kind":"flag"},
        {"name":"kind","bits":7,"kind":"enum","enum":"alarmKind"},
        {"name":"reason","bits":8,"kind":"enum","enum":"healthReason"},
        {"name":"changeCount","bits":8,"kind":"uint","scale":1,"range":[1,255]},
        {"name":"ageSeconds","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
        {"name":"levelPermille","bits":8,"kind":"uint","scale":10,"range":[0,1000]},
        {"name":"powerMilliwatts","bits":16,"kind":"uint","scale":100,"range":[0,6553400],"unknown":65535}
      ]
    },
    {
      name: 'journal', port: 13,
      fields: [
        {"name":"version","bits":8,"kind":"uint","scale":1,"range":[0,255],"constant":1},
        {"name":"entryClass","bits":4,"kind":"enum","enum":"journalClass"},
        {"name":"clockAccuracy","bits":4,"kind":"enum","enum":"clockAccuracy"},
        {"name":"lostCount","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
        {"name":"firstSequence","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
        {"name":"firstSeconds","bits":32,"kind":"uint","scale":1,"range":[0,4294967295]}
      ],
      entries: { maximum: 25, head: 3, kinds: [
        { name: 'alarm', id: 1, fields: [
          {"name":"afterSeconds","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
          {"name":"isRaised","bits":1,"kind":"flag"},
          {"name":"kind","bits":7,"kind":"enum","enum":"alarmKind"},
          {"name":"reason","bits":8,"kind":"enum","enum":"healthReason"},
          {"name":"changeCount","bits":8,"kind":"uint","scale":1,"range":[1,255]},
          {"name":"levelPermille","bits":8,"kind":"uint","scale":10,"range":[0,1000]},
          {"name":"powerMilliwatts","bits":16,"kind":"uint","scale":100,"range":[0,6553400],"unknown":65535}
        ] },
        { name: 'interval', id: 64, fields: [
          {"name":"afterSeconds","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
          {"name":"wasSent","bits":1,"kind":"flag"},
          {"name":"levelPermille","bits":7,"kind":"uint","scale":10,"range":[0,1000]},
          {"name":"occupancyCount","bits":16,"kind":"uint","scale":1,"range":[0,65535]},
          {"name":"occupancyIntervalSeconds","bits":16,"kind":"uint","scale":10,"range":[0,655350]},
          {"name":"energyWattHours","bits":32,"kind":"uint","scale":1,"range":[0,4294967295]}
        ] }
      ] }
    }
  ],
  commands: [
    {
      name: 'setLevel', id: 1,
      fields: [
        {"name":"levelPermille","bits":8,"kind":"uint","scale":10,"range":[0,1000]},
        {"name":"fadeMs","bits":16,"kind":"uint","scale":100,"range":[0,60000]},
        {"name":"durationMinutes","bits":16,"kind":"uint","scale":1,"range":[1,2880]}
      ]
    },
    {
      name: 'resumeProgram', id: 2,
      fields: []
    },
    {
      name: 'setProgram', id: 3,
      fields: [
        {"name":"programIndex","bits":8,"kind":"uint","scale":1,"range":[0,3]},
        {"name":"fadeSeconds","bits":16,"kind":"uint","scale":1,"range":[0,3600]}
      ],
      points: { maximum: 8, fields: [
        {"name":"reference","bits":8,"kind":"enum","enum":"switchingReference"},
        {"name":"offsetMinutes","bits":16,"kind":"int","scale":1,"rangeBy":{"field":"reference","ranges":{"clock":[0,1439]},"otherwise":[-720,720]}},
        {"name":"levelPermille","bits":8,"kind":"uint","scale":10,"range":[0,1000]},
        {"name":"occupancyLevelPermille","bits":8,"kind":"uint","scale":10,"range":[0,1000]}
      ] }
    },
    {
      name: 'setClockOffset', id: 4,
      fields: [
        {"name":"utcOffsetMinutes","bits":16,"kind":"int","scale":1,"range":[-720,840]},
        {"name":"daylightSaving","bits":8,"kind":"enum","enum":"daylightSavingRule"}
      ]
    },
    {
      name: 'setClock', id: 5,
      fields: [
        {"name":"utcSeconds","bits":32,"kind":"uint","scale":1,"range":[1577836800,4294967295]}
      ]
    },
    {
      name: 'setMulticastAnswerWindow', id: 6,
      fields: [
        {"name":"groupId","bits":8,"kind":"uint","scale":1,"range":[0,3]},
        {"name":"windowSeconds","bits":16,"kind":"uint","scale":1,"range":[0,7200]}
      ]
    }
  ]
};

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
