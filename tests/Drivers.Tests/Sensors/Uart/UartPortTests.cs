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
