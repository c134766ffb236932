// The client of the service port against everything that a serial line does to an answer.
using FsCheck;
using FsCheck.Fluent;
using Provisioning.Problems;
using Provisioning.ServicePort;
using Xunit;

namespace Provisioning.Tests.ServicePort;

public sealed class ServiceClientTests
{
    private const string Health = "health component=settings state=ok\r\nhealth component=radio state=failed\r\nok health lines=2\r\n";

    [Theory]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(256, false)]
    [InlineData(1, true)]
    [InlineData(256, true)]
    public void Given_an_answer_cut_anywhere_and_echoed_then_it_is_whole(int portion, bool echoes)
    {
        using ScriptedLine line = new(_ => Health) { Portion = portion, Echoes = echoes };

        ServiceAnswer answer = new ServiceClient(line).Ask("health");

        Assert.Equal(["settings", "radio"], answer.Lines.Select(record => record.Find("component")));
        Assert.Null(answer.ErrorCode);
    }

    [Fact]
    public void Given_what_others_print_on_the_wires_then_it_is_skipped()
    {
        using ScriptedLine line = new(_ => "Ready.\nFound 2 devices, ok so far\nhealth component=settings state=ok\n*** GC: 12 ms ***\nhealth component=radio state=ok\nok health lines=2\n");

        Assert.Equal(2, new ServiceClient(line).Ask("health").Lines.Count);
    }

    [Theory]
    [InlineData("health component=settings state=ok\r\nok health lines=2\r\n")]
    [InlineData("health component=settings state=ok\r\nhealth comp\u00ffonent=radio state=failed\r\nok health lines=2\r\n")]
    [InlineData("health component=settings state=ok\r\nhealth component=radio sta")]
    [InlineData("")]
    [InlineData("error code=badCharacter at=line do=\"printable ASCII\"\r\n")]
    public void Given_an_answer_that_is_not_whole_then_it_is_asked_for_again(string broken)
    {
        int count = 0;
        using ScriptedLine line = new(_ => count++ == 0 ? broken : Health);

        ServiceAnswer answer = new ServiceClient(line).Ask("health", silenceMs: 100);

        Assert.Equal(2, answer.Lines.Count);
        Assert.Equal(2, line.Asked.Count);
    }

    [Fact]
    public void Given_a_line_that_must_not_be_asked_twice_then_silence_ends_it()
    {
        using ScriptedLine line = new(_ => "");

        ProblemException thrown = Assert.Throws<ProblemException>(() => new ServiceClient(line).Ask("restart", silenceMs: 50, isRepeatable: false));

        Assert.Equal("problem.service.silent", thrown.Problems[0].Key);
        Assert.Equal(["restart"], line.Asked);
    }

    [Fact]
    public void Given_any_bytes_instead_of_a_pole_then_it_ends_with_a_problem_or_an_answer_and_never_hangs_or_breaks()
    {
        // Random bytes, and random cuts of a real answer.
        Prop.ForAll<byte[]>(noise =>
        {
            int cut = noise.Sum(value => value) % Health.Length;
            string garbage = string.Concat(noise.Select(value => (char)value)) + Health[..cut];
            using ScriptedLine line = new(_ => garbage) { Portion = 64 };
            try
            {
                ServiceAnswer answer = new ServiceClient(line).Ask("health", silenceMs: 10);
                return answer.Last.Name is "ok" or "error";
            }
            catch (ProblemException)
            {
                return true;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Theory]
    [InlineData("health\r\nrestart")]
    [InlineData("")]
    [InlineData("läuft")]
    public void Given_a_line_that_is_none_then_nothing_is_sent(string text)
    {
        using ScriptedLine line = new(_ => "");

        ProblemException thrown = Assert.Throws<ProblemException>(() => new ServiceClient(line).Ask(text));

        Assert.Equal(ProblemKind.WrongUse, thrown.Problems[0].Kind);
        Assert.Empty(line.Asked);
    }

    [Fact]
    public void Given_values_with_blanks_in_quotes_then_they_are_one_value()
    {
        ServiceRecord record = ServiceRecord.Parse("error code=tooSoon at=unlock do=\"wait a = b\" seconds=4");

        Assert.Equal(("error", "wait a = b", 4), (record.Name, record.Find("do"), record.Number("seconds")));
    }

    // docs/service-port.md, "Opening it"; and RFC 4493 is what the controller's tests hold the same code against.
    [Fact]
    public void Given_the_documents_vector_then_the_response_is_that()
    {
        Assert.Equal(
            "8fcc500f21a8313bd948715960da1ee4",
            ServiceResponse.Make(Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c"), Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), Convert.FromHexString("70b3d57ed005a1b2")));
    }
}
