// RXParamSetupReq and RXTimingSetupReq, and the answers that are repeated until the network has shown that it heard them.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, sections 5.4, 5.6 and 5.7.</summary>
internal static class ReceiveCommandCases
{
    private const string Parameters = "TS001-1.0.4 5.4";
    private const string Timing = "TS001-1.0.4 5.7";

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case(Parameters, "RXParamSetupReq moves RX2 to another data rate and frequency", MovesRx2);
        yield return Case(Parameters, "RXParamSetupReq sets RX1DROffset, 0 to 5", Offsets);
        yield return Case(Parameters, "What RXParamSetupReq set survives a loss of power", ParametersPersist);
        yield return Refused("An unknown RX2 data rate is refused and nothing changes", "052fd2ad84", "0505");
        yield return Refused("An RX1DROffset above 5 is refused and nothing changes", "0563d2ad84", "0503");
        yield return Refused("An RX2 frequency outside the band is refused and nothing changes", "0523102f9d", "0506");
        yield return Refused("Several wrong fields of an RXParamSetupReq are told each", "057f102f9d", "0500");
        yield return Sticky(Parameters, "RXParamSetupAns", "0500d2ad84", "0507");
        yield return Sticky(Timing, "RXTimingSetupAns", "0801", "08");
        yield return Sticky("TS001-1.0.4 5.6", "DlChannelAns", "0a00287684", "0a03");
        yield return Case(Parameters, "A class C downlink does not end the repetition of RXParamSetupAns", ClassCDoesNotEndSticky);
        yield return Case(Parameters, "The longest message leaves room for an answer that is repeated", LongMessageLeavesRoom);
        yield return Case("TS001-1.0.4 5", "DevStatusAns, LinkADRAns, DutyCycleAns and NewChannelAns are sent once", NotSticky);
        yield return Case(Timing, "RXTimingSetupReq moves both windows, to 15 s at most", bench => MovesWindows(bench, "080f", 15));
        yield return Case(Timing, "Delay 0 in RXTimingSetupReq means 1 s", DelayZero);
        yield return Case(Timing, "What RXTimingSetupReq set survives a loss of power", TimingPersists);
        yield return Case(Timing, "RFU bits in RXTimingSetupReq are ignored", bench => MovesWindows(bench, "08f3", 3));
    }

    private static ConformanceCase Case(string section, string requirement, Action<ConformanceBench> attempt) =>
        new("Receive parameters", section, requirement, attempt);

    private static ConformanceCase Refused(string requirement, string command, string answer) =>
        Case(Parameters, requirement, bench => IsRefused(bench, command, answer));

    private static ConformanceCase Sticky(string section, string name, string command, string answer) =>
        Case(section, name + " is repeated in every uplink until a class A downlink is received", bench => IsSticky(bench, command, answer));

    private static void MovesRx2(ConformanceBench bench)
    {
        // 867.7 MHz, DR4.
        bench.Join();
        Check.Equal("0507", bench.Command("0504886684"), "RXParamSetupAns");
        bench.Network.Rx2 = new Place(867700000, 8, 125000);
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" }, isInRx2: true);
        Check.Equal("01", bench.TakeDownlink(), "message in RX2");
        bench.RunFor(60_000);
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "02" });
        Check.Equal("02", bench.TakeDownlink(), "class C message");
    }

    private static void Offsets(ConformanceBench bench)
    {
        bench.Join();
        for (int offset = 0; offset <= 5; offset++)
        {
            Check.Equal("0507", bench.Command("05" + offset + "0d2ad84"), "RXParamSetupAns");
            bench.Network.Rx1DataRateOffset = offset;
            bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "0" + offset });
            Check.Equal("0" + offset, bench.TakeDownlink(), "message in RX1 with offset " + offset);
        }
    }

    private static void ParametersPersist(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0523d2ad84");
        bench.Restart();
        bench.Network.Rx1DataRateOffset = 2;
        bench.Network.Rx2 = bench.Network.Rx2 with { SpreadingFactor = 9 };
        bench.Settle();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1");
        bench.RunFor(60_000);
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "02" });
        Check.Equal("02", bench.TakeDownlink(), "class C message");
    }

    private static void IsRefused(ConformanceBench bench, string command, string answer)
    {
        bench.Join();
        Check.Equal(answer, bench.Command(command), "RXParamSetupAns");
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1 as before");
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "02" }, isInRx2: true);
        Check.Equal("02", bench.TakeDownlink(), "message in RX2 as before");
    }

    private static void IsSticky(ConformanceBench bench, string command, string answer)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = command });
        for (int i = 0; i < 4; i++)
        {
            Check.Equal(answer, bench.SendAndFinish().FOpts, "answers in uplink " + (i + 1) + " after the command");
        }

        bench.Exchange(new DownlinkSpec(), isInRx2: true);
        Check.Equal("", bench.SendAndFinish().FOpts, "answers after a class A downlink");
    }

    private static void ClassCDoesNotEndSticky(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0500d2ad84" });
        bench.SendAndFinish();
        bench.RunFor(60_000);
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "class C message");
        Check.Equal("0507", bench.SendAndFinish().FOpts, "answers after a class C downlink");
    }

    private static void LongMessageLeavesRoom(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0300070001" + "0500d2ad84" });
        Check.Equal("0307" + "0507", bench.SendAndFinish().FOpts, "answers");
        bench.RunFor(3_600_000);
        Check.Equal(49, bench.Device.MaximumPayloadLength, "longest message at DR0 beside an answer of 2 octets");
        HeardUplink uplink = bench.SendAndFinish(new string('5', 98));
        Check.Equal((49, "0507"), (uplink.PayloadBytes.Length, uplink.FOpts), "octets of the message and answers beside it");
    }

    private static void NotSticky(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("060007" + "0307" + "04" + "0703", bench.Command("06" + "0350070001" + "0400" + "0703184f8450"), "answers");
        Check.Equal("", bench.SendAndFinish().MacCommands, "answers in the uplink after");
    }

    private static void MovesWindows(ConformanceBench bench, string command, int delayS)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = command });
        bench.Network.RxDelayS = delayS;
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1 after " + delayS + " s");
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "02" }, isInRx2: true);
        Check.Equal("02", bench.TakeDownlink(), "message in RX2 a second later");
    }

    private static void DelayZero(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { RxDelay = 5 });
        MovesWindows(bench, "0800", 1);
    }

    private static void TimingPersists(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0806" });
        bench.Network.RxDelayS = 6;
        bench.Restart();
        bench.Settle();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1 after 6 s");
    }
}
