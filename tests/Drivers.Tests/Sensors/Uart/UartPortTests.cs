// What every driver relies on from the simulated UART: forgetting what arrived leaves the line where reading it would. What a report says may depend on the
// reports before it, so bytes are counted.
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.Uart;

public class UartPortTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Given_bytes_that_are_discarded_Then_what_comes_afterwards_is_what_comes_after_they_were_read(int seed)
    {
        foreach (string name in UartCase.Names)
        {
            Random random = new(seed);
            PartClock clock = new();
            UartPort discarding = new(clock, UartCase.Of(name).CreatePart(clock));
            UartPort reading = new(clock, UartCase.Of(name).CreatePart(clock));
            for (int i = 0; i < 200; i++)
            {
                clock.NowUs += random.Next(random.Next(2) == 0 ? 5_000 : 3_000_000);
                Assert.True(discarding.TryDiscard());
                ReadAll(reading);

                // Within the buffer, or what is lost differs.
                clock.NowUs += random.Next(100_000);
                Assert.Equal((name, ReadAll(reading).Length), (name, ReadAll(discarding).Length));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Given_a_line_without_trouble_Then_frames_that_take_the_short_way_are_those_that_go_over_the_line(int seed)
    {
        foreach (string name in UartCase.Names)
        {
            Random random = new(seed);
            PartClock clock = new();
            UartPort straight = new(clock, Walked(name, clock), 512);
            UartPort overLine = new(clock, Walked(name, clock), 512);

            // A line that can be in trouble takes no short way.
            Assert.False(overLine.Trouble.IsSilent);
            int whole = 0;
            for (int i = 0; i < 400; i++)
            {
                clock.NowUs += random.Next(random.Next(3) == 0 ? 4_000_000 : random.Next(2) == 0 ? 2_000 : 200_000);
                byte[] expected = new byte[512];
                byte[] read = new byte[512];
                int bytes = random.Next(random.Next(2) == 0 ? 40 : 512) + 1;
                int count = overLine.Read(expected, 0, bytes);
                Assert.Equal((name, i, count), (name, i, straight.Read(read, 0, bytes)));
                Assert.Equal(expected, read);
                whole += count > 46 ? 1 : 0;
                if (random.Next(10) == 0)
                {
                    Assert.True(overLine.TryDiscard() && straight.TryDiscard());
                }
            }

            Assert.Equal((overLine.FrameCount, overLine.LostByteCount), (straight.FrameCount, straight.LostByteCount));
            Assert.True(name != "LD2410" || whole > 50, $"{whole} reads of several frames");
        }
    }

    // The radar's street changes with time, so that a report of another moment is another report.
    private static UartPart Walked(string name, PartClock clock) => name == "LD2410"
        ? new Ld2410Part(clock, static us => us / 1_000_000 % 3 == 0 ? RadarView.Empty : new RadarView((int)(us / 10_000 % 600), 90, -1, 0))
        : UartCase.Of(name).CreatePart(clock);

    private static byte[] ReadAll(UartPort port)
    {
        byte[] bytes = new byte[port.ReceiveBufferLength];
        int count = 0;
        int read;
        while ((read = port.Read(bytes, count, Math.Min(13, bytes.Length - count))) > 0)
        {
            count += read;
            Array.Resize(ref bytes, bytes.Length + read);
        }

        return bytes[..count];
    }
}
