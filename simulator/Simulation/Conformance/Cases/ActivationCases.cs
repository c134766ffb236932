// Over-the-air activation: the join-request, the join-accept, what follows from it, and how often a device may try.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, sections 6.2 and 7.</summary>
internal static class ActivationCases
{
    private const string Request = "TS001-1.0.4 6.2.5";
    private const string Accept = "TS001-1.0.4 6.2.6";
    private const long HourMs = 3_600_000;
    private const long HourUs = 1000 * HourMs;

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case(Request, "A join-request carries JoinEUI, DevEUI and DevNonce, least significant octet first, and a MIC under AppKey", Format);
        yield return Case(Request, "DevNonce starts at 0 and counts up by one with every join-request", DevNonceCounts);
        yield return Case(Request, "DevNonce goes on after a loss of power, also right after a join-request", DevNoncePersists);
        yield return Case(Request, "A rejoin uses a new DevNonce", RejoinHasNewDevNonce);
        yield return Case("RP002-1.0.4 2.4.2", "Join-requests use all default channels and no other, at DR0 to DR5", JoinChannels);
        yield return Case("RP002-1.0.4 2.4.3", "Join-requests are sent with the default power of 16 dBm EIRP", JoinPower);
        yield return Case("TS001-1.0.4 6.2.2", "No data is sent before a join-accept", NoDataBeforeJoin);
        yield return Case("RP002-1.0.4 2.3", "A join-accept in RX1, 5 s after the request, is taken", bench => AcceptedAt(bench, false));
        yield return Case("RP002-1.0.4 2.3", "A join-accept in RX2, 6 s after the request at 869.525 MHz and DR0, is taken", bench => AcceptedAt(bench, true));
        yield return Case(Accept, "A join-accept with a wrong MIC is ignored and the device goes on trying", WrongMic);
        yield return Case(Accept, "A join-accept that is cut short is ignored", bench => Malformed(bench, spec => spec with { CutOctets = 1 }));
        yield return Case(Accept, "A join-accept with an octet too many is ignored", bench => Malformed(bench, spec => spec with { CutOctets = -1 }));
        yield return Case(Accept, "A frame of another type at the time of the join-accept is ignored", bench => Malformed(bench, spec => spec with { MacHeader = 0x60 }));
        yield return Case(Accept, "A join-accept that was recorded earlier is refused at a later join", Replay);
        yield return Case(Accept, "The session keys are derived from AppKey, JoinNonce, NetID and DevNonce", Keys);
        yield return Case("TS001-1.0.4 4.3.1.5", "Both frame counters begin at 0 with every join", CountersReset);
        yield return Case(Accept, "DevAddr of the join-accept is used", Address);
        yield return Case(Accept, "RXDelay of the join-accept moves the windows of data uplinks", bench => RxDelay(bench, 7, 7));
        yield return Case(Accept, "RXDelay 0 means 1 s", bench => RxDelay(bench, 0, 1));
        yield return Case(Accept, "RX2DataRate of the join-accept is used in RX2 and in class C", Rx2DataRate);
        yield return Case(Accept, "RX1DROffset of the join-accept is used in RX1", Rx1Offset);
        yield return Case("RP002-1.0.4 2.3.1", "CFList of type 0 adds five channels that are used at once", CfList);
        yield return Case("RP002-1.0.4 2.3.1", "A frequency of 0 in CFList is no channel", CfListGaps);
        yield return Case("RP002-1.0.4 2.3.1", "CFList of a type that the region does not have is ignored", CfListType);
        yield return Case("RP002-1.0.4 2.3.1", "CFList replaces the channels of the session before", CfListReplaces);
        yield return Case("TS001-1.0.4 7", "Join-requests take less than 36 s in the first hour, 36 s in the next ten, 8.7 s in each day after", BackOff);
        yield return Case("TS001-1.0.4 7", "Pauses between join-requests are random and differ from device to device", RandomPauses);
        yield return Case("TS001-1.0.4 6.1", "A session survives a loss of power: nothing is joined anew", SessionPersists);
    }

    private static ConformanceCase Case(string section, string requirement, Action<ConformanceBench> attempt) =>
        new("Activation", section, requirement, attempt);

    private static void Format(ConformanceBench bench)
    {
        // Length, MHDR and MIC are checked whenever a join-request is heard.
        bench.Join();
        HeardJoinRequest request = bench.Network.JoinRequests[0];
        Check.Equal(Convert.ToHexString(ConformanceBench.JoinEui), Convert.ToHexString(request.JoinEui), "JoinEUI");
        Check.Equal(Convert.ToHexString(ConformanceBench.DevEui), Convert.ToHexString(request.DevEui), "DevEUI");
    }

    private static void DevNonceCounts(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => null;
        bench.RunFor(5 * HourMs);
        Check.That(bench.Network.JoinRequests.Count >= 10, "too few join-requests in five hours");
        CheckNonces(bench);
    }

    private static void DevNoncePersists(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => null;
        for (int i = 0; i < 5; i++)
        {
            int heard = bench.Network.JoinRequests.Count;
            bench.RunUntil(() => bench.Network.JoinRequests.Count > heard, 2 * HourMs);
            bench.Restart();
        }

        bench.RunFor(HourMs);
        CheckNonces(bench);
    }

    private static void CheckNonces(ConformanceBench bench)
    {
        for (int i = 0; i < bench.Network.JoinRequests.Count; i++)
        {
            Check.Equal(i, bench.Network.JoinRequests[i].DevNonce, "DevNonce of join-request " + i);
        }
    }

    private static void RejoinHasNewDevNonce(ConformanceBench bench)
    {
        bench.Join();
        bench.LoseSession();
        bench.Restart();
        bench.Join();
        Check.Equal(2, bench.Network.JoinRequests.Count, "join-requests");
        Check.Equal(1, bench.Network.JoinRequests[1].DevNonce, "DevNonce of the rejoin");
    }

    private static void JoinChannels(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => null;
        bench.RunFor(11 * HourMs);
        string channels = string.Join(' ', bench.Radio.Sent.Select(t => t.FrequencyHz).Distinct().Order());
        Check.Equal("868100000 868300000 868500000", channels, "frequencies of join-requests");
        string factors = string.Join(' ', bench.Radio.Sent.Select(t => t.SpreadingFactor).Distinct().Order());
        Check.Equal("7 8 9 10 11 12", factors, "spreading factors of join-requests");
        Check.That(bench.Radio.Sent.All(t => t.BandwidthHz == 125000), "a bandwidth other than 125 kHz");
    }

    private static void JoinPower(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal(16, bench.Radio.Sent[0].PowerDbm, "dBm EIRP of the join-request");
    }

    private static void NoDataBeforeJoin(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => null;
        for (int i = 0; i < 20; i++)
        {
            Check.That(!bench.Device.TrySend(bench.NowUs / 1000, ConformanceBench.Port, [1], 1, false), "a message was taken without a session");
            bench.RunFor(60_000);
        }

        Check.That(bench.Radio.Sent.All(t => t.Frame[0] == 0), "something else than join-requests was sent");
        Check.That(bench.Radio.Listenings.All(l => !l.IsContinuous), "the device listened continuously without a session");
    }

    private static void AcceptedAt(ConformanceBench bench, bool isInRx2)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept(), isInRx2);
        bench.Join();
        Check.Equal(1, bench.Network.JoinRequests.Count, "join-requests");
        bench.SendAndFinish();
    }

    private static void WrongMic(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { IsMicBroken = true });
        bench.RunFor(HourMs);
        Check.That(!bench.Device.IsJoined, "the device has joined");
        Check.That(bench.Network.JoinRequests.Count > 3, "the device does not go on trying");
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept());
        bench.Join();
    }

    private static void Malformed(ConformanceBench bench, Func<JoinAcceptSpec, JoinAcceptSpec> change)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(change(bench.Network.NextAccept()));
        bench.RunFor(HourMs);
        Check.That(bench.Radio.HeardCount > 0, "nothing was heard");
        Check.That(!bench.Device.IsJoined, "the device has joined");
    }

    private static void Replay(ConformanceBench bench)
    {
        bench.Join();
        bench.LoseSession();
        bench.Restart();
        byte[] recorded = bench.Network.Accepts[0];
        bench.Network.AcceptJoin = request =>
        {
            Transmission sent = request.Transmission;
            bench.Network.Emit(new Place(sent.FrequencyHz, sent.SpreadingFactor, sent.BandwidthHz), sent.EndUs + 5_000_000, recorded);
            return null;
        };
        int heard = bench.Radio.HeardCount;
        bench.RunFor(HourMs);
        Check.That(bench.Radio.HeardCount > heard, "the recorded join-accept was not heard");
        Check.That(!bench.Device.IsJoined, "the recorded join-accept was taken");
    }

    private static void Keys(ConformanceBench bench)
    {
        // MIC and payload of everything heard are checked with keys that the tester derived.
        bench.Join();
        Check.Equal("c0ffee", bench.SendAndFinish("c0ffee").Payload, "payload of an uplink, deciphered");
        bench.Exchange(new DownlinkSpec { FPort = 7, Payload = "0badcafe" });
        Check.Equal("0badcafe", bench.TakeDownlink(), "payload of a downlink, deciphered by the device");
    }

    private static void CountersReset(ConformanceBench bench)
    {
        bench.Join();
        for (int i = 0; i < 3; i++)
        {
            bench.Exchange(new DownlinkSpec());
        }

        int before = bench.Network.Uplinks.Count;
        bench.LoseSession();
        bench.Restart();
        bench.Join();
        Check.Equal(0u, bench.Network.Uplinks[before].FCnt, "counter of the first uplink of the second session");
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in one of the first downlinks of the second session");
    }

    private static void Address(ConformanceBench bench)
    {
        // The address of every uplink is checked when it is heard.
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { DevAddr = 0x01ABCDEF });
        bench.Join();
        bench.SendAndFinish();
    }

    private static void RxDelay(ConformanceBench bench, byte rxDelay, int expectedS)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { RxDelay = rxDelay });
        bench.Join();
        bench.Network.RxDelayS = expectedS;
        bench.Exchange(new DownlinkSpec { FPort = 4, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1");
        bench.Exchange(new DownlinkSpec { FPort = 4, Payload = "02" }, isInRx2: true);
        Check.Equal("02", bench.TakeDownlink(), "message in RX2");
    }

    private static void Rx2DataRate(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { DlSettings = 0x03 });
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 4, Payload = "01" }, isInRx2: true);
        Check.Equal("01", bench.TakeDownlink(), "message in RX2 at DR3");
        bench.RunFor(60_000);
        bench.ClassC(new DownlinkSpec { FPort = 4, Payload = "02" });
        Check.Equal("02", bench.TakeDownlink(), "class C message at DR3");
    }

    private static void Rx1Offset(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { DlSettings = 0x20 });
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 4, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1 two data rates below the uplink");
    }

    private static void CfList(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { CfList = "184F84E85684B85E84886684586E8400" });
        Check.Equal(
            "867100000 867300000 867500000 867700000 867900000 868100000 868300000 868500000", ChannelsInUse(bench), "channels in use");
    }

    private static void CfListGaps(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { CfList = "184F8400000000000088668400000000" });
        Check.Equal("867100000 867700000 868100000 868300000 868500000", ChannelsInUse(bench), "channels in use");
    }

    private static void CfListType(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { CfList = "FFFF0000000000000000000000000001" });
        Check.Equal("868100000 868300000 868500000", ChannelsInUse(bench), "channels in use");
    }

    private static void CfListReplaces(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { CfList = "184F84E85684B85E84886684586E8400" });
        bench.Join();
        bench.LoseSession();
        bench.Restart();
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept());
        bench.Network.Uplinks.Clear();
        Check.Equal("868100000 868300000 868500000", ChannelsInUse(bench), "channels of the second session");
    }

    private static string ChannelsInUse(ConformanceBench bench)
    {
        bench.Join();
        for (int i = 0; i < 40; i++)
        {
            bench.SendAndFinish();
        }

        return string.Join(' ', bench.Network.Uplinks.Select(u => u.Transmission.FrequencyHz).Distinct().Order());
    }

    private static void BackOff(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => null;
        bench.RunFor((11 + (3 * 24)) * HourMs);
        Check.Between(1, 36_000_000, AirTimeUs(bench, 0, HourUs), "microseconds on air in the first hour");
        Check.Between(1, 36_000_000, AirTimeUs(bench, HourUs, 11 * HourUs), "microseconds on air in the next ten hours");
        for (int day = 0; day < 3; day++)
        {
            long fromUs = (11 + (24 * day)) * HourUs;
            Check.Between(1, 8_700_000, AirTimeUs(bench, fromUs, fromUs + (24 * HourUs)), "microseconds on air in day " + (day + 1));
        }
    }

    private static long AirTimeUs(ConformanceBench bench, long fromUs, long toUs) =>
        bench.Radio.Sent.Where(t => t.StartUs >= fromUs && t.StartUs < toUs).Sum(t => t.AirTimeUs);

    private static void RandomPauses(ConformanceBench bench)
    {
        ConformanceBench other = new(new BenchSetup { Seed = 99 });
        bench.Network.AcceptJoin = _ => null;
        other.Network.AcceptJoin = _ => null;
        bench.RunFor(HourMs);
        other.RunFor(HourMs);
        List<long> pausesMs = PausesMs(bench);
        Check.That(pausesMs.Distinct().Count() > pausesMs.Count / 2, "pauses repeat");
        Check.That(!pausesMs.SequenceEqual(PausesMs(other)), "two devices make the same pauses");
    }

    private static List<long> PausesMs(ConformanceBench bench) =>
        [.. bench.Radio.Sent.Skip(1).Zip(bench.Radio.Sent, (next, sent) => (next.StartUs - sent.EndUs) / 1000)];

    private static void SessionPersists(ConformanceBench bench)
    {
        bench.Join();
        bench.SendAndFinish();
        bench.Restart(isPowerReturn: true);
        Check.That(bench.Device.IsJoined, "the device has no session after a loss of power");
        bench.SendAndFinish();
        bench.Exchange(new DownlinkSpec { FPort = 5, Payload = "55" });
        Check.Equal("55", bench.TakeDownlink(), "message in a downlink after a loss of power");
        Check.Equal(1, bench.Network.JoinRequests.Count, "join-requests");
    }
}
