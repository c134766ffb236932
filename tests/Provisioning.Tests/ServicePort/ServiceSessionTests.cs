// The lock: delays after failures, keys in rotation, restarts in the middle.
using Provisioning.Problems;
using Provisioning.ServicePort;
using Xunit;

namespace Provisioning.Tests.ServicePort;

public sealed class ServiceSessionTests
{
    private const string DevEui = "70b3d57ed005a1b2";
    private const string Challenge = "ok unlock challenge=000102030405060708090a0b0c0d0e0f devEui=70b3d57ed005a1b2 validSeconds=120\r\n";
    private const string RightResponse = "unlock 8fcc500f21a8313bd948715960da1ee4";
    private static readonly byte[] s_rightKey = Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c");

    [Fact]
    public void Given_a_delay_after_failures_then_it_is_waited_for_and_told()
    {
        bool isFirst = true;
        List<long> waited = [];
        using ScriptedLine line = new(text =>
        {
            if (text == "unlock" && isFirst)
            {
                isFirst = false;
                return "error code=tooSoon at=unlock do=\"wait\" seconds=1\r\n";
            }

            return Pole(text, 1);
        });
        using ServiceSession session = new(new ServiceClient(line), _ => [s_rightKey.ToArray()]) { Waiting = waited.Add };

        session.Unlock();

        Assert.Equal([1], waited);
    }

    [Fact]
    public void Given_a_delay_of_minutes_then_it_is_told_and_not_waited_for()
    {
        using ScriptedLine line = new(text => text == "unlock" ? "error code=tooSoon at=unlock do=\"wait\" seconds=840\r\n" : Pole(text, 1));
        using ServiceSession session = new(new ServiceClient(line), _ => [s_rightKey.ToArray()]);

        ProblemException thrown = Assert.Throws<ProblemException>(session.Unlock);

        Assert.Equal(("problem.service.tooSoon", "840"), (thrown.Problems[0].Key, thrown.Problems[0].Arguments[0]));
    }

    [Fact]
    public void Given_keys_in_rotation_then_the_second_is_tried_when_the_first_is_refused_and_both_are_wiped()
    {
        byte[] wrong = new byte[16];
        byte[] right = s_rightKey.ToArray();
        wrong[0] = 1;
        using ScriptedLine line = new(text => Pole(text, 1));
        using (ServiceSession session = new(new ServiceClient(line), _ => [wrong, right]))
        {
            session.Unlock();
        }

        Assert.Contains(RightResponse, line.Asked);
        Assert.All((byte[][])[wrong, right], key => Assert.True(key.All(value => value == 0), "a key was left in memory"));
    }

    [Fact]
    public void Given_a_controller_that_restarts_in_the_middle_then_it_is_opened_again_and_counted()
    {
        int starts = 1;
        bool isOpen = false;
        using ScriptedLine line = new(text =>
        {
            if (text == RightResponse)
            {
                isOpen = true;
            }

            if (text == "health" && !isOpen)
            {
                return "error code=locked at=line do=\"send unlock first\"\r\n";
            }

            return text == "health" ? "health component=settings state=ok\r\nok health lines=1\r\n" : Pole(text, starts);
        });
        using ServiceSession session = new(new ServiceClient(line), _ => [s_rightKey.ToArray()]);
        session.Unlock();
        starts = 2;
        isOpen = false;

        ServiceAnswer answer = session.Ask("health");

        Assert.Single(answer.Lines);
        Assert.Equal(1, session.RestartCount);
    }

    [Fact]
    public void Given_another_pole_on_the_cable_then_it_is_not_taken_for_the_first()
    {
        string devEui = DevEui;
        using ScriptedLine line = new(text => text == "health" ? "error code=locked at=line do=\"\"\r\n" : Pole(text, 1).Replace(DevEui, devEui, StringComparison.Ordinal));
        using ServiceSession session = new(new ServiceClient(line), _ => [s_rightKey.ToArray()]);
        session.Unlock();
        devEui = "70b3d57ed005a1b3";

        Assert.Equal("problem.service.otherPole", Assert.Throws<ProblemException>(() => session.Ask("health")).Problems[0].Key);
    }

    private static string Pole(string line, int starts) => line switch
    {
        "id" => $"id devEui={DevEui} isProvisioned=1 board=b firmware=0.1.0 starts={starts}\r\n",
        "unlock" => Challenge,
        RightResponse => "ok unlock closesAfterIdleSeconds=600\r\n",
        _ when line.StartsWith("unlock ", StringComparison.Ordinal) => "error code=refused at=unlock do=\"check the key\" failures=1 seconds=1\r\n",
        _ => "error code=unknownCommand at=line do=\"send help\"\r\n",
    };
}
