// What a data frame looks like, and which frames a device must not heed.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, sections 4.1 to 4.4.</summary>
internal static class FrameCases
{
    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case("TS001-1.0.4 4.2", "MHDR of an uplink says data up and LoRaWAN R1, its RFU bits are 0", UplinkHeader);
        yield return Case("TS001-1.0.4 4.3.1.7", "The bit ClassB of an uplink is 0", NoClassB);
        yield return Case("TS001-1.0.4 4.3.3", "FRMPayload is enciphered with AppSKey on an application port, in both directions", ApplicationKey);
        yield return Case("TS001-1.0.4 4.3.3", "FRMPayload is enciphered with NwkSKey on FPort 0, in both directions", NetworkKey);
        yield return Case("RP002-1.0.4 2.4.6", "51 octets are sent at DR0, 52 are not taken", bench => PayloadLimit(bench, 0, 51));
        yield return Case("RP002-1.0.4 2.4.6", "115 octets are sent at DR3, 116 are not taken", bench => PayloadLimit(bench, 3, 115));
        yield return Case("RP002-1.0.4 2.4.6", "242 octets are sent at DR5", bench => PayloadLimit(bench, 5, 242));
        yield return Case("TS001-1.0.4 4.3.2", "A downlink on ports 1 and 223 reaches the application, one on port 0 and 224 does not", Ports);
        yield return Case("TS001-1.0.4 4.3.2", "A downlink without FPort is taken: it ends the repetitions of an uplink", NoPort);
        yield return Case("TS001-1.0.4 4.3.1.6", "A frame with FOpts and FPort 0 is discarded", OptionsAndPort0);
        yield return Case("TS001-1.0.4 4.3.1.4", "FPending asks nothing of a class C device", FramePending);
        yield return Case("TS001-1.0.4 1.1", "RFU bits in a downlink are ignored", RfuBits);
        yield return Ignored("TS001-1.0.4 4.4", "A downlink with a wrong MIC is discarded", new DownlinkSpec { IsMicBroken = true });
        yield return Ignored("TS001-1.0.4 4.3.1", "A downlink for another DevAddr is discarded", new DownlinkSpec { DevAddr = 0x2600FFFF });
        yield return Ignored("TS001-1.0.4 4.2.1", "An uplink of somebody else, heard as a downlink, is discarded", new DownlinkSpec { MacHeader = 0x40 });
        yield return Ignored("TS001-1.0.4 4.2.1", "A frame of the RFU type 110 is discarded", new DownlinkSpec { MacHeader = 0xC0 });
        yield return Ignored("TS001-1.0.4 4.2.1", "A proprietary frame is discarded", new DownlinkSpec { MacHeader = 0xE0 });
        yield return Ignored("TS001-1.0.4 4.2.1", "A join-accept within a session that did not ask for one is discarded", new DownlinkSpec { MacHeader = 0x20 });
        yield return Ignored("TS001-1.0.4 4.2.2", "A frame of another major version is discarded", new DownlinkSpec { MacHeader = 0x61 });
        yield return Ignored("TS001-1.0.4 4.4", "A downlink that is cut short is discarded", new DownlinkSpec { CutOctets = 1 });
        yield return Ignored("TS001-1.0.4 4.4", "A downlink with an octet too many is discarded", new DownlinkSpec { CutOctets = -1 });
        yield return Ignored("TS001-1.0.4 4", "A frame of 5 octets is discarded", new DownlinkSpec { CutOctets = 9 });
    }

    private static ConformanceCase Case(string section, string requirement, Action<ConformanceBench> attempt) => new("Frames", section, requirement, attempt);

    private static ConformanceCase Ignored(string section, string requirement, DownlinkSpec spec) =>
        Case(section, requirement, bench => IsIgnored(bench, spec with { FPort = 3, Payload = "aa" }));

    private static void UplinkHeader(ConformanceBench bench)
    {
        // Type, RFU bits and version of every uplink are checked when it is heard; the type of these two here.
        bench.Join();
        Check.Equal(0x40, bench.SendAndFinish().Transmission.Frame[0], "MHDR of an unconfirmed uplink");
        bench.Answer(new DownlinkSpec { IsAck = true });
        Check.Equal(0x80, bench.SendAndFinish(isConfirmed: true).Transmission.Frame[0], "MHDR of a confirmed uplink");
    }

    private static void NoClassB(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "06" });
        bench.SendAndFinish();
        Check.That(bench.Network.Uplinks.All(u => (u.FrameControl & 0x10) == 0), "an uplink has the bit ClassB");
    }

    private static void ApplicationKey(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("a1b2c3", bench.SendAndFinish("a1b2c3").Payload, "payload of the uplink");
        bench.Exchange(new DownlinkSpec { FPort = 200 - 1, Payload = "d4e5f6" });
        Check.Equal("d4e5f6", bench.TakeDownlink(), "payload of the downlink");
    }

    private static void NetworkKey(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 0, Payload = "06060606060606" });
        bench.SendAndFinish();
        HeardUplink? answers = bench.Network.Uplinks.LastOrDefault(u => u.FPort == 0);
        Check.Equal("060007060007060007060007060007060007060007", answers?.Payload, "answers on FPort 0");

        bench.Exchange(new DownlinkSpec { FPort = 0, Payload = "06", IsWronglyKeyed = true });
        Check.That(bench.SendAndFinish().FOpts != "060007", "commands under AppSKey were understood");
    }

    private static void PayloadLimit(ConformanceBench bench, int dataRate, int limit)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "03" + dataRate + "0070001" });
        bench.SendAndFinish();
        Check.Equal(limit, bench.Device.MaximumPayloadLength, "longest message at DR" + dataRate);
        Check.That(!bench.Device.TrySend(bench.NowUs / 1000, ConformanceBench.Port, new byte[256], limit + 1, false), "a longer one was taken");
        string payload = string.Concat(Enumerable.Repeat("5a", limit));
        HeardUplink uplink = bench.SendAndFinish(payload);
        Check.Equal(payload, uplink.Payload, "payload");
        Check.Equal(12 - dataRate, uplink.Transmission.SpreadingFactor, "spreading factor");
    }

    private static void Ports(ConformanceBench bench)
    {
        bench.Join();
        foreach (int fPort in new[] { 1, 223 })
        {
            bench.Exchange(new DownlinkSpec { FPort = fPort, Payload = "07" });
            Check.Equal(fPort, bench.Device.DownlinkPort, "port of the message");
            bench.TakeDownlink();
        }

        foreach (int fPort in new[] { 0, 224, 225, 255 })
        {
            bench.Exchange(new DownlinkSpec { FPort = fPort, Payload = "07" });
            Check.Equal("", bench.TakeDownlink(), "message on port " + fPort);
        }
    }

    private static void NoPort(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0350070003" });
        bench.SendAndFinish();
        int before = bench.Network.Uplinks.Count;
        bench.Exchange(new DownlinkSpec());
        Check.Equal(1, bench.Network.Uplinks.Count - before, "transmissions of the uplink");
    }

    private static void OptionsAndPort0(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0805", FPort = 0, Payload = "06" });
        Check.Equal("", bench.SendAndFinish().MacCommands, "answers");
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1 after 1 s");
    }

    private static void FramePending(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01", IsFramePending = true });
        Check.Equal("01", bench.TakeDownlink(), "message");
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "02" });
        Check.Equal("02", bench.TakeDownlink(), "class C message afterwards");
    }

    private static void RfuBits(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01", IsRfuSet = true, IsAdaptive = true });
        Check.Equal("01", bench.TakeDownlink(), "message of a frame with RFU bits in FCtrl");
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "02", MacHeader = 0x7C });
        Check.Equal("02", bench.TakeDownlink(), "message of a frame with RFU bits in MHDR");
    }

    private static void IsIgnored(ConformanceBench bench, DownlinkSpec spec)
    {
        bench.Join();
        foreach (bool isInRx2 in new[] { false, true })
        {
            int heard = bench.Radio.HeardCount;
            bench.Exchange(spec, isInRx2);
            Check.Equal(heard + 1, bench.Radio.HeardCount, "frames heard");
            Check.Equal("", bench.TakeDownlink(), "message");
        }

        // Nothing was used up either: the same counters are good for the right frames.
        bench.Network.FCntDown -= 2;
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "bb" });
        Check.Equal("bb", bench.TakeDownlink(), "message of the right frame");
    }
}
