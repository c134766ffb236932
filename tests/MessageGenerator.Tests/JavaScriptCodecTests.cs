// The JavaScript codec, run in Node, against the golden vectors and, on random messages and random bytes, against the pole's codec.
// Without Node the tests that need it are skipped.
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MessageGenerator.Output;
using MessageSchemas;
using Xunit;

namespace MessageGenerator.Tests;

public sealed partial class JavaScriptCodecTests
{
    // Runs a list of [function, input] and prints the list of results. The codec is evaluated as a network server does: a plain script.
    private const string Harness = """
        const fs = require('fs');
        const context = require('vm').createContext({});
        require('vm').runInContext(fs.readFileSync(process.argv[2], 'utf8'), context);
        const calls = JSON.parse(fs.readFileSync(0, 'utf8'));
        process.stdout.write(JSON.stringify(calls.map(call => context[call[0]](call[1]))));
        """;

    [Fact]
    public void The_codec_is_short_enough_and_in_ECMAScript_5()
    {
        string codec = File.ReadAllText(Repository.PathOf(GeneratedFiles.CodecPath));
        Assert.InRange(codec.Length, 1, 40959);
        string program = LiteralPattern().Replace(CommentPattern().Replace(codec, string.Empty), "''");
        Assert.DoesNotMatch(LaterSyntaxPattern(), program);
    }

    [Fact]
    public void Golden_payloads_decode_to_their_values_or_their_error()
    {
        List<GoldenVector> vectors = [.. Repository.Golden.Where(vector => vector.Hex is not null)];
        JsonArray results = Run(vectors.Select(vector => DecodeCall(vector.Direction, vector.Port, Convert.FromHexString(vector.Hex!))));
        AssertAll(vectors.Select((vector, i) => (vector.Name, Fault: Judge(vector.Error, vector.Field, Named(vector.Message, vector.Direction, vector.Fields), results[i]!))));
    }

    [Fact]
    public void Golden_commands_encode_to_their_payload_or_are_refused()
    {
        List<GoldenVector> vectors = [.. Repository.Golden.Where(vector => vector.Direction == GoldenVector.Downlink && vector.Fields is not null)];
        JsonArray results = Run(vectors.Select(vector => EncodeCall(vector.Message!, vector.Fields!)));
        AssertAll(vectors.Select((vector, i) => (vector.Name, Fault: JudgeEncoded(vector.Hex, results[i]!))));
    }

    [Fact]
    public void Random_messages_are_the_same_in_both_codecs()
    {
        RandomMessages random = new(1);
        List<SchemaMessage> messages = [.. Repository.Messages.SelectMany(message => Enumerable.Repeat(message, 500))];
        List<JsonObject> values = [.. messages.Select(random.Make)];
        List<byte[]> payloads = [.. messages.Select((message, i) => ControllerCodec.Encode(message, values[i]))];
        Assert.DoesNotContain(payloads, payload => payload.Length == 0);
        JsonArray decoded = Run(messages.Select((message, i) => DecodeCall(DirectionOf(message), message.Port, payloads[i])));
        AssertAll(messages.Select((message, i) =>
            (values[i].ToJsonString(), Fault: Judge("ok", null, Named(message.Name, DirectionOf(message), values[i]), decoded[i]!))));

        List<int> commands = [.. Enumerable.Range(0, messages.Count).Where(i => messages[i].IsCommand)];
        JsonArray encoded = Run(commands.Select(i => EncodeCall(messages[i].Name, values[i])));
        AssertAll(commands.Select((i, k) => (values[i].ToJsonString(), Fault: JudgeEncoded(Convert.ToHexStringLower(payloads[i]), encoded[k]!))));
    }

    [Fact]
    public void Random_sections_are_written_and_read_as_the_schema_says()
    {
        RandomSections random = new(4);
        List<(string Name, byte[] Payload, JsonObject Values)> commands = [];
        foreach (SchemaSection section in Repository.Schema.Settings.Sections.SelectMany(section => Enumerable.Repeat(section, 100)))
        {
            JsonObject values = SectionTests.SectionValues(section, random.Make(section));
            commands.Add((section.Name, SectionEncoder.EncodeCommand(Repository.Schema.Settings, values), values));
        }

        string name = Repository.Schema.Settings.CommandName;
        JsonArray encoded = Run(commands.Select(command => EncodeCall(name, command.Values)));
        AssertAll(commands.Select((command, i) => (command.Name, Fault: JudgeEncoded(Convert.ToHexStringLower(command.Payload), encoded[i]!))));
        JsonArray decoded = Run(commands.Select(command => DecodeCall(GoldenVector.Downlink, Repository.Schema.CommandPort, command.Payload)));
        AssertAll(commands.Select((command, i) => (command.Name, Fault: Judge("ok", null, Named(name, GoldenVector.Downlink, command.Values), decoded[i]!))));
    }

    [Fact]
    public void Random_bytes_of_journal_messages_are_judged_the_same_by_both_codecs()
    {
        RandomMessages random = new(3);
        SchemaMessage journal = Repository.Schema.Uplinks.Single(message => message.Name == "journal");
        List<byte[]> payloads = [.. Enumerable.Range(0, 4000).Select(_ => random.MakePayload([journal]))];
        List<Decoded> expected = [.. payloads.Select(payload => ControllerCodec.DecodeUplink(journal, payload))];
        Assert.InRange(expected.Count(item => item.Error == "ok"), 200, 3800);
        JsonArray results = Run(payloads.Select(payload => DecodeCall(GoldenVector.Uplink, journal.Port, payload)));
        AssertAll(payloads.Select((payload, i) =>
            (Convert.ToHexStringLower(payload), Fault: Judge(expected[i].Error, null, Named("journal", GoldenVector.Uplink, expected[i].Values), results[i]!))));
    }

    [Fact]
    public void Random_bytes_are_judged_the_same_by_both_codecs()
    {
        RandomMessages random = new(2);
        List<byte[]> payloads = [.. Enumerable.Range(0, 4000).Select(_ => random.MakePayload(Repository.Schema.Commands))];
        List<Decoded> expected = [.. payloads.Select(ControllerCodec.DecodeCommand)];
        Assert.InRange(expected.Count(item => item.Error == "ok"), 200, 3800);
        JsonArray results = Run(payloads.Select(payload => DecodeCall(GoldenVector.Downlink, Repository.Schema.CommandPort, payload)));
        AssertAll(payloads.Select((payload, i) => (Convert.ToHexStringLower(payload), Fault: JudgeAgainstPole(payload, expected[i], results[i]!))));

        foreach (SchemaMessage message in Repository.Schema.Uplinks)
        {
            List<byte[]> uplinks = [.. Enumerable.Range(0, 1000).Select(_ => random.MakePayload([message]))];
            JsonArray decoded = Run(uplinks.Select(payload => DecodeCall(GoldenVector.Uplink, message.Port, payload)));
            AssertAll(uplinks.Select((payload, i) =>
            {
                Decoded pole = ControllerCodec.DecodeUplink(message, payload);
                return (Convert.ToHexStringLower(payload), Fault: Judge(pole.Error, null, Named(message.Name, GoldenVector.Uplink, pole.Values), decoded[i]!));
            }));
        }
    }

    [Fact]
    public void What_an_operator_gets_wrong_is_said()
    {
        JsonArray results = Run(
        [
            ["encodeDownlink", new JsonObject { ["data"] = new JsonObject { ["command"] = "setLevels" } }],
            ["encodeDownlink", new JsonObject { ["data"] = new JsonObject { ["command"] = "resumeProgram", ["level"] = 1 } }],
            ["encodeDownlink", new JsonObject { ["data"] = new JsonObject { ["command"] = "resumeProgram" } }],
            ["encodeDownlink", new JsonObject()],
            DecodeCall(GoldenVector.Uplink, 99, [1]),
        ]);
        Assert.Contains("setLevels", ErrorOf(results[0]!), StringComparison.Ordinal);
        Assert.Contains("level is no field", ErrorOf(results[1]!), StringComparison.Ordinal);
        Assert.Equal("[2,0]", results[2]!["bytes"]!.ToJsonString());
        Assert.Single((JsonArray)results[2]!["warnings"]!);
        Assert.StartsWith("notEncodable", ErrorOf(results[3]!), StringComparison.Ordinal);
        Assert.StartsWith("unknownPort", ErrorOf(results[4]!), StringComparison.Ordinal);
    }

    private static string DirectionOf(SchemaMessage message) => message.IsCommand ? GoldenVector.Downlink : GoldenVector.Uplink;

    private static JsonArray DecodeCall(string direction, int port, byte[] payload)
    {
        JsonArray bytes = new([.. payload.Select(item => (JsonNode)(int)item)]);
        return [direction == GoldenVector.Uplink ? "decodeUplink" : "decodeDownlink", new JsonObject { ["fPort"] = port, ["bytes"] = bytes }];
    }

    private static JsonArray EncodeCall(string command, JsonObject values) =>
        ["encodeDownlink", new JsonObject { ["data"] = Named(command, GoldenVector.Downlink, values) }];

    private static JsonObject? Named(string? message, string direction, JsonObject? values)
    {
        if (values is null)
        {
            return null;
        }

        JsonObject named = (JsonObject)values.DeepClone();
        named[direction == GoldenVector.Uplink ? "message" : "command"] = message;
        return named;
    }

    private static string? JudgeAgainstPole(byte[] payload, Decoded expected, JsonNode result)
    {
        string? name = expected.Values is null ? null : Repository.Schema.Commands.SingleOrDefault(command => command.CommandId == payload[0])?.Name ?? Repository.Schema.Settings.CommandName;
        if (payload.ElementAtOrDefault(0) == Repository.Schema.Settings.CommandId && expected.Error == "outOfRange" && ErrorOf(result).Length == 0)
        {
            // Settings that do not fit each other are refused by the pole; their ranges are the schema's.
            return null;
        }

        return Judge(expected.Error, expected.Field, Named(name, GoldenVector.Downlink, expected.Values), result);
    }

    private static string? Judge(string error, int? field, JsonObject? values, JsonNode result)
    {
        string expectedStart = field is null ? error + ":" : $"{error}: field {field} ";
        bool isRight = error == GoldenVector.Ok
            ? ErrorOf(result).Length == 0 && JsonNode.DeepEquals(Sorted(result["data"]), Sorted(values))
            : ErrorOf(result).StartsWith(expectedStart, StringComparison.Ordinal) && result["data"] is null;
        return isRight ? null : $"expected {error} {field} {values?.ToJsonString()}, is {result.ToJsonString()}";
    }

    private static string? JudgeEncoded(string? hex, JsonNode result)
    {
        string? bytes = result["bytes"] is JsonArray list ? Convert.ToHexStringLower([.. list.Select(item => (byte)item!.GetValue<int>())]) : null;
        bool isRight = hex is null ? ErrorOf(result).StartsWith("notEncodable", StringComparison.Ordinal) && bytes is null : bytes == hex;
        return isRight ? null : $"expected {hex}, is {result.ToJsonString()}";
    }

    private static string ErrorOf(JsonNode result) => ((JsonArray)result["errors"]!).Count == 0 ? string.Empty : result["errors"]![0]!.GetValue<string>();

    // Numbers from both sides as text, so that 1 and 1.0 in different types compare equal.
    private static JsonNode? Sorted(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());

    private static void AssertAll(IEnumerable<(string Name, string? Fault)> judged)
    {
        List<string> faults = [.. judged.Where(item => item.Fault is not null).Select(item => $"{item.Name}: {item.Fault}")];
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n" + string.Join('\n', faults.Take(10)));
    }

    private static JsonArray Run(IEnumerable<JsonArray> calls)
    {
        string script = Path.Combine(Path.GetTempPath(), $"codec-harness-{Guid.NewGuid():N}.js");
        File.WriteAllText(script, Harness);
        try
        {
            ProcessStartInfo start = new("node", [script, Repository.PathOf(GeneratedFiles.CodecPath)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(false),
            };
            using Process node = Start(start);
            Task<string> error = node.StandardError.ReadToEndAsync();
            Task<string> output = node.StandardOutput.ReadToEndAsync();
            node.StandardInput.Write(new JsonArray([.. calls]).ToJsonString());
            node.StandardInput.Close();
            node.WaitForExit();
            Assert.True(node.ExitCode == 0, error.GetAwaiter().GetResult());
            return (JsonArray)JsonNode.Parse(output.GetAwaiter().GetResult())!;
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Node.js is not installed: the JavaScript codec was not run");
            throw;
        }
    }

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex CommentPattern();

    [GeneratedRegex("'[^'\n]*'|\"[^\"\n]*\"")]
    private static partial Regex LiteralPattern();

    [GeneratedRegex(@"\b(let|const|class|async|await|yield|import|export|of)\b|=>|`|\.\.\.|\*\*")]
    private static partial Regex LaterSyntaxPattern();
}
