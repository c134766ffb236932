// The service port of the whole controller, held against the schema: every setting has its name, its range and its bytes there, and a pole that is told to joins anew.
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MessageSchemas;
using PoleController.Messages;
using PoleController.Settings;
using PoleController.Tests.Parts;
using PoleController.Tests.Service;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class ServicePortTests
{
    // Longer lines do not fit into the UART's buffer, which nobody empties while a test puts a line into it.
    private const int FieldsOfALine = 6;

    public static TheoryData<string> Sections => [.. Repository.Schema.Settings.Sections.Select(section => section.Name)];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Given_the_example_of_a_section_When_it_is_set_by_its_fields_Then_its_bytes_are_those_of_the_schema(string name)
    {
        SchemaSection section = Repository.Schema.Settings.Sections.Single(item => item.Name == name);
        using ServiceBench bench = new ServiceBench().Opened();
        foreach (string line in Lines(section))
        {
            Assert.StartsWith("ok settings", bench.AskOne(line), StringComparison.Ordinal);
        }

        byte[] content = SectionEncoder.Encode(section, section.Example);
        byte[] command = new byte[SettingsCodec.MaximumLength];
        int item = name == "program" ? (int)section.Example["programIndex"]!.GetValue<long>() : 0;
        int length = SettingsCommand.Encode(bench.Controller.Settings, (SettingsSection)section.Number, item, 0, command);
        Assert.Equal(Convert.ToHexString(content), Convert.ToHexString(command, SettingsCommand.ContentOffset, length - SettingsCommand.ContentOffset));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Given_the_example_of_a_section_Then_the_port_shows_every_value_with_the_range_of_the_schema(string name)
    {
        SchemaSection section = Repository.Schema.Settings.Sections.Single(item => item.Name == name);
        using ServiceBench bench = new ServiceBench().Opened();
        byte[] content = SectionEncoder.Encode(section, section.Example);
        Assert.Equal(SectionError.None, SettingsSections.GetContent(bench.Controller.Settings, section.Number, content, 0, content.Length));
        string item = name == "program" ? " " + section.Example["programIndex"]!.GetValue<long>() : "";
        string[] shown = bench.Ask("settings get " + name + item);
        string[] expected = [.. Values(section).Select(value => $"settings section={name} field={value.Path} value={value.Shown} allowed={Allowed(value.Field)}")];
        Assert.Equal(expected, shown[..^1]);
    }

    [Fact]
    public void Given_every_sensor_Then_values_shows_what_it_says_and_what_the_pole_makes_of_it_each_with_its_quality()
    {
        PoleBench bench = new()
        {
            Fit = hardware =>
            {
                hardware.FillLevel = new SimulatedRangeSensor { Ping = _ => 560 };
                hardware.WaterLevel = new SimulatedRangeSensor { Ping = _ => 3000 };
                hardware.Particulates = new SimulatedParticulates();
                hardware.Climate = new StationClimate();
                hardware.CarbonDioxide = new SimulatedCarbonDioxide();
                hardware.Accelerometer = new SimulatedAccelerometer();
                hardware.Presence = new SimulatedRadar();
            },
        };
        ControllerSettings settings = new();
        settings.FillLevel.EmptyDistanceMillimetres = 1360;
        settings.FillLevel.FullDistanceMillimetres = 360;
        settings.WaterLevel.SensorHeightMillimetres = 4200;
        Assert.True(new SettingsStore(bench.Store).TrySave(settings));
        bench.Start().RunUntilJoined().Run(4 * 3_600_000);
        Open(bench);
        string[] values = AskAll(bench, "values");

        // 560 mm of 360 to 1,360; 3,000 below a sensor at 4,200.
        string[] expected =
        [
            "values sensor=fillLevel quality=ok", "values value=fillLevel quality=ok state=yellow fillPermille=800 distanceMillimetres=560",
            "values sensor=waterLevel quality=ok", "values value=waterLevel quality=ok state=green levelMillimetres=1200 distanceMillimetres=3000",
            "values sensor=particulates quality=ok", "values value=pm25 quality=ok decimicrogramsPerCubicMetre=100 hourQuality=ok hourMean=100",
            "values value=pm25Corrected quality=ok decimicrogramsPerCubicMetre=", "values value=pm4 quality=notMeasured hourQuality=notMeasured",
            "values value=temperature quality=ok centidegrees=1500 hourQuality=ok hourMean=1500", "values value=humidity quality=ok permille=500",
            "values value=pressure quality=ok pascals=98000", "values value=carbonDioxide quality=ok ppm=430", "values value=tilt quality=ok isZeroed=1 tiltDecidegrees=",
            "values value=traffic quality=ok direction=approaching intervalSeconds=",
        ];
        Assert.All(expected, start => Assert.Single(values, line => line.StartsWith(start, StringComparison.Ordinal)));
        Assert.DoesNotContain(values, line => line.Contains("value=vocIndex", StringComparison.Ordinal));
        Assert.False(bench.Pole.Service.IsOverrun);
    }

    [Fact]
    public void Given_rejoin_Then_the_pole_joins_the_network_again_and_is_heard_in_the_new_session()
    {
        PoleBench bench = new PoleBench().Start().RunUntilJoined();
        long joinedMs = bench.Operator.JoinedMs!.Value;
        bench.Run(600_000);
        Open(bench);
        int heard = bench.Statuses.Count;
        Assert.Equal("ok rejoin", Ask(bench, "rejoin"));
        bench.RunUntil(() => bench.Operator.JoinedMs > joinedMs);
        bench.RunUntil(() => bench.Statuses.Count > heard + 1);
        Assert.True(bench.Pole.Device.IsJoined);
    }

    private static void Open(PoleBench bench)
    {
        string challenge = ServiceBench.Field(Ask(bench, "unlock"), "challenge");
        byte[] response = ServiceBench.Cmac(
            [.. Enumerable.Repeat((byte)0x4D, 16)], [.. Encoding.ASCII.GetBytes("pole-response"), .. Convert.FromHexString(challenge), .. Enumerable.Repeat((byte)0x70, 8)]);
        Assert.StartsWith("ok unlock", Ask(bench, "unlock " + Convert.ToHexStringLower(response)), StringComparison.Ordinal);
    }

    private static string Ask(PoleBench bench, string line) => AskAll(bench, line)[^1];

    private static string[] AskAll(PoleBench bench, string line)
    {
        bench.Service.TakeLines();
        bench.Service.Arrive(Encoding.ASCII.GetBytes(line + "\r"));
        bench.Touch();
        bench.Run(2000);
        return bench.Service.TakeLines();
    }

    // Fields first, some a line; then groups, each item with the count that has it.
    private static IEnumerable<string> Lines(SchemaSection section)
    {
        bool isProgram = section.Name == "program";
        string head = "settings set " + section.Name + (isProgram ? " " + section.Example["programIndex"]!.GetValue<long>() : "");
        IEnumerable<Value> single = Values(section).Where(value => value.CountOf is null && value.Group is null && !(isProgram && value.Path == "programIndex"));
        foreach (Value[] some in single.Chunk(FieldsOfALine))
        {
            yield return head + string.Concat(some.Select(value => $" {value.Path}={value.Typed}"));
        }

        foreach (Value count in Values(section).Where(value => value.CountOf is not null))
        {
            int items = ((JsonArray)section.Example[count.CountOf!]!).Count;
            IEnumerable<string>[] fields = [.. Enumerable.Range(0, items).Select(i => Values(section).Where(value => value.Group == count.CountOf && value.Index == i).Select(value => $" {value.Path}={value.Typed}"))];
            if (fields.Sum(item => item.Count()) <= FieldsOfALine)
            {
                // Together, where one alone may not be valid.
                yield return $"{head} {count.Path}={items}" + string.Concat(fields.SelectMany(item => item));
                continue;
            }

            for (int i = 0; i < items; i++)
            {
                yield return $"{head} {count.Path}={i + 1}" + string.Concat(fields[i]);
            }
        }
    }

    // Every value of a section's example in the order of its bytes.
    private static IEnumerable<Value> Values(SchemaSection section)
    {
        foreach (SchemaSectionItem item in section.Items)
        {
            if (item.GroupName is string group)
            {
                JsonArray items = (JsonArray)section.Example[group]!;
                for (int i = 0; i < items.Count; i++)
                {
                    foreach (SchemaField field in item.GroupFields)
                    {
                        yield return new Value($"{group}.{i}.{field.Name}", field, items[i]![field.Name]) { Group = group, Index = i };
                    }
                }
            }
            else if (item.CountOf is string counted)
            {
                yield return new Value(item.Field!.Name, item.Field, JsonValue.Create((long)((JsonArray)section.Example[counted]!).Count)) { CountOf = counted };
            }
            else
            {
                for (int i = 0; i < Math.Max(1, item.Repeat); i++)
                {
                    JsonNode? node = section.Example[item.Field!.Name];
                    yield return item.Repeat > 0 ? new Value($"{item.Field.Name}.{i}", item.Field, node![i]) : new Value(item.Field.Name, item.Field, node);
                }
            }
        }
    }

    private static string Allowed(SchemaField field)
    {
        if (field.Kind == FieldKind.Enumeration)
        {
            return string.Join(',', field.Enum!.Values.Select(value => value.Name));
        }

        if (field.Kind == FieldKind.Bytes)
        {
            return $"{field.Bits / 4}digits";
        }

        if (field.Kind == FieldKind.Flag)
        {
            return "0..1";
        }

        ValueRange[] ranges = field.RangeBy is DependentRange dependent ? [.. dependent.Ranges.Values, dependent.Otherwise] : [field.Range];
        string step = field.Scale > 1 ? $" step={field.Scale}" : "";
        return $"{ranges.Min(range => range.Minimum)}..{ranges.Max(range => range.Maximum)}{(field.Unknown is null ? "" : ",unknown")}{step}";
    }

    private sealed record Value(string Path, SchemaField Field, JsonNode? Node)
    {
        public string? Group { get; init; }

        public int Index { get; init; }

        public string? CountOf { get; init; }

        public string Typed => Field.Kind switch
        {
            FieldKind.Flag => Node!.GetValue<bool>() ? "1" : "0",
            FieldKind.Enumeration or FieldKind.Bytes => Node!.GetValue<string>(),
            _ => Node is null ? "unknown" : Node.GetValue<long>().ToString(CultureInfo.InvariantCulture),
        };

        public string Shown => Field.Kind == FieldKind.Bytes ? "hidden" : Typed;
    }
}
