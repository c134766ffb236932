// Who does not know the pole's key gets nothing out of the service port and nothing into it, at no pace and over no restart.
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PoleController.Alarms;
using RepositoryFiles;
using Xunit;

namespace PoleController.Tests.Service;

public sealed class ServiceLockTests
{
    private static readonly byte[] WrongKey = new byte[16];

    [Fact]
    public void The_tests_own_CMAC_agrees_with_RFC_4493()
    {
        byte[] message = Convert.FromHexString("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411");
        Assert.Equal("dfa66747de9ae63030ca32611497c827", Convert.ToHexStringLower(ServiceBench.Cmac(ServiceBench.ServiceKey, message)));
        Assert.Equal("bb1d6929e95937287fa37d129b756746", Convert.ToHexStringLower(ServiceBench.Cmac(ServiceBench.ServiceKey, [])));
        Assert.Equal("070a16b46b4d4144f79bdd9dd04a287c", Convert.ToHexStringLower(ServiceBench.Cmac(ServiceBench.ServiceKey, message[..16])));
    }

    [Fact]
    public void The_tests_own_response_is_that_of_the_documentation_which_OpenSSL_made()
    {
        byte[] challenge = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        string response = Convert.ToHexStringLower(ServiceBench.Response(ServiceBench.ServiceKey, challenge));
        Assert.Equal("8fcc500f21a8313bd948715960da1ee4", response);
        Assert.Contains(response, File.ReadAllText(RepositoryRoot.PathOf("docs", "service-port.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health")]
    [InlineData("values")]
    [InlineData("light 0 60")]
    [InlineData("settings")]
    [InlineData("journal")]
    [InlineData("boots")]
    [InlineData("alarms")]
    [InlineData("restart")]
    [InlineData("rejoin")]
    [InlineData("time 1800000000")]
    [InlineData("log")]
    [InlineData("sensor climate")]
    [InlineData("nonsense")]
    public void Given_a_closed_port_When_asked_anything_Then_it_says_that_it_is_locked_and_nothing_happens(string line)
    {
        using ServiceBench bench = new();
        bench.Run(5000);
        int samples = bench.Climate.SampleCount;
        Assert.StartsWith("error code=locked", bench.AskOne(line), StringComparison.Ordinal);
        bench.Run(5000);
        Assert.False(bench.Controller.IsRestartDue);
        Assert.False(bench.Controller.Clock.IsKnown);
        Assert.True(bench.Dimmer.LevelPermille > 0);
        Assert.Equal(samples, bench.Climate.SampleCount);
    }

    [Fact]
    public void Given_a_closed_port_When_asked_who_it_is_Then_it_says_so()
    {
        using ServiceBench bench = new();
        string id = bench.AskOne("id");
        Assert.Equal(ServiceBench.DevEui, ServiceBench.Field(id, "devEui"));
        Assert.Equal("pole-controller-r1", ServiceBench.Field(id, "board"));
        Assert.Equal(ControllerVersion.Text, ServiceBench.Field(id, "firmware"));
        Assert.StartsWith("ok help", bench.Ask("help")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_pole_without_a_key_Then_nothing_opens_it()
    {
        using ServiceBench bench = new(hasKey: false);
        Assert.StartsWith("error code=noKey", bench.AskOne("unlock"), StringComparison.Ordinal);
        string zero = Convert.ToHexStringLower(ServiceBench.Response(WrongKey, new byte[16]));
        Assert.StartsWith("error code=noKey", bench.AskOne("unlock " + zero), StringComparison.Ordinal);
        Assert.False(bench.Controller.Service.IsOpen);
    }

    [Fact]
    public void Given_the_key_Then_it_opens_and_the_alarm_says_so_until_it_is_closed()
    {
        using ServiceBench bench = new();
        Assert.StartsWith("ok unlock", bench.Unlock(ServiceBench.ServiceKey), StringComparison.Ordinal);
        Assert.True(bench.Controller.Service.IsOpen);
        Assert.True(bench.Controller.Alarms.IsRaised(AlarmKind.ServiceOpened));
        Assert.Equal("ok lock", bench.AskOne("lock"));
        Assert.False(bench.Controller.Alarms.IsRaised(AlarmKind.ServiceOpened));
        Assert.StartsWith("error code=locked", bench.AskOne("health"), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_nobody_types_for_ten_minutes_Then_it_closes()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Run(599_000);
        bench.AskOne("time");
        bench.Run(599_000);
        Assert.True(bench.Controller.Service.IsOpen);
        bench.Run(1_100);
        Assert.False(bench.Controller.Service.IsOpen);
    }

    [Fact]
    public void Given_wrong_responses_Then_each_waits_twice_as_long_up_to_fifteen_minutes_also_over_restarts()
    {
        using ServiceBench bench = new();
        long expectedSeconds = 1;
        for (int failures = 1; failures <= 13; failures++)
        {
            string answer = bench.Unlock(WrongKey);
            Assert.StartsWith("error code=refused", answer, StringComparison.Ordinal);
            Assert.Equal(failures, bench.Controller.Alarms.Value(AlarmKind.ServiceRefused));
            if (failures % 3 == 0)
            {
                bench.Boot();
            }

            string wait = bench.AskOne("unlock");
            Assert.StartsWith("error code=tooSoon", wait, StringComparison.Ordinal);
            Assert.InRange(long.Parse(ServiceBench.Field(wait, "seconds"), System.Globalization.CultureInfo.InvariantCulture), expectedSeconds - 1, expectedSeconds);
            bench.Run((expectedSeconds * 1000) - 300);
            Assert.StartsWith("error code=tooSoon", bench.AskOne("unlock"), StringComparison.Ordinal);
            bench.Run(300);
            expectedSeconds = Math.Min(900, expectedSeconds * 2);
        }

        Assert.StartsWith("ok unlock", bench.Unlock(ServiceBench.ServiceKey), StringComparison.Ordinal);
        bench.Boot();
        Assert.StartsWith("ok unlock", bench.Unlock(ServiceBench.ServiceKey), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_power_is_cut_at_the_moment_of_a_wrong_response_Then_it_counts()
    {
        using ServiceBench bench = new();
        string answer = bench.AskOne("unlock");
        byte[] challenge = Convert.FromHexString(ServiceBench.Field(answer, "challenge"));
        string response = Convert.ToHexStringLower(ServiceBench.Response(WrongKey, challenge));
        bench.Uart.RefusesWrites = true;
        bench.Uart.Arrive(Encoding.ASCII.GetBytes("unlock " + response + "\r"));
        bench.Step();
        bench.Uart.RefusesWrites = false;
        bench.Boot();
        Assert.StartsWith("error code=tooSoon", bench.AskOne("unlock"), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_response_that_was_right_once_Then_it_is_no_use_again()
    {
        using ServiceBench bench = new();
        string answer = bench.AskOne("unlock");
        byte[] challenge = Convert.FromHexString(ServiceBench.Field(answer, "challenge"));
        string response = "unlock " + Convert.ToHexStringLower(ServiceBench.Response(ServiceBench.ServiceKey, challenge));
        Assert.StartsWith("ok unlock", bench.AskOne(response), StringComparison.Ordinal);
        bench.AskOne("lock");
        Assert.StartsWith("error code=noChallenge", bench.AskOne(response), StringComparison.Ordinal);
        bench.AskOne("unlock");
        Assert.StartsWith("error code=refused", bench.AskOne(response), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_challenge_of_two_minutes_ago_Then_it_is_void()
    {
        using ServiceBench bench = new();
        byte[] challenge = Convert.FromHexString(ServiceBench.Field(bench.AskOne("unlock"), "challenge"));
        bench.Run(121_000);
        string response = Convert.ToHexStringLower(ServiceBench.Response(ServiceBench.ServiceKey, challenge));
        Assert.StartsWith("error code=noChallenge", bench.AskOne("unlock " + response), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_same_random_numbers_and_times_in_every_start_Then_no_challenge_comes_twice()
    {
        using ServiceBench bench = new();
        HashSet<string> seen = [];
        for (int start = 0; start < 60; start++)
        {
            for (int i = 0; i < 5; i++)
            {
                Assert.True(seen.Add(ServiceBench.Field(bench.AskOne("unlock"), "challenge")));
            }

            bench.Boot();
        }
    }

    [Fact]
    public void Given_a_store_that_fails_Then_the_port_still_opens_with_the_key_and_guessing_is_no_faster()
    {
        using ServiceBench bench = new();
        bench.Store.Refuses = true;
        Assert.StartsWith("error code=refused", bench.Unlock(WrongKey), StringComparison.Ordinal);
        Assert.StartsWith("error code=tooSoon", bench.AskOne("unlock"), StringComparison.Ordinal);
        bench.Run(2000);
        Assert.StartsWith("ok unlock", bench.Unlock(ServiceBench.ServiceKey), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_at_any_pace_never_unlock_never_throw_and_never_touch_the_lamp()
    {
        Gen<int[]> attack = Gen.Choose(0, 9999).ArrayOf(200);
        Prop.ForAll(attack.ToArbitrary(), (int[] numbers) =>
        {
            using ServiceBench bench = new(seed: numbers[0]);
            bench.Run(2000);
            int level = bench.Dimmer.LevelPermille;
            int calls = bench.Dimmer.CallCount + bench.Relay.CallCount;
            string[] words = ["unlock ", "light 0 60", "restart", "\r", "\n", "settings 1 00", "unlock 00000000000000000000000000000000", "help\r", "id\r", " "];
            foreach (int number in numbers)
            {
                byte[] bytes = number % 3 == 0
                    ? Encoding.ASCII.GetBytes(words[number % words.Length])
                    : [.. Enumerable.Range(0, number % 70).Select(i => (byte)((number * 31) + (i * number)))];
                bench.Uart.Arrive(bytes);
                bench.Step();
                bench.Run(number % 7 == 0 ? number : number % 40);
            }

            Assert.False(bench.Controller.Service.IsOpen);
            Assert.False(bench.Controller.IsRestartDue);
            Assert.Equal(0, bench.Controller.ExceptionCount);
            Assert.False(bench.Controller.Service.IsOverrun);
            Assert.Equal(level, bench.Dimmer.LevelPermille);
            Assert.Equal(calls, bench.Dimmer.CallCount + bench.Relay.CallCount);
            foreach (byte sent in bench.Uart.Sent)
            {
                Assert.True(sent is 13 or 10 or (>= 32 and <= 126));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Any_single_wrong_bit_in_the_response_is_refused()
    {
        for (int bit = 0; bit < 128; bit++)
        {
            using ServiceBench bench = new();
            byte[] response = ServiceBench.Response(
                ServiceBench.ServiceKey, Convert.FromHexString(ServiceBench.Field(bench.AskOne("unlock"), "challenge")));
            response[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.StartsWith("error code=refused", bench.AskOne("unlock " + Convert.ToHexStringLower(response)), StringComparison.Ordinal);
        }
    }
}
