// The schema's own decoder against the golden vectors: what polesim listen shows of a message is what they say.
using System.Text.Json.Nodes;
using MessageSchemas;
using RepositoryFiles;
using Xunit;

namespace MessageGenerator.Tests;

public sealed class SchemaDecoderTests
{
    [Fact]
    public void Given_the_golden_uplinks_When_decoded_by_the_schema_Then_values_and_refusals_are_theirs()
    {
        MessageSchema schema = SchemaReader.ReadFile(RepositoryRoot.PathOf("firmware", "PoleController", "Messages", "messages.yaml"));
        JsonArray vectors = JsonNode.Parse(File.ReadAllText(RepositoryRoot.PathOf("tests", "golden", "messages.json")))!.AsArray();
        int count = 0;
        foreach (JsonNode? vector in vectors.Where(vector => vector!["direction"]!.GetValue<string>() == "uplink" && vector["hex"] is not null))
        {
            byte[] payload = Convert.FromHexString(vector!["hex"]!.GetValue<string>());
            string? problem = SchemaDecoder.Decode(schema, vector["port"]!.GetValue<int>(), payload, out _, out JsonObject? values);
            bool isValid = vector["error"]!.GetValue<string>() == "ok";
            Assert.True(isValid == problem is null, $"{vector["name"]}: {problem}");
            Assert.True(!isValid || JsonNode.DeepEquals(vector["fields"], values), $"{vector["name"]}: {values}");
            count++;
        }

        Assert.True(count > 20);
    }
}
