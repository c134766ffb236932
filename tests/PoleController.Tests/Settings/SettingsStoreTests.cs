// SettingsStore: cut the power at any byte of any write, and either the old or the new settings are there, whole.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Settings;
using Xunit;

namespace PoleController.Tests.Settings;

public sealed class SettingsStoreTests
{
    private readonly FaultyStore _store = new();

    public static TheoryData<Torn> AllTorn => [.. Enum.GetValues<Torn>()];

    [Fact]
    public void An_empty_store_gives_the_defaults_and_says_so()
    {
        ControllerSettings settings = SettingsGenerator.Make(new Random(1));
        SettingsStore settingsStore = new(_store);
        Assert.False(settingsStore.Load(settings));
        Assert.Equal(SettingsText.Of(new ControllerSettings()), SettingsText.Of(settings));
        Assert.Equal((HealthState.Degraded, HealthReason.DefaultsInForce), (settingsStore.Health.State, settingsStore.Health.Reason));
    }

    [Fact]
    public void What_was_saved_last_is_loaded_and_the_slots_take_turns()
    {
        for (int i = 0; i < 6; i++)
        {
            ControllerSettings settings = SettingsGenerator.Make(new Random(i));
            SettingsStore settingsStore = new(_store);
            settingsStore.Load(new ControllerSettings());
            Assert.True(settingsStore.TrySave(settings));
            Assert.Equal(HealthState.Ok, settingsStore.Health.State);
            Assert.Equal(SettingsText.Of(settings), Loaded());
        }

        Assert.Equal(["settings-a", "settings-b", "settings-a", "settings-b", "settings-a", "settings-b"], _store.Writes);
    }

    [Theory]
    [MemberData(nameof(AllTorn))]
    public void A_power_cut_at_any_byte_of_any_write_leaves_the_old_or_the_new_settings(Torn torn)
    {
        // The third write goes over an old record, the first two over nothing.
        for (int write = 1; write <= 3; write++)
        {
            ControllerSettings newSettings = SettingsGenerator.Make(new Random(100 + write));
            int recordLength = Encoded(newSettings, 1).Length;
            for (int cut = 0; cut <= recordLength + 1; cut++)
            {
                FaultyStore store = new() { Torn = torn };
                string old = SaveSome(store, write - 1);
                store.CutAfterBytes = cut;
                SettingsStore cutStore = new(store);
                cutStore.Load(new ControllerSettings());

                // The store that throws stands for the power that goes: nothing after it runs on a pole.
                cutStore.TrySave(newSettings);
                store.CutAfterBytes = null;
                string loaded = Load(store);
                Assert.True(
                    loaded == old || loaded == SettingsText.Of(newSettings), $"write {write} cut after {cut} bytes left neither the old nor the new settings");

                // Whatever is there, the next change is kept.
                ControllerSettings nextSettings = SettingsGenerator.Make(new Random(200 + write));
                SettingsStore next = new(store);
                next.Load(new ControllerSettings());
                Assert.True(next.TrySave(nextSettings));
                Assert.Equal(SettingsText.Of(nextSettings), Load(store));
            }
        }
    }

    [Fact]
    public void Any_bytes_in_the_slots_never_throw_and_never_give_invalid_settings()
    {
        Gen<byte[]> bytes = Gen.OneOf(
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(SettingsCodec.MaximumLength + 1),
            SettingsGenerator.Valid.Select(settings => Encoded(settings, settings.Revision)));
        Prop.ForAll(bytes.ToArbitrary(), bytes.ToArbitrary(), (a, b) =>
        {
            FaultyStore store = new();
            store.Records["settings-a"] = a;
            store.Records["settings-b"] = b;
            ControllerSettings settings = new();
            new SettingsStore(store).Load(settings);
            return SettingsRules.Validate(settings) == SettingsFault.None;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(int.MaxValue, int.MinValue)]
    [InlineData(-1, 0)]
    [InlineData(int.MinValue, int.MinValue + 1)]
    public void The_newer_of_two_is_loaded_and_the_next_is_newer_also_where_the_sequence_number_wraps(int older, int newer)
    {
        ControllerSettings first = SettingsGenerator.Make(new Random(1));
        ControllerSettings second = SettingsGenerator.Make(new Random(2));
        ControllerSettings third = SettingsGenerator.Make(new Random(3));
        foreach (bool isNewerInA in new[] { true, false })
        {
            FaultyStore store = new();
            store.Records[isNewerInA ? "settings-a" : "settings-b"] = Encoded(second, newer);
            store.Records[isNewerInA ? "settings-b" : "settings-a"] = Encoded(first, older);
            Assert.Equal(SettingsText.Of(second), Load(store));
            SettingsStore settingsStore = new(store);
            settingsStore.Load(new ControllerSettings());
            Assert.True(settingsStore.TrySave(third));
            Assert.Equal(isNewerInA ? "settings-b" : "settings-a", store.Writes[^1]);
            Assert.Equal(SettingsText.Of(third), Load(store));
        }
    }

    [Fact]
    public void A_record_of_a_later_version_is_passed_over_and_the_other_slot_is_used()
    {
        ControllerSettings settings = SettingsGenerator.Make(new Random(1));
        byte[] later = Encoded(SettingsGenerator.Make(new Random(2)), 9);
        later[0] = 4;
        MakeCrcRight(later);
        _store.Records["settings-a"] = later;
        _store.Records["settings-b"] = Encoded(settings, 8);
        Assert.Equal(SettingsText.Of(settings), Loaded());
    }

    [Fact]
    public void A_whole_record_with_a_value_out_of_range_is_passed_over_and_the_next_save_outdoes_it()
    {
        ControllerSettings settings = SettingsGenerator.Make(new Random(1));
        byte[] invalid = Encoded(new ControllerSettings(), 9);
        invalid[11 + 5] = 7; // daylight saving, in the first section
        MakeCrcRight(invalid);
        _store.Records["settings-a"] = Encoded(settings, 8);
        _store.Records["settings-b"] = invalid;
        Assert.Equal(SettingsText.Of(settings), Loaded());

        // Only the invalid one is left.
        _store.Records.Remove("settings-a");
        SettingsStore settingsStore = new(_store);
        Assert.False(settingsStore.Load(new ControllerSettings()));
        Assert.True(settingsStore.TrySave(settings));
        Assert.Equal(SettingsText.Of(settings), Loaded());
    }

    [Fact]
    public void A_store_that_refuses_or_throws_or_forgets_fails_the_save_and_keeps_the_old()
    {
        ControllerSettings old = SettingsGenerator.Make(new Random(1));
        SettingsStore settingsStore = new(_store);
        Assert.True(settingsStore.TrySave(old));
        foreach (Action<bool> fault in new Action<bool>[] { on => _store.IsRefusing = on, on => _store.IsThrowing = on, on => _store.IsForgetting = on })
        {
            fault(true);
            Assert.False(settingsStore.TrySave(SettingsGenerator.Make(new Random(2))));
            Assert.Equal((HealthState.Failed, HealthReason.StoreFailed), (settingsStore.Health.State, settingsStore.Health.Reason));
            fault(false);
            Assert.Equal(SettingsText.Of(old), Loaded());
        }

        Assert.True(settingsStore.TrySave(SettingsGenerator.Make(new Random(3))));
        Assert.Equal(HealthState.Ok, settingsStore.Health.State);
    }

    [Fact]
    public void What_can_be_read_back_is_kept_whatever_the_store_said()
    {
        ControllerSettings settings = SettingsGenerator.Make(new Random(1));
        _store.IsLying = true;
        Assert.True(new SettingsStore(_store).TrySave(settings));
        Assert.Equal(SettingsText.Of(settings), Loaded());
    }

    [Fact]
    public void A_store_that_throws_gives_the_defaults()
    {
        _store.IsThrowing = true;
        Assert.False(new SettingsStore(_store).Load(new ControllerSettings()));
    }

    [Fact]
    public void Invalid_settings_are_not_written()
    {
        SettingsStore settingsStore = new(_store);
        Assert.False(settingsStore.TrySave(new ControllerSettings { HoldTimeMs = 0 }));
        Assert.Empty(_store.Writes);
        Assert.Equal((HealthState.Degraded, HealthReason.Implausible), (settingsStore.Health.State, settingsStore.Health.Reason));
    }

    [Fact]
    public void A_save_without_a_load_spares_the_slot_in_force()
    {
        ControllerSettings old = SettingsGenerator.Make(new Random(1));
        Assert.True(new SettingsStore(_store).TrySave(old));
        _store.CutAfterBytes = 10;
        new SettingsStore(_store).TrySave(SettingsGenerator.Make(new Random(2)));
        _store.CutAfterBytes = null;
        Assert.Equal(SettingsText.Of(old), Loaded());
    }

    private static string SaveSome(FaultyStore store, int count)
    {
        SettingsStore settingsStore = new(store);
        settingsStore.Load(new ControllerSettings());
        for (int i = 0; i < count; i++)
        {
            Assert.True(settingsStore.TrySave(SettingsGenerator.Make(new Random(i))));
        }

        return Load(store);
    }

    private static string Load(FaultyStore store)
    {
        ControllerSettings settings = new();
        new SettingsStore(store).Load(settings);
        return SettingsText.Of(settings);
    }

    private static byte[] Encoded(ControllerSettings settings, int sequenceNumber)
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        return buffer[..SettingsCodec.Encode(settings, sequenceNumber, buffer)];
    }

    private static void MakeCrcRight(byte[] record)
    {
        uint crc = Crc32.Compute(record, 0, record.Length - 4);
        record[^4] = (byte)(crc >> 24);
        record[^3] = (byte)(crc >> 16);
        record[^2] = (byte)(crc >> 8);
        record[^1] = (byte)crc;
    }

    private string Loaded()
    {
        return Load(_store);
    }
}
