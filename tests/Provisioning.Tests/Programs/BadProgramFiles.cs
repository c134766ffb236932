// A table of program files that are wrong, each in one place, with what has to be said about it.
namespace Provisioning.Tests.Programs;

/// <summary>Wrong program files.</summary>
internal static class BadProgramFiles
{
    private const string Points = "points: [{ at: sunset, level: 100 }, { at: sunrise, level: 0 }]";

    /// <summary>Wrong by the schema: text, line, column (0: any), path of the field, a word of what is said in English, one in German.</summary>
    public static readonly (string Yaml, int Line, int Column, string Field, string English, string German)[] AgainstSchema =
    [
        ("program: []\n", 1, 1, "program", "Did you mean programs?", "Ist programs gemeint?"),
        ("colour: red\n", 1, 1, "colour", "unknown", "unbekannt"),
        ("description: 12\n", 1, 14, "description", "in quotes", "In Anführungszeichen"),
        ("programs: []\n", 1, 11, "programs", "fewer than 1", "weniger als 1"),
        ("programs: {}\n", 1, 11, "programs", "not a list", "erwartet wird eine Liste"),
        ("programs: [{ name: a }]\n", 1, 12, "programs[0].points", "missing", "fehlt"),
        ("programs: [{ name: a, points: [{ at: midnight, level: 1 }] }]\n", 1, 38, "programs[0].points[0].at", "clock time", "Uhrzeit"),
        ("programs: [{ name: a, points: [{ at: sunsett, level: 1 }] }]\n", 1, 38, "programs[0].points[0].at", "Did you mean sunset?", "Ist sunset gemeint?"),
        ("programs: [{ name: a, points: [{ at: sunset, level: 101 }] }]\n", 1, 53, "programs[0].points[0].level", "outside 0 to 100", "nicht zwischen 0 und 100"),
        ("programs: [{ name: a, points: [{ at: sunset, level: 12.5 }] }]\n", 1, 53, "programs[0].points[0].level", "whole percentage", "ganzer Prozentwert"),
        ("programs: [{ name: a, points: [{ at: sunset, level: \"50\" }] }]\n", 1, 53, "programs[0].points[0].level", "whole percentage", "ganzer Prozentwert"),
        ("programs: [{ name: a, fade: 30, " + Points + " }]\n", 1, 29, "programs[0].fade", "30s", "30s"),
        ("programs: [{ name: a, fade: 2h, " + Points + " }]\n", 1, 29, "programs[0].fade", "longer than 1h", "länger als 1h"),
        ("calendar: { rules: [{ weekdays: [munday], program: a }] }\nprograms: [{ name: a, " + Points + " }]\n", 1, 34, "calendar.rules[0].weekdays[0]", "Did you mean monday?", "Ist monday gemeint?"),
        ("calendar: { rules: [{ weekdays: [friday], occurrences: [sixth], program: a }] }\nprograms: [{ name: a, " + Points + " }]\n", 1, 57, "calendar.rules[0].occurrences[0]", "fifth", "fifth"),
        ("calendar: { rules: [{ weekdays: [friday, friday], program: a }] }\nprograms: [{ name: a, " + Points + " }]\n", 1, 42, "calendar.rules[0].weekdays[1]", "already", "schon"),
        ("calendar: {}\n", 1, 11, "calendar", "empty", "leer"),
        ("settings: { reporting: { statusIntervallSeconds: 600 } }\n", 1, 26, "settings.reporting.statusIntervallSeconds", "Did you mean statusIntervalSeconds?", "Ist statusIntervalSeconds gemeint?"),
        ("settings: { reporting: { statusIntervalSeconds: 30 } }\n", 1, 49, "settings.reporting.statusIntervalSeconds", "outside 60 to 86400", "nicht zwischen 60 und 86400"),
        ("settings: { reporting: { statusIntervalSeconds: 10min } }\n", 1, 49, "settings.reporting.statusIntervalSeconds", "whole number", "ganze Zahl"),
        ("settings: { reporting: { isStatusConfirmed: yes } }\n", 1, 45, "settings.reporting.isStatusConfirmed", "true or false", "true oder false"),
        ("settings: { darkSky: { idleLevelPermille: 205 } }\n", 1, 43, "settings.darkSky.idleLevelPermille", "multiple of 10", "Vielfaches von 10"),
        ("settings: { localTime: { daylightSaving: europeanunion } }\n", 1, 42, "settings.localTime.daylightSaving", "Did you mean europeanUnion?", "Ist europeanUnion gemeint?"),
        ("settings: { position: { latitudeMicrodegrees: 0 } }\n", 1, 13, "settings.position", "unknown", "unbekannt"),
        ("settings: { neighbours: { key: 00112233445566778899aabbccddeeff } }\n", 1, 13, "settings.neighbours", "unknown", "unbekannt"),
        ("settings: { loadShedding: { limitPermille: [700, 500] } }\n", 1, 44, "settings.loadShedding.limitPermille", "fewer than 3", "weniger als 3"),
        ("settings: { scenes: { scenes: [{ levelPermille: 300, warmSharePermille: null }] } }\n", 1, 32, "settings.scenes.scenes[0].fadeSeconds", "missing", "fehlt"),
    ];

    /// <summary>Right by the schema and wrong all the same.</summary>
    public static readonly (string Yaml, int Line, int Column, string Field, string English, string German)[] AgainstSense =
    [
        ("programs: [{ name: a, " + Points + " }, { name: a, " + Points + " }]\n", 1, 0, "programs[1].name", "another program", "anderes Programm"),
        ("programs: [{ name: a, points: [{ at: \"23:00\", offset: -10min, level: 1 }] }]\n", 1, 55, "programs[0].points[0].offset", "no offset", "keinen Versatz"),
        ("programs: [{ name: a, points: [{ at: sunset, offset: +13h, level: 1 }] }]\n", 1, 54, "programs[0].points[0].offset", "12 hours", "12 Stunden"),
        ("programs: [{ name: night, " + Points + " }]\ncalendar: { rules: [{ program: nigth }] }\n", 2, 32, "calendar.rules[0].program", "Did you mean night?", "Ist night gemeint?"),
        ("calendar: { rules: [{ program: night }] }\n", 1, 32, "calendar.rules[0].program", "has no programs", "keine Programme"),
        ("programs: [{ name: a, " + Points + " }]\ncalendar: { exceptionDays: [{ date: 2027-02-29, program: a }] }\n", 2, 37, "calendar.exceptionDays[0].date", "no such day", "diesen Tag gibt es nicht"),
        ("calendar: { publicHolidays: [\"02-30\"] }\n", 1, 30, "calendar.publicHolidays[0]", "no such day", "diesen Tag gibt es nicht"),
        ("settings:\n  fillLevel: { warningPercent: 80, alarmPercent: 75 }\n", 2, 0, "settings.fillLevel", "red is not above yellow", "Rot liegt nicht über Gelb"),
        ("settings:\n  loadShedding: { limitPermille: [500, 700, 300] }\n", 2, 0, "settings.loadShedding", "load shedding", "Lastabwurfs"),
        ("settings:\n  photocell: { photocellOnLux: 50 }\n", 2, 0, "settings.photocell", "off is not above on", "Aus liegt nicht über Ein"),
    ];

    /// <summary>Hostile or damaged.</summary>
    public static readonly (byte[] Bytes, string English, string German)[] Hostile =
    [
        ([], "empty", "leer"),
        (Bytes("# nothing but words\n"), "empty", "leer"),
        (Bytes("a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
            + "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n"), "more than 200000 values", "mehr als 200000 Werte"),
        (Bytes("a: &a [*a]\n"), "before or within what it means", "vor oder in dem, was er meint"),
        (Bytes(new string('[', 5000)), "nested more than 32 deep", "tiefer als 32 verschachtelt"),
        (Bytes("programs:\n\t- name: a\n"), "tabs", "Tabulatoren"),
        (Bytes("description: a\ndescription: b\n"), "second time", "zum zweiten Mal"),
        (Bytes("description: a\n---\ndescription: b\n"), "more than one document", "mehr als ein Dokument"),
        (Bytes("description: !!binary AAAA\n"), "tags", "Marken"),
        (Bytes("? [a, b]\n: c\n"), "no plain word|not a plain word", "kein einfaches Wort"),
        ([0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("description: a\n")], "not UTF-8", "nicht UTF-8"),
        ([.. Bytes("description: Stra"), 0xDF, .. Bytes("e\n")], "not UTF-8", "nicht UTF-8"),
        (Bytes("description: \"a\n"), "not YAML", "kein YAML"),
        (new byte[1_100_000], "more than the 1048576", "mehr als die 1048576"),
    ];

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
