// Payload codec of the street-light pole for LoRaWAN network servers (TS013: decodeUplink, encodeDownlink, decodeDownlink; ECMAScript 5).
// Made from firmware/PoleController/Messages/messages.yaml by host-tools/MessageGenerator; do not edit. MIT licence.
// Results carry the names of the schema; docs/messages.md says what they mean. Values that are unknown are null.

// A field: its name; its bits with their kind (u number, i number with a sign, f flag, e enum, h bytes); then @enum, *scale, smallest..largest, ?unknown,
// =constant, ~field value:range range (a range that depends on another field), #group (counts its items), xN (N values).
var SCHEMA = {
  enums: {
    levelCause: '0 start program occupancy override clockUnknown photocell powerReturnDelay failure scene emergency loadShedding boost neighbour darkSky identify daylight',
    healthState: '0 ok degraded failed',
    healthReason: '0 none notFitted noAnswer implausible clockUnknown storeFailed defaultsInForce notProvisioned notJoined exception restartedTooOften',
    clockAccuracy: '0 unknown within1Second within10Seconds within60Seconds within600Seconds worse',
    switchingReference: '0 clock sunset civilDusk civilDawn sunrise',
    daylightSavingRule: '0 none europeanUnion unitedStates australiaSouthEast newZealand chile',
    commandError: '0 ok unknownCommand tooShort tooLong outOfRange notStored notPossibleNow notInGroup',
    emergencyKind: '0 emergency crisis',
    emergencyPhase: '0 called ended timedOut',
    commandWay: '0 unicast multicast',
    alarmKind: '1 lampFailure dayBurner lightingFault occupancyFault meterFault settingsFault clockUnknown gearFailure unexpectedOff cycling powerTooHigh powerTooLow overTemperature supplyLoss gearFault fillLevelWarning fillLevelAlarm containerEmptied fillLevelFault waterWarning waterAlarm waterLevelFault airSensorFault airQualityPoor tilt impact doorOpen poleSensorFault serviceOpened serviceRefused restarted supplyLow emergencyProfile loadShedding storeFault neighbourFault boardOverheated boardSensorFault',
    quality: '0 ok warmingUp outOfRange humid stale substituted notMeasured',
    levelState: '0 green yellow red',
    containerShape: '0 straight cone lyingCylinder table',
    journalClass: '0 event measurement'
  },
  commandPort: 11,
  sequence: 'sequence u8',
  entries: {
    1: { name: 'alarm', fields: [
      'isRaised f1',
      'kind e7 @alarmKind',
      'reason e8 @healthReason',
      'changeCount u8 1..255',
      'levelPermille u8 *10 0..1000',
      'powerMilliwatts u16 *100 ?65535'
    ] },
    2: { name: 'valuedAlarm', fields: [
      'isRaised f1',
      'kind e7 @alarmKind',
      'reason e8 @healthReason',
      'changeCount u8 1..255',
      'levelPermille u8 *10 0..1000',
      'powerMilliwatts u16 *100 ?65535',
      'value i24'
    ] },
    3: { name: 'emergency', fields: [
      'phase e4 @emergencyPhase',
      'emergencyKind e4 @emergencyKind',
      'commandWay e8 @commandWay',
      'commandSequence u8',
      'lightingGroup u8',
      'levelPermille u8 *10 0..1000',
      'durationMinutes u16 0..1440'
    ] },
    64: { name: 'interval', fields: [
      'wasSent f1',
      'levelPermille u7 *10 0..1000',
      'occupancyCount u16',
      'occupancyIntervalSeconds u16 *10',
      'energyWattHours u32'
    ] },
    65: { name: 'luminaire', fields: [
      'quality e4 @quality',
      'energyQuality e4 @quality',
      'powerMilliwatts u16 *100 ?65535',
      'powerFactorPermille u8 *10 0..1000 ?255',
      'voltageMillivolts u16 *100 ?65535',
      'energyWattHours u32',
      'lampOnHours u24',
      'startCount u24',
      'controllerWattHours u24'
    ] },
    66: { name: 'gear', fields: [
      'quality e4 @quality',
      'isLampFailed f1',
      'isGearFailed f1',
      'powerFactorPermille u10 0..1000 ?1023',
      'actualLevel u8 ?255',
      'gearTemperatureDegrees i12 -60..193 ?-2048',
      'lampTemperatureDegrees i12 -60..193 ?-2048',
      'supplyMillivolts u16 *100 ?65535',
      'powerMilliwatts u16 *100 ?65535',
      'energyWattHours u32 ?4294967295',
      'gearOperatingHours u24 ?16777215',
      'gearStarts u24 ?16777215',
      'lampOperatingHours u24 ?16777215',
      'lampStarts u24 ?16777215',
      'lampMillivolts u16 *10 ?65535',
      'lampMilliamperes u16 ?65535'
    ] },
    67: { name: 'fillLevel', fields: [
      'quality e4 @quality',
      'state e4 @levelState',
      'fillPercent u8 0..100 ?255',
      'distanceMillimetres u16 ?65535',
      'ratePermillePerDay u16 ?65535',
      'hoursUntilFull u16 ?65535',
      'pingCount u8'
    ] },
    68: { name: 'waterLevel', fields: [
      'quality e4 @quality',
      'state e4 @levelState',
      'levelMillimetres i24 -100000..100000 ?-8388608',
      'rateMillimetresPerHour i16 ?-32768',
      'spreadMillimetres u16 ?65535'
    ] },
    69: { name: 'particulates', fields: [
      'pm1Quality e4 @quality',
      'pm25Quality e4 @quality',
      'pm4Quality e4 @quality',
      'pm10Quality e4 @quality',
      'pm25CorrectedQuality e4 @quality',
      'pm10CorrectedQuality e4 @quality',
      'pm1DecimicrogramsPerCubicMetre u16 ?65535',
      'pm25DecimicrogramsPerCubicMetre u16 ?65535',
      'pm4DecimicrogramsPerCubicMetre u16 ?65535',
      'pm10DecimicrogramsPerCubicMetre u16 ?65535',
      'pm25CorrectedDecimicrogramsPerCubicMetre u16 ?65535',
      'pm10CorrectedDecimicrogramsPerCubicMetre u16 ?65535',
      'humidityPermille u8 *10 0..1000 ?255',
      'sampleCount u8'
    ] },
    70: { name: 'climate', fields: [
      'temperatureQuality e4 @quality',
      'humidityQuality e4 @quality',
      'pressureQuality e4 @quality',
      'humidityPermille u12 0..1000 ?4095',
      'temperatureCentidegrees i16 -10000..15000 ?-32768',
      'pressurePascals u16 *10 0..200000 ?65535'
    ] },
    71: { name: 'gas', fields: [
      'carbonDioxideQuality e4 @quality',
      'vocQuality e4 @quality',
      'noxQuality e4 @quality',
      'vocIndex u10 1..500 ?0',
      'noxIndex u10 1..500 ?0',
      'carbonDioxidePpm u16 ?65535'
    ] },
    72: { name: 'traffic', fields: [
      'quality e7 @quality',
      'isWithheld f1',
      'smallestCount u8',
      'intervalSeconds u16 *10',
      'approachingWalkingCount u16 ?65535',
      'approachingCyclingCount u16 ?65535',
      'approachingDrivingCount u16 ?65535',
      'approachingUnclassifiedCount u16 ?65535',
      'recedingWalkingCount u16 ?65535',
      'recedingCyclingCount u16 ?65535',
      'recedingDrivingCount u16 ?65535',
      'recedingUnclassifiedCount u16 ?65535',
      'otherWalkingCount u16 ?65535',
      'otherCyclingCount u16 ?65535',
      'otherDrivingCount u16 ?65535',
      'otherUnclassifiedCount u16 ?65535'
    ] },
    73: { name: 'pole', fields: [
      'tiltQuality e4 @quality',
      'temperatureQuality e4 @quality',
      'supplyQuality e4 @quality',
      'isDoorOpen f1',
      'isZeroed f1',
      'tiltDecidegrees u10 0..900 ?1023',
      'boardCentidegrees i16 -10000..20000 ?-32768',
      'supplyMillivolts u16 ?65535',
      'impactCount u8'
    ] }
  },
  uplinks: [
    { name: 'status', port: 10, fields: [
      'version u8 =1',
      'levelPermille u8 *10 0..1000',
      'targetLevelPermille u8 *10 0..1000',
      'cause e4 @levelCause',
      'lightingHealth e2 @healthState',
      'occupancyHealth e2 @healthState',
      'luminaireHealth e2 @healthState',
      'radioHealth e2 @healthState',
      'settingsHealth e2 @healthState',
      'lampOnHours u18',
      'isLampFailure f1',
      'isDayBurner f1',
      'isOccupied f1',
      'isFading f1',
      'hasPosition f1',
      'clockAccuracy e3 @clockAccuracy',
      'powerMilliwatts u16 *100 ?65535',
      'energyWattHours u32',
      'occupancyCount u16',
      'occupancyIntervalSeconds u16 *10',
      'settingsRevision u16',
      'settingsHash u16',
      'downlinkRssiDbm u8 *-1 ?0',
      'uptimeHours u16'
    ] },
    { name: 'answer', port: 11, fields: [
      'commandId u8',
      'sequence u8',
      'error e8 @commandError',
      'field u8 ?255',
      'settingsRevision u16',
      'settingsHash u16'
    ] },
    { name: 'alarm', port: 12, fields: [
      'version u8 =2',
      'isRaised f1',
      'kind e7 @alarmKind',
      'reason e8 @healthReason',
      'changeCount u8 1..255',
      'ageSeconds u16',
      'levelPermille u8 *10 0..1000',
      'powerMilliwatts u16 *100 ?65535',
      'value i24'
    ] },
    { name: 'journal', port: 13, fields: [
      'version u8 =1',
      'entryClass e4 @journalClass',
      'clockAccuracy e4 @clockAccuracy',
      'lostCount u16',
      'firstSequence u16',
      'firstSeconds u32'
    ],
      entries: { maximum: 25, fields: [
        'afterSeconds u16'
      ], kinds: [1, 64, 2, 3, 65, 66, 67, 68, 69, 70, 71, 72, 73] } },
    { name: 'measurement', port: 14, fields: [
      'version u8 =1',
      'isConfirmed f1',
      'clockAccuracy e7 @clockAccuracy',
      'seconds u32'
    ],
      entries: { maximum: 16, fields: [], kinds: [65, 66, 67, 68, 69, 70, 71, 72, 73] } }
  ],
  commands: [
    { name: 'setLevel', id: 1, fields: [
      'levelPermille u8 *10 0..1000',
      'fadeMs u16 *100 0..60000',
      'durationMinutes u16 1..2880'
    ] },
    { name: 'resumeProgram', id: 2, fields: [] },
    { name: 'restart', id: 8, fields: [] },
    { name: 'setProgram', id: 3, fields: [
      'programIndex u8 0..3',
      'fadeSeconds u16 0..3600'
    ],
      points: { maximum: 8, fields: [
        'reference e8 @switchingReference',
        'offsetMinutes i16 ~reference clock:0..1439 -720..720',
        'levelPermille u8 *10 0..1000',
        'occupancyLevelPermille u8 *10 0..1000'
      ] } },
    { name: 'setClockOffset', id: 4, fields: [
      'utcOffsetMinutes i16 -720..840',
      'daylightSaving e8 @daylightSavingRule'
    ] },
    { name: 'setClock', id: 5, fields: [
      'utcSeconds u32 1577836800..4294967295'
    ] },
    { name: 'setMulticastAnswerWindow', id: 6, fields: [
      'groupId u8 0..3',
      'windowSeconds u16 0..7200'
    ] },
    { name: 'setGroupLevel', id: 16, fields: [
      'lightingGroup u8',
      'levelPermille u8 *10 0..1000',
      'fadeMs u16 *100 0..60000',
      'durationMinutes u16 0..2880'
    ] },
    { name: 'recallScene', id: 17, fields: [
      'lightingGroup u8',
      'scene u8 0..15',
      'durationMinutes u16 1..2880'
    ] },
    { name: 'boost', id: 18, fields: [
      'lightingGroup u8',
      'amountPermille u8 *10 0..1000',
      'durationMinutes u16 0..1440'
    ] },
    { name: 'callEmergency', id: 19, fields: [
      'lightingGroup u8',
      'emergencyKind e8 @emergencyKind',
      'durationMinutes u16 0..1440'
    ] },
    { name: 'shedLoad', id: 20, fields: [
      'lightingGroup u8',
      'step u8 0..3',
      'durationMinutes u16 0..1440'
    ] },
    { name: 'identify', id: 21, fields: [
      'durationSeconds u16 0..600'
    ] }
  ],
  settingsName: 'setSettings', settingsId: 7,
  sections: [
    { name: 'position', number: 1, items: [
      'latitudeMicrodegrees i32 -90000000..90000000',
      'longitudeMicrodegrees i32 -180000000..180000000'
    ] },
    { name: 'localTime', number: 2, items: [
      'utcOffsetMinutes i16 -720..840',
      'daylightSaving e8 @daylightSavingRule'
    ] },
    { name: 'occupancy', number: 3, items: [
      'holdTimeMs u32 1000..3600000',
      'occupancyFadeUpMs u16 0..10000',
      'occupancyFadeDownMs u16 0..60000',
      'occupancyDebounceMs u16 0..1000'
    ] },
    { name: 'reporting', number: 4, items: [
      'statusIntervalSeconds u32 60..86400',
      'isStatusConfirmed f8'
    ] },
    { name: 'photocell', number: 5, items: [
      'powerReturnDelayMaximumMs u16 0..60000',
      'photocellOnLux u16 1..1000',
      'photocellOffLux u16 2..2000',
      'photocellDelaySeconds u16 0..600'
    ] },
    { name: 'luminaire', number: 6, items: [
      'luminaireFullPowerMilliwatts u32 0..5000000',
      'luminaireStandbyPowerMilliwatts u32 0..5000000'
    ] },
    { name: 'program', number: 7, items: [
      'programIndex u8 0..3',
      'pointCount u8 0..8 #points',
      'fadeSeconds u16 0..3600',
      { group: 'points', maximum: 8, fields: [
        'reference e8 @switchingReference',
        'offsetMinutes i16 ~reference clock:0..1439 -720..720',
        'levelPermille u16 0..1000',
        'occupancyLevelPermille u16 0..1000'
      ] }
    ] },
    { name: 'calendar', number: 8, items: [
      'ruleCount u8 0..8 #rules',
      { group: 'rules', maximum: 8, fields: [
        'weekdayMask u8',
        'occurrenceMask u8 0..63',
        'fromMonthDay u16 101..1231',
        'toMonthDay u16 101..1231',
        'program u8 0..3'
      ] },
      'exceptionDayCount u8 0..24 #exceptionDays',
      { group: 'exceptionDays', maximum: 24, fields: [
        'year u16 0..2099',
        'monthDay u16 101..1231',
        'program u8 0..3'
      ] }
    ] },
    { name: 'multicastAnswerWindows', number: 9, items: [
      'multicastAnswerWindowSeconds u16 0..7200 x4'
    ] },
    { name: 'supervision', number: 10, items: [
      'tolerancePercent u8 10..60',
      'cyclingPerHour u8 2..60',
      'gearLimitDegrees u8 50..150',
      'lampLimitDegrees u8 50..150',
      'boardLimitDegrees u8 50..120',
      'temperatureHysteresisDegrees u8 2..30',
      'supplyMinimumMillivolts u16 0..60000',
      'pointCount u8 0..6 #points',
      { group: 'points', maximum: 6, fields: [
        'levelPermille u16 1..999',
        'powerPermille u16 0..1200'
      ] }
    ] },
    { name: 'lightOutput', number: 11, items: [
      'virtualPowerPermille u16 100..1000',
      'cleaningAllowancePermille u16 0..300',
      'cleaningIntervalHours u16 100..50000',
      'cleanedAtHours u32 0..200000',
      'deratingFloorPermille u16 100..1000',
      'deratingStepPermille u16 10..500',
      'pointCount u8 0..8 #points',
      { group: 'points', maximum: 8, fields: [
        'hours u32 0..200000',
        'outputPermille u16 500..1000'
      ] }
    ] },
    { name: 'dimmerCalibration', number: 12, items: [
      'pointCount u8 0..8 #points',
      { group: 'points', maximum: 8, fields: [
        'levelPermille u16 1..1000',
        'dutyTenThousandths u16 0..10000'
      ] }
    ] },
    { name: 'fillLevel', number: 13, items: [
      'shape e8 @containerShape',
      'emptyDistanceMillimetres u16 0..20000',
      'fullDistanceMillimetres u16 0..20000',
      'bottomWidthMillimetres u16 0..20000',
      'topWidthMillimetres u16 0..20000',
      'warningPercent u8 1..99',
      'alarmPercent u8 2..100',
      'hysteresisPercent u8 1..30',
      'emptiedDropPercent u8 10..100',
      'pingCount u8 5..9',
      'intervalSeconds u16 60..43200',
      'nearIntervalSeconds u16 60..43200',
      'substituteCentidegrees i16 -4000..8500 ?-32768',
      'pointCount u8 0..8 #points',
      { group: 'points', maximum: 8, fields: [
        'distanceMillimetres u16',
        'percent u8 0..100'
      ] }
    ] },
    { name: 'waterLevel', number: 14, items: [
      'sensorHeightMillimetres u32 0..100000',
      'warningMillimetres i32 -100000..100000 ?2147483647',
      'alarmMillimetres i32 -100000..100000 ?2147483647',
      'hysteresisMillimetres u16 1..5000',
      'warningRateMillimetresPerHour u16 0..10000',
      'intervalSeconds u16 60..43200',
      'risingIntervalSeconds u16 30..43200',
      'pingCount u8 5..9',
      'substituteCentidegrees i16 -4000..8500 ?-32768'
    ] },
    { name: 'air', number: 15, items: [
      'particulatesIntervalSeconds u16 60..3600',
      'climateIntervalSeconds u16 10..3600',
      'carbonDioxideIntervalSeconds u16 30..3600',
      'gasIntervalSeconds u8 1..10',
      'kappaPermille u16 0..1500',
      'humidFromPermille u16 500..1000'
    ] },
    { name: 'traffic', number: 16, items: [
      'smallestCount u8 1..255',
      'cyclingFromCentimetresPerSecond u16 50..1000',
      'drivingFromCentimetresPerSecond u16 51..3000',
      'sensorHeightCentimetres u16 0..1000'
    ] },
    { name: 'poleGuard', number: 17, items: [
      'tiltDecidegrees u16 20..900',
      'tiltHysteresisDecidegrees u16 1..100',
      'intervalSeconds u16 10..43200',
      'learningSeconds u16 60..43200',
      'impactMilligravities u16 100..8000',
      'doorDebounceMs u16 0..60000'
    ] },
    { name: 'measurements', number: 18, items: [
      'intervalSeconds u16 0..64800 x9',
      'isConfirmed f8'
    ] },
    { name: 'scenes', number: 19, items: [
      'sceneCount u8 0..16 #scenes',
      { group: 'scenes', maximum: 16, fields: [
        'levelPermille u8 *10 0..1000',
        'fadeSeconds u16 0..3600',
        'warmSharePermille u8 *10 0..1000 ?255'
      ] }
    ] },
    { name: 'groups', number: 20, items: [
      'groupCount u8 0..8 #groups',
      { group: 'groups', maximum: 8, fields: [
        'number u8 1..255'
      ] },
      'boostPermille u8 *10 0..1000',
      'boostWeekdayMask u8 0..127',
      'boostFromMinute u16 0..1439',
      'boostToMinute u16 0..1439'
    ] },
    { name: 'darkSky', number: 21, items: [
      'fromMonthDay u16 101..1231',
      'toMonthDay u16 101..1231',
      'fromMinute u16 0..1439',
      'toMinute u16 0..1439',
      'idleLevelPermille u8 *10 10..1000',
      'warmSharePermille u8 *10 0..1000',
      'warmShareOtherwisePermille u8 *10 0..1000'
    ] },
    { name: 'emergency', number: 22, items: [
      'emergencyLevelPermille u8 *10 100..1000',
      'crisisLevelPermille u8 *10 0..1000',
      'maximumMinutes u16 1..1440'
    ] },
    { name: 'loadShedding', number: 23, items: [
      'limitPermille u8 *10 10..1000 x3',
      'floorPermille u8 *10 10..1000',
      'maximumMinutes u16 1..1440'
    ] },
    { name: 'neighbours', number: 24, items: [
      'isEnabled f8',
      'line u16',
      'poleIndex u8 1..255',
      'reach u8 1..8',
      'holdSeconds u16 1..600',
      'key h128'
    ] },
    { name: 'holidays', number: 26, items: [
      'holidayCount u8 0..32 #holidays',
      { group: 'holidays', maximum: 32, fields: [
        'year u16 0..2099',
        'monthDay u16 101..1231'
      ] }
    ] },
    { name: 'daylight', number: 27, items: [
      'maximumEarlierMinutes u8 0..240',
      'maximumLaterMinutes u8 0..240',
      'levelPermille u8 *10 10..1000'
    ] }
  ]
};

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
