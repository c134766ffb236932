// From YAML to a plan. The form is also described by plans/plan.schema.json, for editors; a test compares the two.
using BoardFiles;
using BoardFiles.Reading;
using Bench.Boards;
using Simulation.Parts.Sensors;
using Simulation.Servicing;

namespace Bench.Plans;

/// <summary>Reads test plans.</summary>
internal static class PlanReader
{
    private const int MaximumServiceLength = 512;

    // The contacts: which word is the active one, which the other.
    private static readonly (string Signal, string Active, string Inactive)[] Contacts =
    [
        (SignalNames.Supply, "on", "off"), (SignalNames.Reset, "pressed", "released"), (SignalNames.Occupancy, "present", "absent"), (SignalNames.Door, "open", "closed"),
    ];

    /// <summary>Reads a file.</summary>
    /// <exception cref="BoardFileException">It is not of the form; the message says where and what to do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Plan Read(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a text.</summary>
    public static Plan Parse(string text, string file)
    {
        YamlMap map = YamlMap.Parse(text, file);
        Plan plan = new()
        {
            File = file,
            Name = map.Text("plan"),
            Title = map.Text("title"),
            Controller = map.Text("controller"),
            Steps = [.. map.Maps("steps").Select(ReadStep)],
        };
        map.RefuseOtherKeys();
        return plan.Steps.Count > 0 ? plan : throw map.Fault("steps", "a plan without steps proves nothing", "Add a step");
    }

    private static PlanStep ReadStep(YamlMap map)
    {
        PlanStep step = new()
        {
            Name = map.Text("name"),
            FileLine = map.Line,
            Remedy = map.TextOr("remedy", ""),
            When = map.TextOr("when", ""),
            Unless = map.TextOr("unless", ""),
            Stimuli = map.Has("stimulate") ? ReadStimuli(map.Map("stimulate")) : [],
            Unlocks = map.FlagOr("unlock", false),
            Service = map.TextOr("service", ""),
            WaitMs = Duration(map, "wait"),
            WithinMs = Duration(map, "within"),
            HoldMs = Duration(map, "hold"),
            IsDecisive = map.FlagOr("decisive", false),
            Expectations = [.. map.Maps("expect").Select(ReadExpectation)],
        };
        map.RefuseOtherKeys();
        if (step.Service.Length > MaximumServiceLength || step.Service.Any(letter => letter is < ' ' or > '~'))
        {
            throw map.Fault("service", "this is no line of the service port", "Write printable ASCII, 512 characters at most");
        }

        if (step.Service.Length > 0 && step.Unlocks)
        {
            throw map.Fault("unlock", "a step either opens the port or says a line", "Make two steps");
        }

        return step;
    }

    private static List<Stimulus> ReadStimuli(YamlMap map)
    {
        List<Stimulus> stimuli = [];
        foreach ((string signal, string active, string rest) in Contacts)
        {
            if (map.Has(signal))
            {
                string word = map.Text(signal);
                stimuli.Add(word == active || word == rest
                    ? new ContactStimulus(signal, word == active)
                    : throw map.Fault(signal, $"\"{signal}\" is \"{word}\"", $"Write {active} or {rest}"));
            }
        }

        if (map.Has("boardTemperatureMillivolts"))
        {
            stimuli.Add(new VoltageStimulus(SignalNames.BoardTemperature, map.Integer("boardTemperatureMillivolts")));
        }

        if (map.Has("radar"))
        {
            stimuli.Add(ReadRadar(map.Map("radar")));
        }

        if (map.Has("containerMillimetres"))
        {
            stimuli.Add(new RangeStimulus(map.Integer("containerMillimetres")));
        }

        if (map.Has("waterMillimetres"))
        {
            stimuli.Add(new GaugeStimulus(map.Integer("waterMillimetres")));
        }

        if (map.Has("meter"))
        {
            YamlMap meter = map.Map("meter");
            stimuli.Add(new MeterStimulus(meter.Integer("powerMilliwatts"), meter.Integer("voltageMillivolts"), meter.Integer("powerFactorPermille")));
            meter.RefuseOtherKeys();
        }

        map.RefuseOtherKeys();
        return stimuli;
    }

    private static RadarStimulus ReadRadar(YamlMap map)
    {
        RadarView view = new(
            map.IntegerOr("movingCentimetres", -1), map.IntegerOr("movingEnergy", 0), map.IntegerOr("stillCentimetres", -1), map.IntegerOr("stillEnergy", 0));
        map.RefuseOtherKeys();
        return new RadarStimulus(view);
    }

    private static Expectation ReadExpectation(YamlMap map)
    {
        ReadingKind kind = map.Choice<ReadingKind>("read");
        Expectation expectation = new()
        {
            FileLine = map.Line,
            Read = kind,
            Where = map.Has("where") ? map.Text("where").Split(' ', StringSplitOptions.RemoveEmptyEntries) : [],
            Field = map.TextOr("field", ""),
            IsAbsent = map.FlagOr("absent", false),
            Is = map.TextOr("is", ""),
            Minimum = map.Has("min") ? map.Number("min") : double.NegativeInfinity,
            Maximum = map.Has("max") ? map.Number("max") : double.PositiveInfinity,
        };
        map.RefuseOtherKeys();
        bool isAnswer = kind == ReadingKind.Answer;
        if (isAnswer != (expectation.Where.Count > 0) || (!isAnswer && (expectation.Field.Length > 0 || expectation.IsAbsent)))
        {
            throw map.Fault("read", "\"where\", \"field\" and \"absent\" belong to read: answer, which needs \"where\"", "Write where: and words of the line, such as value=lamp");
        }

        bool hasBound = !double.IsInfinity(expectation.Minimum) || !double.IsInfinity(expectation.Maximum);
        bool hasWord = expectation.Is.Length > 0;
        bool isRight = kind switch
        {
            ReadingKind.Relay or ReadingKind.Answered => hasWord && !hasBound,
            ReadingKind.Answer when expectation.Field.Length > 0 => hasWord != hasBound && !expectation.IsAbsent,
            ReadingKind.Answer => !hasWord && !hasBound,
            _ => hasBound && !hasWord,
        };
        if (!isRight || expectation.Minimum > expectation.Maximum)
        {
            throw map.Fault("read", "this expects nothing, or two things", "Write is: and a word for relay and answered, min: or max: or both for numbers, one of the two for a field of an answer");
        }

        return expectation;
    }

    private static long Duration(YamlMap map, string key)
    {
        if (!map.Has(key))
        {
            return 0;
        }

        return Technician.TryReadWait(map.Text(key), out long milliseconds)
            ? milliseconds
            : throw map.Fault(key, $"\"{map.Text(key)}\" is no duration", "Write a number and a unit, such as 500ms, 90s or 2min");
    }
}
