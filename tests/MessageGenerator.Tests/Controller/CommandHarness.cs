// A command processor over a real lamp, schedule, clock and settings store, with simulated parts beneath.
using System.Text.Json.Nodes;
using MessageSchemas;
using PoleController.Messages;
using PoleController.Settings;
using PoleController.Tests.Parts;

namespace MessageGenerator.Tests.Controller;

internal sealed class CommandHarness
{
    private readonly byte[] _answer = new byte[CommandAnswer.Length];

    public CommandHarness(bool isClockKnown = true)
    {
        Lamp = new LampHarness();
        if (isClockKnown)
        {
            Lamp.WithProgram(400);
        }

        Store = new SettingsStore(Lamp.Store);
        Store.Load(new ControllerSettings());
        Store.TrySave(Lamp.Settings);
        Commands = new CommandProcessor(Lamp.Lighting, Lamp.Schedule, Lamp.Clock, Lamp.Settings, Store);
        Lamp.Start().Run(10000);
    }

    public LampHarness Lamp { get; }

    public SettingsStore Store { get; }

    public CommandProcessor Commands { get; }

    /// <summary>Everything that a refused command must leave alone.</summary>
    public string State
    {
        get
        {
            PoleController.Lighting.LightingControl lighting = Lamp.Lighting;
            return FormattableString.Invariant($"""
                revision {Lamp.Settings.Revision} hash {new SettingsHash().Compute(Lamp.Settings)} kept {KeptHash} writes {Lamp.Store.WriteCount}
                level {lighting.LevelPermille} target {lighting.TargetLevelPermille} cause {lighting.Cause} until {lighting.OverrideEndMs}
                clock {Lamp.Clock.SetCount} {Lamp.Clock.UtcMs(0)} program {Lamp.Schedule.ProgramIndex} {Lamp.Schedule.LevelPermille}
                """);
        }
    }

    /// <summary>Hash of what a restart would find in the store.</summary>
    public int KeptHash => new SettingsHash().Compute(Kept);

    /// <summary>What a restart would find in the store.</summary>
    public ControllerSettings Kept
    {
        get
        {
            ControllerSettings settings = new();
            new SettingsStore(Lamp.Store).Load(settings);
            return settings;
        }
    }

    /// <summary>Sends a command by the schema's names and steps the lamp.</summary>
    public CommandAnswer Send(string command, JsonObject values)
    {
        SchemaMessage message = Repository.Schema.Commands.Single(item => item.Name == command);
        return Send(SchemaEncoder.Encode(Repository.Schema, message, values));
    }

    public CommandAnswer Send(byte[] payload)
    {
        // The radio's buffer is longer than the payload and holds what was there before.
        byte[] buffer = new byte[242];
        Array.Fill(buffer, (byte)1);
        payload.CopyTo(buffer, 0);
        int length = Commands.Process(Lamp.NowMs, buffer, payload.Length, _answer);
        CommandAnswer answer = new();
        if (answer.Decode(_answer, length) != CommandError.Ok)
        {
            throw new InvalidOperationException("the answer cannot be decoded");
        }

        Lamp.Step();
        return answer;
    }

    public static JsonObject Values(string json) => (JsonObject)JsonNode.Parse(json)!;
}
