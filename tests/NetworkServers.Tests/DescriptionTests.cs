// The judges themselves: the published descriptions find what is wrong with a request or an answer.
using System.Text.Json.Nodes;
using NetworkServers.Interface;

namespace NetworkServers.Tests;

public sealed class DescriptionTests
{
    private const string Right = """{"device":{"devEui":"70b3d50000000001","name":"P-1","applicationId":"a","deviceProfileId":"b","tags":{"pole":"P-1"},"isDisabled":false}}""";

    [Theory]
    [InlineData(Right, true)]
    [InlineData("""{"device":{"devEui":"70b3d50000000001","dev_eui":"x"}}""", false)]
    [InlineData("""{"device":{"devEui":7}}""", false)]
    [InlineData("""{"device":{"isDisabled":"no"}}""", false)]
    [InlineData("""{"device":{"tags":{"pole":1}}}""", false)]
    [InlineData("""{"devices":{}}""", false)]
    public void Given_a_request_to_ChirpStack_then_its_description_tells_right_from_wrong(string body, bool isRight)
    {
        ApiDescription description = ApiDescription.Load("chirpstack");
        ApiOperation operation = description.Find("POST", "/api/devices")!.Value.Operation;

        Assert.Equal(isRight, new ApiValidator(description).Request(operation, [], JsonNode.Parse(body)!.AsObject()).Count == 0);
    }

    [Theory]
    [InlineData("""{"end_device":{"ids":{"device_id":"eui-1"},"lorawan_version":"MAC_V1_0_4"},"field_mask":"lorawan_version"}""", true)]
    [InlineData("""{"end_device":{"lorawan_version":"1.0.4"}}""", false)]
    [InlineData("""{"end_device":{"mac_settings":{"adr":{"on":true}}}}""", false)]
    [InlineData("""{"end_device":{"root_keys":{"app_key":"00"}}}""", false)]
    [InlineData("""{"end_device":{},"field_mask":{"paths":["name"]}}""", false)]
    public void Given_a_request_to_The_Things_Stack_then_its_description_tells_right_from_wrong(string body, bool isRight)
    {
        ApiDescription description = ApiDescription.Load("things-stack");
        ApiOperation operation = description.Find("PUT", "/api/v3/ns/applications/street-lights/devices/eui-1")!.Value.Operation;

        Assert.Equal(isRight, new ApiValidator(description).Request(operation, [], JsonNode.Parse(body)!.AsObject()).Count == 0);
    }

    [Fact]
    public void Given_a_query_parameter_or_a_path_that_is_not_described_then_it_is_found()
    {
        ApiDescription description = ApiDescription.Load("chirpstack");
        ApiOperation list = description.Find("GET", "/api/devices")!.Value.Operation;

        Assert.Single(new ApiValidator(description).Request(list, ["limit", "page"], null));
        Assert.Null(description.Find("GET", "/api/gadgets"));
        Assert.Null(description.Find("PATCH", "/api/devices"));
        Assert.Equal("70b3", description.Find("GET", "/api/devices/70b3/keys")!.Value.Path["devEui"]);
    }

    [Fact]
    public void Given_an_answer_then_it_is_judged_too_and_null_counts_as_absent()
    {
        ApiDescription description = ApiDescription.Load("chirpstack");
        ApiOperation get = description.Find("GET", "/api/devices/70b3")!.Value.Operation;
        ApiValidator validator = new(description);

        Assert.Empty(validator.Answer(get, false, JsonNode.Parse("""{"device":{"devEui":"70b3"},"lastSeenAt":null,"classEnabled":"CLASS_A"}""")!.AsObject()));
        Assert.NotEmpty(validator.Answer(get, false, JsonNode.Parse("""{"device":{"devEui":"70b3"},"classEnabled":"CLASS_D"}""")!.AsObject()));
        Assert.NotEmpty(validator.Answer(get, true, JsonNode.Parse("""{"code":"five"}""")!.AsObject()));
    }
}
