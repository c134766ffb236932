// A power cut during any write of any record, whatever it leaves of that record: the pole starts, it is lit, it is who it was, and it loses at most what was
// being written. The writes are those of a whole life: joining, commands, a multicast group that obeys, settings as blocks of fragments, the pole's upright position, hours
// without a network, alarms, restarts, a wrong key at the service port.
using System.Text;
using PoleController;
using PoleController.Journal;
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class PowerCutTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void Given_a_cut_in_any_write_Then_the_pole_starts_lit_as_itself_and_has_lost_at_most_what_was_being_written()
    {
        List<Write> life = Live();
        HashSet<string> written = [.. life.Select(write => write.Record)];

        // Every record that a controller keeps was written, or this proves less than it says.
        foreach (string record in new[]
        {
            "settings-a", "settings-b", "lora-nonces-a", "lora-nonces-b", "lora-count-a", "lora-session-b", "boot-a", "boot-b", "boot-mark-a", "boot-mark-b",
            "luminaire-a", "service-a", "service-b", "lora-mc0-a", "lora-mc0-b", "lora-frag-a", "lora-frag-b", "tilt-a", "tilt-b",
        })
        {
            Assert.Contains(record, written);
        }

        Assert.Contains(written, record => record.StartsWith("journal", StringComparison.Ordinal));
        int count = 0;
        for (int i = 0; i < life.Count; i++)
        {
            int way = 0;
            foreach (byte[]? left in Torn(life[i]))
            {
                // An hour on the air after some of the cuts, a minute after the rest.
                Resurrect(life, i, left, way % 5 == 3 ? HourMs : 61_000);
                way++;
                count++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{life.Count} writes of {written.Count} records, {count} cuts");
    }

    // What a write that is cut short can leave: nothing of the record, its beginning, the old one under its beginning, noise, all of it.
    private static IEnumerable<byte[]?> Torn(Write write)
    {
        yield return null;
        yield return [];
        yield return write.New;
        foreach (int bytes in new[] { 1, write.New.Length / 2, write.New.Length - 1 })
        {
            yield return write.New[..bytes];
            byte[] mixed = (byte[])(write.Old ?? new byte[write.New.Length]).Clone();
            if (mixed.Length < bytes)
            {
                Array.Resize(ref mixed, bytes);
            }

            write.New.AsSpan(0, bytes).CopyTo(mixed);
            yield return mixed;
        }

        byte[] noise = (byte[])write.New.Clone();
        for (int i = noise.Length / 3; i < noise.Length; i++)
        {
            noise[i] = 0xFF;
        }

        yield return noise;
    }

    private static void Resurrect(List<Write> life, int at, byte[]? left, long durationMs)
    {
        Write cut = life[at];
        string what = $"write {at} of {cut.Record}, {left?.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} bytes left";
        PoleBench bench = new(seed: 7) { Fit = Fit };
        foreach ((string record, byte[] data) in cut.StoreBefore)
        {
            bench.Store.Records[record] = data;
        }

        if (left is null)
        {
            bench.Store.Records.Remove(cut.Record);
        }
        else
        {
            bench.Store.Records[cut.Record] = left;
        }

        // Nobody answers: this network never heard of the session.
        bench.Radio.OnSent = null;
        bench.Start(isPowerReturn: true);
        PoleController.Controller pole = bench.Pole;
        Assert.Equal(0, pole.ExceptionCount);
        Assert.True(pole.Identity.IsProvisioned, what);

        // The old settings or the new ones, and nothing in between.
        string settings = SettingsOf(pole);
        Assert.True(settings == cut.SettingsBefore || settings == cut.SettingsAfter, $"{what}: {settings}");

        Assert.True(pole.Boots.StartCount >= cut.StartCount, what);
        Assert.True(pole.Luminaire.EnergyWattHours >= cut.EnergyWattHours, what);
        foreach (JournalClass entryClass in new[] { JournalClass.Event, JournalClass.Measurement })
        {
            // What is being written is one of those that waited then.
            long expected = cut.Waiting[(int)entryClass] - (cut.Record.StartsWith("journal", StringComparison.Ordinal) ? 1 : 0);
            Assert.True(pole.Journal.WaitingCount(entryClass) >= expected, $"{what}: {pole.Journal.WaitingCount(entryClass)} of {expected}");
            Assert.True(pole.Journal.LostCount(entryClass) == 0, what);
        }

        // What was there before this write: the group and its counter, the last session of fragments, the upright position; of what is being written the old or the new.
        MulticastGroup group = pole.Device.MulticastGroupOf(0);
        Assert.True(!cut.IsGroupKept || (group.IsDefined && group.NextMcFCnt >= cut.GroupFCnt), $"{what}: {group.IsDefined} {group.NextMcFCnt} of {cut.GroupFCnt}");
        Assert.True(SessionCntOf(bench.Store) >= cut.SessionCnt, what);
        Assert.True(pole.Guard.Zero.IsKnown == cut.IsZeroBefore || pole.Guard.Zero.IsKnown == cut.IsZeroAfter, what);

        // Nobody knows the time yet, so the lamp burns, at the latest after the delay that spreads a district.
        bench.Run(durationMs);
        Assert.True(pole.Lighting.LevelPermille > 0 && bench.Dimmer.LevelPermille > 0, what);

        // No nonce and no counter is used twice.
        HashSet<string> before = [.. life[..(at + 1)].SelectMany(write => write.SentBefore)];
        List<string> after = [.. bench.Radio.Sent.Select(sent => Identifier(sent.Frame)).Distinct()];
        Assert.True(after.Count > 0 || durationMs < HourMs, what);
        Assert.True(!after.Exists(before.Contains), what);
    }

    // A join-request's nonce (its last two bytes before the MIC), or address and counter of a data frame.
    private static string Identifier(byte[] frame)
    {
        return frame[0] >> 5 == 0
            ? "join " + Convert.ToHexString(frame, 17, 2)
            : "data " + Convert.ToHexString(frame, 1, 4) + Convert.ToHexString(frame, 6, 2);
    }

    private static List<Write> Live()
    {
        List<Write> writes = [];
        PoleBench bench = new(seed: 3) { Fit = Fit };
        int seen = 0;
        string settings = "";
        long savedEnergy = 0;
        long energyInWrite = 0;
        bool isZero = false;
        bench.Store.Written = (record, old, data, before) =>
        {
            PoleController.Controller pole = bench.Pole;
            string settingsAfter = SettingsOf(pole);
            savedEnergy = energyInWrite;

            // A record of zeros is a position that was forgotten, to be learnt anew.
            bool wasZero = isZero;
            isZero = record.StartsWith("tilt", StringComparison.Ordinal) ? data.AsSpan(SlottedRecord.BodyOffset, 6).IndexOfAnyExcept((byte)0) >= 0 : isZero;
            writes.Add(new Write(
                record, old, data, before, settings.Length == 0 ? settingsAfter : settings, settingsAfter, pole.Boots.StartCount, savedEnergy,
                [pole.Journal.WaitingCount(JournalClass.Event), pole.Journal.WaitingCount(JournalClass.Measurement)],
                [.. bench.Radio.Sent.Skip(seen).Select(sent => Identifier(sent.Frame))])
            {
                IsGroupKept = writes.Exists(write => write.Record.StartsWith("lora-mc0", StringComparison.Ordinal)),
                GroupFCnt = pole.Device.MulticastGroupOf(0).NextMcFCnt,
                SessionCnt = SessionCntOf(before),
                IsZeroBefore = wasZero,
                IsZeroAfter = isZero,
            });
            seen = bench.Radio.Sent.Count;
            settings = settingsAfter;
            energyInWrite = record.StartsWith("luminaire", StringComparison.Ordinal) ? pole.Luminaire.EnergyWattHours : energyInWrite;
        };

        bench.Start();
        bench.RunUntil(() => bench.Pole.Device.IsJoined);
        bench.Operator.SendCommand("setClockOffset", """{ "sequence": 1, "utcOffsetMinutes": 60, "daylightSaving": "europeanUnion" }""");
        bench.Run(HourMs / 2);
        bench.Operator.SendCommand("setMulticastAnswerWindow", """{ "sequence": 2, "groupId": 1, "windowSeconds": 1234 }""");
        bench.Run(HourMs);
        bench.Operator.SendCommand("setClockOffset", """{ "sequence": 3, "utcOffsetMinutes": 0, "daylightSaving": "none" }""");
        bench.Run(HourMs);
        LiveInAGroup(bench);
        bench.Operator.IsDown = true;
        for (int i = 0; i < 30; i++)
        {
            bench.Pass();
            bench.Run(HourMs / 5);
            bench.Meter.IsSilent = i % 10 > 5;
        }

        // Not a cut: a restart of its own.
        bench.Start(isPowerReturn: true);
        for (int i = 0; i < 2; i++)
        {
            bench.Service.Arrive(Encoding.ASCII.GetBytes("unlock\r"));
            bench.Pass();
            bench.Service.Arrive(Encoding.ASCII.GetBytes("unlock 00112233445566778899aabbccddeeff\r"));
            bench.Pass();
            bench.Run(10_000);
        }

        bench.Run(5 * HourMs);
        bench.Operator.IsDown = false;
        bench.Run(5 * HourMs);
        bench.Start(isPowerReturn: true);
        bench.Run(HourMs / 2);
        return writes;
    }

    // Set up over the air, obeys, gets settings as blocks twice; somebody sets the pole upright in between.
    private static void LiveInAGroup(PoleBench bench)
    {
        GroupOperator group = new(bench, 0);
        for (int i = 0; i < 2; i++)
        {
            group.SendCommand("setLevel", $$"""{ "sequence": {{10 + i}}, "levelPermille": {{300 + (10 * i)}}, "fadeMs": 0, "durationMinutes": 2 }""");
            bench.Run(120_000);
            ControllerSettings wanted = new();
            wanted.Programs[2].PointCount = i + 1;
            for (int point = 0; point <= i; point++)
            {
                wanted.Programs[2].OffsetMinutes[point] = (short)(600 * (point + 1));
                wanted.Programs[2].LevelPermille[point] = 250;
            }

            byte[] buffer = new byte[600];
            int position = SettingsBlock.Add(wanted, SettingsSection.Program, 2, buffer, SettingsBlock.Start(buffer));
            position = SettingsBlock.Add(wanted, SettingsSection.FillLevel, 0, buffer, position);
            position = SettingsBlock.Add(wanted, SettingsSection.WaterLevel, 0, buffer, position);
            byte[] block = buffer[..SettingsBlock.Finish(buffer, position)];
            group.SendBlock(block, SettingsBlock.Descriptor, 0x0107 + i, false);
            bench.RunUntil(() => bench.Pole.Settings.Programs[2].PointCount == i + 1);
            bench.Pole.Guard.LearnZero(bench.NowMs);
            bench.Run(HourMs);
        }
    }

    private static void Fit(PoleHardware hardware) => hardware.Accelerometer = new SimulatedAccelerometer();

    // SessionCnt of the newest record behind the check of the identity (FragmentationStore); -1 without one.
    private static int SessionCntOf(FaultableStore store)
    {
        byte[] buffer = new byte[64];
        return new SlottedRecord(store, "lora-frag-a", "lora-frag-b", buffer).ReadNewest() > 0 ? (buffer[SlottedRecord.BodyOffset + 4] << 8) | buffer[SlottedRecord.BodyOffset + 5] : -1;
    }

    private static int SessionCntOf(Dictionary<string, byte[]> records)
    {
        FaultableStore store = new();
        foreach ((string record, byte[] data) in records)
        {
            store.Records[record] = data;
        }

        return SessionCntOf(store);
    }

    private static string SettingsOf(PoleController.Controller pole)
    {
        PoleController.Settings.ControllerSettings settings = pole.Settings;
        return $"{settings.Revision} {settings.UtcOffsetMinutes} {settings.DaylightSaving} {settings.MulticastAnswerWindowSeconds[1]} {settings.Programs[2].PointCount}";
    }

    private sealed record Write(
        string Record, byte[]? Old, byte[] New, Dictionary<string, byte[]> StoreBefore, string SettingsBefore, string SettingsAfter, uint StartCount, long EnergyWattHours,
        long[] Waiting, string[] SentBefore)
    {
        public bool IsGroupKept { get; init; }

        public uint GroupFCnt { get; init; }

        public int SessionCnt { get; init; }

        public bool IsZeroBefore { get; init; }

        public bool IsZeroAfter { get; init; }
    }
}
