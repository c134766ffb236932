// What holds for every sensor on a UART: it starts, and each thing that can go wrong with line, part or step shows as a fault and passes when its cause does.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Engine;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.Uart;

public class UartTroubleTests
{
    // The longest that a driver leaves a part alone, and a sample.
    private const int RecoveryMs = 61_000;

    public static TheoryData<string> Sensors { get; } = [.. UartCase.Names];

    public static TheoryData<string, string> Replacements { get; } = MakeReplacements();

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_part_When_a_sample_is_asked_for_Then_it_is_what_the_world_is(string name)
    {
        UartBench bench = Start(name);
        for (int i = 0; i < 5; i++)
        {
            bench.Sample(bench.Case!.SampleMs);
            bench.Case.AssertTrue(bench.Sensor);
            Assert.Equal(bench.NowMs, bench.Sensor.SampleMs);
            bench.RunFor(10_000);
        }

        Assert.Equal(SensorFaultKind.None, bench.Sensor.LastFault.Kind);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_nothing_is_asked_When_polled_Then_the_part_is_left_alone(string name)
    {
        UartBench bench = Start(name);
        bench.Sample(bench.Case!.SampleMs);

        // Some go to sleep only when nobody has asked for a minute.
        bench.RunFor(70_000);
        int samples = bench.Sensor.SampleCount;
        int polls = bench.PollCount;
        bench.RunFor(3_000_000);
        Assert.Equal(samples, bench.Sensor.SampleCount);
        Assert.InRange(bench.PollCount - polls, 1, 2);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_frame_When_it_is_split_at_any_byte_Then_the_sample_is_the_same(string name)
    {
        for (int length = 0; length <= 46; length++)
        {
            int first = length;
            UartBench bench = Start(name);
            bench.Split.BytesInPoll = number => number % 2 == 1 ? first : int.MaxValue;
            bench.Sample(bench.Case!.SampleMs + 500);
            bench.Case.AssertTrue(bench.Sensor);
            Assert.Equal(SensorFaultKind.None, bench.Sensor.LastFault.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_any_garbage_any_split_and_any_time_of_polls_When_sampled_Then_the_samples_are_the_same(string name)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            RandomStream random = new(seed, name, 0);
            UartBench bench = Start(name);
            bench.Port.Trouble.Noise = new RandomStream(seed, name, 1);
            bench.Port.Trouble.GarbagePermille = 400;
            bench.Port.Trouble.GarbageLength = 1 + random.Next(20);
            bench.Split.BytesInPoll = _ => random.Next(3) == 0 ? random.Next(30) : int.MaxValue;
            bench.NextPollMs = (nowMs, askedMs) => random.Next(4) switch
            {
                0 => nowMs + 1 + random.Next(30),
                1 => Math.Max(nowMs + 1, askedMs) + random.Next(300),
                _ => Math.Max(nowMs + 1, askedMs),
            };
            for (int i = 0; i < 3; i++)
            {
                bench.Sample(bench.Case!.SampleMs + RecoveryMs);
                bench.Case.AssertTrue(bench.Sensor);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_one_damaged_frame_When_sampled_Then_it_is_passed_over(string name)
    {
        UartBench bench = Start(name);
        bench.Sample(bench.Case!.SampleMs);
        bench.RunFor(5_000);
        int next = bench.Port.FrameCount;
        bench.Port.Trouble.Alter = (index, frame) => index == next ? bench.Case.Damage(frame) : frame;
        bench.Sample(bench.Case.SampleMs + 2_000);
        bench.Case.AssertTrue(bench.Sensor);
        Assert.Equal(SensorFaultKind.None, bench.Sensor.LastFault.Kind);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_only_damaged_frames_Then_it_is_a_fault_and_passes_with_them(string name)
    {
        UartBench bench = Start(name);
        bench.Sample(bench.Case!.SampleMs);
        bench.RunFor(5_000);
        bench.Port.Trouble.Alter = (_, frame) => bench.Case.Damage(frame);
        bench.RunUntilFailed(60_000);
        Assert.Equal(bench.Case.DamagedKind, bench.Sensor.LastFault.Kind);
        bench.Port.Trouble.Alter = null;
        AssertRecovers(bench);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_silence_Then_it_is_a_fault_and_passes_with_it(string name)
    {
        UartBench bench = Start(name);
        bench.Sample(bench.Case!.SampleMs);
        bench.RunFor(5_000);
        bench.Port.Trouble.IsSilent = true;
        bench.RunUntilFailed(40_000);
        Assert.Equal(SensorFaultKind.NoAnswer, bench.Sensor.LastFault.Kind);
        bench.RunFor(600_000);
        Assert.InRange(bench.Sensor.LastFault.Count, 2, 20);
        bench.Port.Trouble.IsSilent = false;
        AssertRecovers(bench);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_no_part_from_the_start_Then_it_is_a_fault_until_one_is_plugged_in(string name)
    {
        UartBench bench = Start(name);
        UartPart part = bench.Port.Part!;
        bench.Port.Plug(null);
        bench.RunUntilFailed(40_000);
        Assert.Equal(SensorFaultKind.NoAnswer, bench.Sensor.LastFault.Kind);
        bench.Port.Plug(part);
        AssertRecovers(bench);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_the_part_loses_its_supply_while_it_is_asked_When_it_returns_Then_samples_are_right(string name)
    {
        for (int cutMs = 5; cutMs < 400; cutMs += 45)
        {
            UartBench bench = Start(name);
            bench.Sensor.Request();
            bench.RunFor(cutMs);
            bench.Port.Part!.IsSupplied = false;
            bench.RunFor(700);
            bench.Port.Part!.IsSupplied = true;
            AssertRecovers(bench);
        }
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_UART_that_fails_Then_it_is_a_fault_and_passes_with_it(string name)
    {
        UartBench bench = Start(name);
        bench.Sample(bench.Case!.SampleMs);
        bench.RunFor(5_000);
        bench.Port.Trouble.IsUartFailed = true;
        bench.RunUntilFailed(2_000);
        Assert.Equal(SensorFaultKind.BusFailed, bench.Sensor.LastFault.Kind);
        bench.Port.Trouble.IsUartFailed = false;
        AssertRecovers(bench);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_part_that_hears_nothing_Then_it_is_a_fault_where_it_has_to_be_asked(string name)
    {
        UartBench bench = Start(name);
        bench.Port.Trouble.IsDeaf = true;
        if (bench.Case!.IsAsked && name != "PMS5003")
        {
            bench.RunUntilFailed(40_000);
            bench.Port.Trouble.IsDeaf = false;
            AssertRecovers(bench);
            return;
        }

        // These speak by themselves; a PMS5003 that was never told to be quiet does too.
        bench.Sample(bench.Case.SampleMs);
        bench.Case.AssertTrue(bench.Sensor);
    }

    [Theory]
    [MemberData(nameof(Replacements))]
    public void Given_the_part_is_replaced_by_another_type_Then_it_gives_no_sample_until_it_is_put_back(string name, string other)
    {
        UartBench bench = Start(name);
        bench.Sample(bench.Case!.SampleMs);
        bench.RunFor(5_000);
        UartPart right = bench.Port.Part!;
        bench.Port.Plug(UartCase.Of(other).CreatePart(bench.Clock));
        bench.RunUntilFailed(70_000);
        Assert.False(bench.TrySample(200_000));
        bench.Port.Plug(right);
        AssertRecovers(bench);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_any_bytes_on_the_line_Then_nothing_impossible_comes_of_it_and_the_driver_recovers(string name)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            RandomStream random = new(seed, name, 2);
            UartBench bench = Start(name);
            bench.Port.Trouble.Noise = random;
            bench.Port.Trouble.Alter = (_, frame) => Mangle(random, frame);
            bench.NextPollMs = (nowMs, askedMs) => random.Next(3) == 0 ? nowMs + 1 + random.Next(2000) : Math.Max(nowMs + 1, askedMs);
            for (int i = 0; i < 300; i++)
            {
                bench.Sensor.Request();
                long askedMs = bench.Poll();
                bench.Case!.AssertPossible(bench.Sensor);
                bench.Clock.NowUs = bench.NextPollMs(bench.NowMs, Math.Min(askedMs, bench.NowMs + 70_000)) * 1000;
            }

            bench.Port.Trouble.Alter = null;
            bench.NextPollMs = (nowMs, askedMs) => Math.Max(nowMs + 1, askedMs);
            AssertRecovers(bench);
        }
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_running_sensor_When_polled_Then_nothing_is_allocated(string name)
    {
        UartBench bench = Start(name);
        bench.Sample(bench.Case!.SampleMs);
        bench.RunFor(5_000);
        bench.Sample(bench.Case.SampleMs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isSampled = bench.TrySample(bench.Case.SampleMs);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(isSampled);
        Assert.Equal(before, after);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_running_sensor_When_a_sample_is_asked_for_Then_few_polls_are_enough(string name)
    {
        UartBench bench = Start(name);
        bench.Sample(bench.Case!.SampleMs);
        bench.RunFor(5_000);
        int polls = bench.PollCount;
        bench.Sample(bench.Case.SampleMs);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {bench.PollCount - polls} polls");
        Assert.InRange(bench.PollCount - polls, 1, 16);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_driver_Then_it_takes_a_few_hundred_bytes(string name)
    {
        UartCase uartCase = UartCase.Of(name);
        UartPort port = new(new Simulation.Parts.PartClock(), 9600);
        uartCase.CreateDriver(port);
        long before = GC.GetAllocatedBytesForCurrentThread();
        object driver = uartCase.CreateDriver(port);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(driver);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {bytes} bytes");
        Assert.InRange(bytes, 100, 600);
    }

    [Theory]
    [MemberData(nameof(Sensors))]
    public void Given_a_buffer_full_of_garbage_Then_one_poll_gets_through_it(string name)
    {
        UartBench bench = Start(name);
        bench.Sample(bench.Case!.SampleMs);
        bench.RunFor(5_000);
        CountingUart line = new();
        UartSensor driver = bench.Case.CreateDriver(line);
        driver.Request();
        for (long nowMs = 0; nowMs < 100_000; nowMs += 10)
        {
            int before = line.ReadCount;
            driver.Poll(nowMs);

            // A thousand and more bytes could be there: a poll reads what the board can hold, for each of its steps, and no more.
            Assert.InRange(line.ReadCount - before, 0, 1000);
        }

        Assert.Equal(0, driver.SampleCount);
        Assert.NotEqual(SensorFaultKind.None, driver.LastFault.Kind);
    }

    private static UartBench Start(string name)
    {
        UartBench bench = new(UartCase.Of(name));

        // The part has its supply a little longer than the controller.
        bench.Clock.NowUs = 20_000;
        return bench;
    }

    private static void AssertRecovers(UartBench bench)
    {
        bench.Sample(bench.Case!.SampleMs + RecoveryMs);
        bench.Sample(bench.Case.SampleMs + RecoveryMs);
        bench.Case.AssertTrue(bench.Sensor);
        Assert.NotEqual(SensorState.Failed, bench.Sensor.State);
    }

    private static byte[] Mangle(RandomStream random, byte[] frame)
    {
        switch (random.Next(6))
        {
            case 0:
                return frame;
            case 1:
                return frame[..random.Next(frame.Length)];
            case 2:
                frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
                return frame;
            case 3:
                byte[] twice = new byte[frame.Length + 40];
                frame.CopyTo(twice, random.Next(40));
                return twice;
            default:
                byte[] bytes = new byte[1 + random.Next(frame.Length + 50)];
                for (int i = 0; i < bytes.Length; i++)
                {
                    // Bytes that frames begin with come more often than others.
                    bytes[i] = random.Next(4) == 0 ? frame[random.Next(frame.Length)] : (byte)random.Next(256);
                }

                return bytes;
        }
    }

    private static TheoryData<string, string> MakeReplacements()
    {
        TheoryData<string, string> data = [];
        foreach (string name in UartCase.Names)
        {
            foreach (string other in UartCase.Names.Where(other => other != name))
            {
                data.Add(name, other);
            }
        }

        return data;
    }

    // A line on which garbage comes without an end.
    private sealed class CountingUart : IUart
    {
        public int ReadCount { get; private set; }

        public int ReceiveBufferLength => UartPort.BufferLength;

        public int Read(byte[] buffer, int offset, int count)
        {
            ReadCount++;
            buffer.AsSpan(offset, count).Fill(0x33);
            return count;
        }

        public bool TryDiscard() => true;

        public bool TryWrite(byte[] data, int length) => true;
    }
}
