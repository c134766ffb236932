// The pole's codec against the golden vectors, which were encoded from the schema alone: every vector, both directions.
using System.Text.Json.Nodes;
using MessageGenerator.Output;
using MessageSchemas;
using Xunit;

namespace MessageGenerator.Tests;

public sealed class GoldenVectorTests
{
    [Fact]
    public void Every_valid_payload_decodes_to_its_values()
    {
        AssertAll(Valid(), vector =>
        {
            Decoded decoded = Decode(vector);
            return decoded.Error == GoldenVector.Ok && JsonNode.DeepEquals(decoded.Values, vector.Fields)
                ? null : $"{decoded.Error} {decoded.Values?.ToJsonString()}";
        });
    }

    [Fact]
    public void Every_set_of_values_encodes_to_its_payload()
    {
        AssertAll(Valid(), vector =>
        {
            byte[] encoded = vector.Message == Repository.Schema.Settings.CommandName
                ? SectionTests.EncodeByThePole(vector)
                : ControllerCodec.Encode(MessageOf(vector)!, vector.Fields!);
            string hex = Convert.ToHexStringLower(encoded);
            return hex == vector.Hex ? null : hex;
        });
    }

    [Fact]
    public void Every_payload_that_must_be_refused_is_refused_with_its_error_and_field()
    {
        IEnumerable<GoldenVector> refused = Repository.Golden.Where(vector => vector.Hex is not null && vector.Error != GoldenVector.Ok);
        AssertAll(refused, vector =>
        {
            Decoded decoded = Decode(vector);
            return decoded.Error == vector.Error && decoded.Field == vector.Field ? null : $"{decoded.Error}, field {decoded.Field}";
        });
    }

    [Fact]
    public void A_command_that_cannot_be_told_is_not_encoded()
    {
        IEnumerable<GoldenVector> vectors =
            Repository.Golden.Where(vector => vector.Error == GoldenVector.NotEncodable && vector.Direction == GoldenVector.Downlink);
        AssertAll(vectors, vector =>
        {
            byte[] payload = ControllerCodec.Encode(MessageOf(vector)!, vector.Fields!);
            return payload.Length == 0 ? null : Convert.ToHexStringLower(payload);
        });
    }

    [Fact]
    public void There_are_vectors_of_every_message_every_error_and_every_value_of_an_enum()
    {
        foreach (SchemaMessage message in Repository.Messages)
        {
            Assert.Contains(Repository.Golden, vector => vector.Message == message.Name && vector.Error == GoldenVector.Ok);
            Assert.Contains(Repository.Golden, vector => vector.Message == message.Name && vector.Error == "tooShort");
            Assert.Contains(Repository.Golden, vector => vector.Message == message.Name && vector.Error == "tooLong");
        }

        string all = string.Join('\n', Valid().Select(vector => vector.Fields!.ToJsonString()));
        Assert.All(Repository.Schema.Enums.Where(item => item.Name is not ("settingsFault" or "containerShape")).SelectMany(item => item.Values), value => Assert.Contains($"\"{value.Name}\"", all, StringComparison.Ordinal));
        Assert.Contains(Repository.Golden, vector => vector.Error == "unknownCommand");
        Assert.Contains(Repository.Golden, vector => vector.Error == "outOfRange" && vector.Field == 33);
    }

    private static List<GoldenVector> Valid() => [.. Repository.Golden.Where(vector => vector.Error == GoldenVector.Ok)];

    private static Decoded Decode(GoldenVector vector)
    {
        byte[] payload = Convert.FromHexString(vector.Hex!);
        return vector.Direction == GoldenVector.Downlink ? ControllerCodec.DecodeCommand(payload) : ControllerCodec.DecodeUplink(MessageOf(vector)!, payload);
    }

    private static SchemaMessage? MessageOf(GoldenVector vector) => Repository.Messages.FirstOrDefault(message => message.Name == vector.Message);

    private static void AssertAll(IEnumerable<GoldenVector> vectors, Func<GoldenVector, string?> judge)
    {
        List<GoldenVector> list = [.. vectors];
        Assert.NotEmpty(list);
        List<string> faults = [];
        foreach (GoldenVector vector in list)
        {
            if (judge(vector) is string fault)
            {
                faults.Add($"{vector.Name} ({vector.Hex}): {fault}");
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} of {list.Count} vectors:\n" + string.Join('\n', faults.Take(20)));
    }
}
