// The operator restarts a pole over the air; the service port's manifest is the schema's.
using MessageSchemas;
using PoleController.Journal;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class RestartCommandTests
{
    [Fact]
    public void Given_the_command_restart_Then_it_is_answered_first_and_the_next_start_knows_who_asked()
    {
        PoleBench bench = new PoleBench().Start();
        bench.RunUntil(() => bench.Pole.Device.IsJoined);
        bench.Operator.SendCommand("restart", """{ "sequence": 5 }""");
        bench.RunUntil(() => bench.Answers.Count > 0);
        Assert.Equal("ok", bench.Answers[^1].Get<string>("error"));
        Assert.False(bench.Pole.IsRestartDue);
        bench.RunUntil(() => bench.Pole.IsRestartDue);
        bench.Start();
        BootEntry entry = new();
        bench.Pole.Boots.Read(0, entry);
        Assert.Equal(RestartCause.Requested, entry.Cause);
        Assert.Equal((int)RestartReason.Operator, entry.Detail);
    }

    [Fact]
    public void The_manifest_at_the_service_port_has_the_words_of_the_schema()
    {
        Type words = typeof(PoleController.Controller).Assembly.GetType("PoleController.Service.ManifestWords")!;
        string Word(string method, int kind) => words
            .GetMethod(method, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.Invoke(null, [kind])!.ToString()!;
        List<SchemaEntryKind> entries = [.. Repository.Schema.EntryKinds.Where(entry => entry.Manifest is not null)];
        Assert.True(entries.Count >= 10);
        foreach (SchemaEntryKind entry in entries)
        {
            int kind = entry.Id;
            Assert.Equal(entry.Name, Word("Name", kind));
            Assert.Equal(entry.Manifest!.Purpose, Word("Purpose", kind));
            Assert.Equal(entry.Manifest.OnPole, Word("OnPole", kind));
            Assert.Equal(entry.Manifest.Persons, Word("Persons", kind));
            Assert.Equal(entry.Manifest.RetentionDays.ToString(System.Globalization.CultureInfo.InvariantCulture), Word("RetentionDays", kind));
        }
    }
}
