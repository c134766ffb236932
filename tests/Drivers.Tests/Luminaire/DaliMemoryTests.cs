// What bus and gear keep in memory on .NET: the pole has little.
using PoleController.Drivers;
using PoleController.Hal;
using Xunit;

namespace Drivers.Tests.Luminaire;

public class DaliMemoryTests
{
    [Fact]
    public void Given_a_bus_with_one_gear_When_made_Then_both_take_less_than_a_kilobyte()
    {
        Quiet line = new();
        new DaliGear(new DaliBus(line), 0, 0).Poll(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DaliGear gear = new(new DaliBus(line), 0, 0);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(gear);
        Assert.InRange(bytes, 400, 1000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes} bytes");
    }

    private sealed class Quiet : IDaliLine
    {
        public bool IsTransmitting => false;

        public bool IsLow => true;

        public bool TryTransmit(short[] durationsUs, int count) => false;

        public int Receive(short[] durationsUs, out int delayUs)
        {
            delayUs = 0;
            return 0;
        }
    }
}
