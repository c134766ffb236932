// The schema says the same as the controller's own types: enums, ports, ids, limits. And the generated files are those of this schema.
using MessageGenerator.Output;
using MessageSchemas;
using PoleController.Alarms;
using PoleController;
using PoleController.Journal;
using PoleController.Lighting;
using PoleController.Messages;
using PoleController.Messages.Entries;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;
using Xunit;

namespace MessageGenerator.Tests;

public sealed class SchemaAgreementTests
{
    [Fact]
    public void Generated_files_are_up_to_date() => Assert.Empty(GeneratedFiles.Check(Repository.Root, GeneratedFiles.Make(Repository.Schema)));

    [Theory]
    [InlineData(typeof(LevelCause))]
    [InlineData(typeof(HealthState))]
    [InlineData(typeof(HealthReason))]
    [InlineData(typeof(ClockAccuracy))]
    [InlineData(typeof(SwitchingReference))]
    [InlineData(typeof(DaylightSavingRule))]
    [InlineData(typeof(CommandError))]
    [InlineData(typeof(EmergencyKind))]
    [InlineData(typeof(AlarmKind))]
    [InlineData(typeof(JournalClass))]
    [InlineData(typeof(Quality))]
    [InlineData(typeof(LevelState))]
    [InlineData(typeof(ContainerShape))]
    [InlineData(typeof(SettingsFault))]
    [InlineData(typeof(EmergencyPhase))]
    [InlineData(typeof(CommandWay))]
    public void An_enum_has_the_names_and_numbers_that_it_has_in_code(Type type)
    {
        SchemaEnum item = Repository.Schema.Enums.Single(candidate => candidate.Name == ControllerCodec.CamelCase(type.Name));
        Dictionary<string, long> inCode = Enum.GetNames(type).ToDictionary(ControllerCodec.CamelCase, name => Convert.ToInt64(Enum.Parse(type, name), null));
        if (item.Values[0].Number == 1)
        {
            Assert.True(inCode.Remove("none"));
        }

        Assert.Equal(inCode, item.Values.ToDictionary(value => value.Name, value => value.Number));
    }

    [Fact]
    public void Every_enum_of_the_schema_is_judged_above() => Assert.Equal(16, Repository.Schema.Enums.Count);

    [Fact]
    public void Ports_and_ids_are_those_in_code()
    {
        Assert.Equal(MessagePort.Status, Uplink("status").Port);
        Assert.Equal(MessagePort.Command, Uplink("answer").Port);
        Assert.Equal(MessagePort.Alarm, Uplink("alarm").Port);
        Assert.Equal(MessagePort.Journal, Uplink("journal").Port);
        Assert.Equal(MessagePort.Measurement, Uplink("measurement").Port);
        Assert.Equal(MessagePort.Command, Repository.Schema.CommandPort);
        Dictionary<string, int> inCode = Enum.GetValues<CommandId>().Where(id => id is not (CommandId.None or CommandId.SetSettings))
            .ToDictionary(id => ControllerCodec.CamelCase(id.ToString()), id => (int)id);
        Assert.Equal(inCode, Repository.Schema.Commands.ToDictionary(command => command.Name, command => command.CommandId));
    }

    [Fact]
    public void Limits_are_those_in_code()
    {
        Assert.Equal(LightingControl.MaximumOverrideMinutes, Command("setLevel").Fields.Single(field => field.Name == "durationMinutes").Range.Maximum);
        Assert.Equal(ControllerSettings.ProgramCount - 1, Command("setProgram").Fields.Single(field => field.Name == "programIndex").Range.Maximum);
        Assert.Equal(LightingProgram.MaximumPoints, Command("setProgram").Points!.Maximum);
        ValueRange offset = Command("setClockOffset").Fields.Single(field => field.Name == "utcOffsetMinutes").Range;
        Assert.Equal(new ValueRange(SettingsRules.MinimumUtcOffsetMinutes, SettingsRules.MaximumUtcOffsetMinutes), offset);
        Assert.Equal(JournalMessage.MaximumEntryCount, Uplink("journal").Entries!.Maximum);
    }

    [Fact]
    public void Kinds_of_journal_entries_have_the_ids_and_lengths_that_they_have_in_code()
    {
        SchemaEntries entries = Uplink("journal").Entries!;
        Dictionary<string, int> inCode = Enum.GetValues<JournalEntryKind>().Where(kind => kind != JournalEntryKind.None)
            .ToDictionary(kind => ControllerCodec.CamelCase(kind.ToString()), kind => (int)kind);
        Dictionary<string, int> measurements = Enum.GetValues<MeasurementKind>().ToDictionary(kind => ControllerCodec.CamelCase(kind.ToString()), kind => (int)kind);
        Assert.Equal(measurements, Uplink("measurement").Entries!.Kinds.ToDictionary(kind => kind.Name, kind => kind.Id));
        measurements.ToList().ForEach(pair => inCode.Add(pair.Key, pair.Value));
        Assert.Equal(inCode, entries.Kinds.ToDictionary(kind => kind.Name, kind => kind.Id));
        Assert.Equal(inCode, Repository.Schema.EntryKinds.ToDictionary(kind => kind.Name, kind => kind.Id));
        Assert.All(Repository.Schema.EntryKinds, kind => Assert.Equal(kind.Id >= 64, kind.Manifest is not null));
        Assert.Equal(MeasurementMessage.MaximumEntryCount, Uplink("measurement").Entries!.Maximum);
        Assert.Equal(MeasurementMessage.HeaderLength, Uplink("measurement").Fields.Sum(field => field.Bits) / 8);
        Assert.Equal(MeasurementMessage.EntryOverheadLength, Uplink("measurement").Entries!.HeadBits / 8);
        MeasurementEntries all = new();
        Assert.Equal(all.Count, measurements.Count);
        Assert.All(measurements.Values, id => Assert.Equal((MeasurementEntries.LengthOf(id), id), (all.Of(id)!.Length, (int)all.Of(id)!.Kind)));
        Assert.All(entries.Kinds, kind => Assert.Equal(JournalMessage.ValuesLength(kind.Id), kind.Fields.Sum(field => field.Bits) / 8));
        Assert.All(entries.Kinds, kind => Assert.InRange(JournalMessage.ValuesLength(kind.Id), 1, JournalEntry.MaximumValuesLength));
        Assert.Equal(JournalMessage.HeaderLength, Uplink("journal").Fields.Sum(field => field.Bits) / 8);
        Assert.Equal(JournalMessage.EntryOverheadLength, entries.HeadBits / 8);
    }

    // With 15 bytes of MAC options in the frame, the most there can be, a payload has 36 bytes at the slowest data rates.
    [Fact]
    public void Uplinks_fit_beside_the_longest_MAC_options() =>
        Assert.All(Repository.Schema.Uplinks, message => Assert.InRange(message.Fields.Sum(field => field.Bits) / 8, 1, 51 - 15));

    [Fact]
    public void The_longest_command_is_as_long_as_the_code_says() =>
        Assert.Equal(CommandMessage.MaximumLength, Repository.Golden.Where(vector => vector.Message == "setProgram" && vector.Error == "ok").Max(vector => vector.Hex!.Length / 2));

    private static SchemaMessage Uplink(string name) => Repository.Schema.Uplinks.Single(message => message.Name == name);

    private static SchemaMessage Command(string name) => Repository.Schema.Commands.Single(message => message.Name == name);
}
