// Any bytes on the packages' ports, to the pole alone and to its group: nothing throws, no group comes or goes that no whole command asked for,
// the clock stays right, every answer can be read, and the pole works on. 6,000 messages in all.
using LoRaWan.Tests.Bench;
using PoleController.LoRaWan.Packages;
using Xunit;

namespace LoRaWan.Tests.Packages;

public class PackageFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Given_any_messages_on_the_packages_ports_When_they_come_Then_the_pole_stays_sound(int seed)
    {
        Random random = new(seed);
        BlockKeeper keeper = new();
        DeviceBench bench = new(seed) { DataBlockConsumer = keeper };
        bench.Boot();
        bench.Join();
        PackageServer server = new(bench);
        server.SetUpGroup(3, 0, 1_000_000);
        uint fCnt = 0;
        bool[] mayBeDefined = [false, false, false, true];
        bool mayBeDeleted = false;
        for (int i = 0; i < 1500; i++)
        {
            int port = random.Next(200, 203);
            byte[] message = Message(random, port);
            bool isToGroup = random.Next(2) == 0;
            if (!isToGroup && port == 200)
            {
                NoteWhatIsAskedFor(message, mayBeDefined, ref mayBeDeleted);
            }

            if (isToGroup)
            {
                server.SendToGroup(PackageServer.GroupFrame(fCnt++, port, Convert.ToHexString(message)));
            }
            else
            {
                bench.Network.SendClassC(new Downlink(port, Convert.ToHexString(message)));
                bench.RunFor(3000);
            }

            for (int group = 0; group < 4; group++)
            {
                Assert.True(!bench.Device.MulticastGroupOf(group).IsDefined || mayBeDefined[group], $"message {i} made group {group}");
            }
        }

        bench.RunFor(600_000);
        Assert.All(bench.Network.Uplinks.Where(uplink => PackageId.IsPackagePort(uplink.Header.FPort)), AssertReadable);
        Assert.True(bench.Device.MulticastGroupOf(3).IsDefined || mayBeDeleted);
        Assert.InRange(bench.Clock.UtcMs(bench.NowMs) - PoleController.Time.GpsTime.UtcMs((uint)(bench.Network.GpsMsAtStart / 1000)) - bench.NowMs, -5000, 5000);
        Assert.Equal("000202", server.Ask(200, "00"));
        bench.SendAndFinish();
    }

    // Mostly such as begin like a command, so that more than the first rule is reached.
    private static byte[] Message(Random random, int port)
    {
        byte[] message = new byte[random.Next(1, 52)];
        random.NextBytes(message);
        if (random.Next(5) > 0)
        {
            int[] lengths = port == 200 ? [1, 2, 30, 2, 11, 11] : port == 201 ? [1, 2, 17, 2, 2] : [1, 6, 2, 2];
            int cid = random.Next(lengths.Length);
            message[0] = (byte)cid;
            if (random.Next(3) > 0)
            {
                Array.Resize(ref message, lengths[cid]);
            }
        }

        if (port == 202 && message[0] == ClockSyncCommand.AppTime)
        {
            // A right token would be a right answer: from a server that is believed.
            message[0] = 0x55;
        }

        return message;
    }

    private static void NoteWhatIsAskedFor(byte[] message, bool[] mayBeDefined, ref bool mayBeDeleted)
    {
        MulticastSetupCommand command = new();
        int offset = 0;
        for (int used = command.DecodeDownlink(message, 0, message.Length); used > 0; used = command.DecodeDownlink(message, offset, message.Length))
        {
            offset += used;
            mayBeDefined[command.GroupId] |= command.Cid == MulticastSetupCommand.McGroupSetup;
            mayBeDeleted |= command.Cid == MulticastSetupCommand.McGroupDelete || command.Cid == MulticastSetupCommand.McGroupSetup;
        }
    }

    private static void AssertReadable(Uplink uplink)
    {
        byte[] payload = uplink.Payload;
        int offset = 0;
        while (offset < payload.Length)
        {
            int used = uplink.Header.FPort switch
            {
                200 => new MulticastSetupCommand().DecodeUplink(payload, offset, payload.Length),
                201 => new FragmentationCommand().DecodeUplink(payload, offset, payload.Length),
                _ => new ClockSyncCommand().DecodeUplink(payload, offset, payload.Length),
            };
            Assert.True(used > 0, Convert.ToHexString(payload));
            offset += used;
        }
    }
}
