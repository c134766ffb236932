// Neighbours: who is raised by whom, and that nobody else can raise anybody.
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using PoleController.Alarms;
using PoleController.Neighbours;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Neighbours;

public sealed class NeighbourLinkTests
{
    [Fact]
    public void Given_nobody_was_there_before_Then_an_arrival_raises_both_sides_as_far_as_the_reach()
    {
        using NeighbourBench bench = new(9, reach: 3);
        bench.Arrive(5);
        Assert.Equal([2, 3, 4, 6, 7, 8], bench.Raised());
        bench.Run((NeighbourBench.HoldSeconds * 1000) + 1);
        Assert.Empty(bench.Raised());
    }

    [Fact]
    public void Given_somebody_comes_along_Then_only_the_poles_ahead_are_raised()
    {
        using NeighbourBench bench = new(9);
        bench.Arrive(3);
        bench.Run(16000);
        bench.Arrive(4);
        Assert.Equal([5, 6], bench.Raised());
        bench.Run(16000);
        bench.Arrive(5);
        Assert.Equal([6, 7], bench.Raised());
    }

    [Fact]
    public void Given_poles_out_of_the_radios_range_Then_those_between_pass_it_on_and_no_further()
    {
        using NeighbourBench bench = new(9, reach: 4) { Range = 1 };
        bench.Arrive(1);
        Assert.Equal([2, 3, 4, 5], bench.Raised());
        Assert.Equal(4, bench.Air.Count);
        Assert.Equal([3, 2, 1, 0], bench.Air.Select(data => data[4] & 63));
        Assert.Equal(0, bench.Poles[4].Link.RelayedCount);
    }

    [Fact]
    public void Given_many_arrivals_at_one_pole_Then_it_tells_at_most_one_in_two_seconds()
    {
        using NeighbourBench bench = new(2);
        for (int i = 0; i < 40; i++)
        {
            bench.Arrive(1);
            bench.Run(400);
        }

        Assert.InRange(bench.Poles[0].Link.ToldCount, 9, 10);
        Assert.True(bench.Poles[0].Occupancy.ArrivalCount >= 35);
    }

    [Fact]
    public void A_message_says_where_and_when_and_is_signed_with_the_key_of_the_line()
    {
        using NeighbourBench bench = new(2, reach: 1);
        bench.Arrive(1);
        byte[] message = Assert.Single(bench.Air);
        Assert.Equal(NeighbourMessage.Length, message.Length);
        long utcSeconds = (message[5] << 24) | (message[6] << 16) | (message[7] << 8) | message[8];
        Assert.InRange(utcSeconds, LampHarness.MidsummerEveningUtcMs / 1000, (LampHarness.MidsummerEveningUtcMs / 1000) + 2);
        Assert.Equal(Cmac(bench.Poles[0].Settings.Neighbours.Key, message[..9])[..8], message[9..]);
    }

    [Fact]
    public void Given_a_recorded_message_When_it_is_broadcast_again_Then_nobody_is_raised_not_even_after_a_restart()
    {
        using NeighbourBench bench = new(2);
        bench.Arrive(1);
        bench.Run((NeighbourBench.HoldSeconds * 1000) + 1000);
        Assert.Empty(bench.Raised());
        bench.Inject(bench.Air[0]);
        Assert.Empty(bench.Raised());
        bench.Poles[1].Link.Start(bench.NowMs, true);
        bench.Inject(bench.Air[0]);
        Assert.Empty(bench.Raised());
        Assert.Equal(1, bench.Poles[1].Link.RefusedCount);
    }

    [Fact]
    public void Given_another_key_line_or_time_Then_nobody_is_raised()
    {
        using NeighbourBench bench = new(2);
        bench.Poles[0].Settings.Neighbours.Key[3] ^= 1;
        bench.Arrive(1);
        Assert.Empty(bench.Raised());
        bench.Poles[0].Settings.Neighbours.Key[3] ^= 1;
        bench.Poles[0].Settings.Neighbours.Line = 78;
        bench.Run(5000);
        bench.Arrive(1);
        Assert.Empty(bench.Raised());
        bench.Poles[0].Settings.Neighbours.Line = 77;
        bench.Poles[0].Clock.Set(bench.NowMs, LampHarness.MidsummerEveningUtcMs + 60000, 0);
        bench.Run(5000);
        bench.Arrive(1);
        Assert.Empty(bench.Raised());
        bench.Poles[0].Clock.Set(bench.NowMs, bench.Poles[1].Clock.UtcMs(bench.NowMs), 0);
        bench.Run(5000);
        bench.Arrive(1);
        Assert.Equal([2], bench.Raised());
    }

    [Fact]
    public void Any_bytes_and_any_forgery_raise_nobody_and_do_no_harm()
    {
        Gen<int[]> gen = Gen.Choose(0, int.MaxValue - 1).ArrayOf(12);
        Prop.ForAll(gen.ToArbitrary(), (int[] seeds) =>
        {
            using NeighbourBench bench = new(3);
            bench.Arrive(1);
            byte[] genuine = bench.Air[0];
            bench.Run((NeighbourBench.HoldSeconds * 1000) + 1000);
            foreach (int seed in seeds)
            {
                Random random = new(seed);
                bench.Inject(Forge(genuine, bench, random));
                Assert.Empty(bench.Raised());
                bench.Run(random.Next(3000));
            }

            bench.Run(3000);
            bench.Arrive(1);
            Assert.Equal([2, 3], bench.Raised());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Given_a_flood_of_forgeries_Then_few_signatures_are_checked_and_an_alarm_says_how_many_were_refused()
    {
        using NeighbourBench bench = new(2);
        NeighbourBench.Pole pole = bench.Poles[1];
        long utcSeconds = pole.Clock.UtcMs(bench.NowMs) / 1000;
        for (int i = 0; i < 1000; i++)
        {
            byte[] forged = [1, 0, 77, 1, 1, .. BigEndian(utcSeconds), 1, 2, 3, 4, 5, 6, 7, 8];
            pole.Radio.Heard.Enqueue(forged);
        }

        for (int i = 0; i < 250; i++)
        {
            pole.Link.Step(bench.NowMs);
        }

        Assert.Equal(NeighbourLink.ChecksPerSecond, pole.Link.RefusedCount);
        Assert.True(pole.Alarms.IsRaised(AlarmKind.NeighbourFault));
        bench.Run(3_600_001);
        bench.Run(3_600_001);
        Assert.False(pole.Alarms.IsRaised(AlarmKind.NeighbourFault));
    }

    [Fact]
    public void Given_the_radio_fails_Then_an_alarm_says_so_and_it_is_tried_again()
    {
        using NeighbourBench bench = new(2);
        bench.Poles[1].Radio.IsFailed = true;
        bench.Step();
        Assert.Equal(HealthReason.NoAnswer, bench.Poles[1].Link.Health.Reason);
        Assert.True(bench.Poles[1].Alarms.IsRaised(AlarmKind.NeighbourFault));
        bench.Poles[1].Radio.IsFailed = false;
        bench.Run(NeighbourLink.RetryMs);
        bench.Arrive(1);
        Assert.Equal([2], bench.Raised());
        bench.Run(10000);
        bench.Arrive(2);
        Assert.Equal(HealthState.Ok, bench.Poles[1].Link.Health.State);
        Assert.False(bench.Poles[1].Alarms.IsRaised(AlarmKind.NeighbourFault));
    }

    [Fact]
    public void Given_somebody_arrives_while_the_radio_is_left_alone_Then_it_is_not_told_when_they_are_long_past()
    {
        using NeighbourBench bench = new(2);
        bench.Poles[0].Radio.IsFailed = true;
        bench.Arrive(1);
        bench.Poles[0].Radio.IsFailed = false;
        bench.Run(10000);
        bench.Arrive(1);
        bench.Run(NeighbourLink.RetryMs);
        Assert.Equal(0, bench.Poles[0].Link.ToldCount);
        Assert.Empty(bench.Raised());
        bench.Arrive(1);
        Assert.Equal([2], bench.Raised());
    }

    // Random bytes, changed bits, other lengths, and the genuine message with another time and a guessed signature.
    private static byte[] Forge(byte[] genuine, NeighbourBench bench, Random random)
    {
        byte[] data = (byte[])genuine.Clone();
        switch (random.Next(4))
        {
            case 0:
                data = new byte[random.Next(25)];
                random.NextBytes(data);
                return data;
            case 1:
                data[random.Next(data.Length)] ^= (byte)(1 << random.Next(8));
                return data;
            case 2:
                return random.Next(2) == 0 ? data[..random.Next(data.Length)] : [.. data, .. new byte[random.Next(7)]];
            default:
                BigEndian((bench.Poles[0].Clock.UtcMs(bench.NowMs) / 1000) + random.Next(-3, 4)).CopyTo(data, 5);
                data[3] = (byte)random.Next(256);
                data[4] = (byte)random.Next(256);
                return data;
        }
    }

    private static byte[] BigEndian(long value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    // RFC 4493 over the platform's AES: a CBC with a zero vector, the last block mixed with the subkey K2, because it is not full.
    private static byte[] Cmac(byte[] key, byte[] message)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        byte[] subkey = Double(Double(aes.EncryptEcb(new byte[16], PaddingMode.None)));
        byte[] block = [.. message, 0x80, .. new byte[15 - message.Length]];
        byte[] mixed = [.. block.Zip(subkey, (a, b) => (byte)(a ^ b))];
        return aes.EncryptCbc(mixed, new byte[16], PaddingMode.None);
    }

    private static byte[] Double(byte[] block)
    {
        System.Numerics.BigInteger doubled = new System.Numerics.BigInteger(block, isUnsigned: true, isBigEndian: true) << 1;
        byte[] bytes = doubled.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] result = [.. new byte[Math.Max(0, 16 - bytes.Length)], .. bytes.TakeLast(16)];
        result[15] ^= (byte)(block[0] >= 0x80 ? 0x87 : 0);
        return result;
    }
}
