// The settings' hash: where it comes from, and that it sees every setting and nothing else.
using PoleController.Messages;
using PoleController.Settings;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class SettingsHashTests
{
    [Fact]
    public void It_is_the_low_half_of_the_stored_settings_checksum()
    {
        ControllerSettings settings = new() { HoldTimeMs = 12_345 };
        Assert.Equal((int)(SettingsCodec.Hash(settings) & 0xFFFF), new SettingsHash().Compute(settings));
    }

    [Fact]
    public void It_is_computed_anew_when_the_revision_changes()
    {
        ControllerSettings settings = new();
        SettingsHash hash = new();
        int before = hash.Compute(settings);
        settings.HoldTimeMs++;
        settings.Revision++;
        Assert.NotEqual(before, hash.Compute(settings));
        Assert.Equal(new SettingsHash().Compute(settings), hash.Compute(settings));
    }

    [Fact]
    public void It_changes_with_every_setting_and_not_with_the_revision()
    {
        List<Action<ControllerSettings>> changes =
        [
            settings => settings.LatitudeMicrodegrees++,
            settings => settings.LongitudeMicrodegrees--,
            settings => settings.HasPosition = true,
            settings => settings.UtcOffsetMinutes++,
            settings => settings.DaylightSaving = 2,
            settings => settings.Programs[3].PointCount = 1,
            settings => settings.Programs[3].FadeSeconds = 1,
            settings => settings.Calendar.RuleCount = 1,
            settings => settings.Calendar.ExceptionDayCount = 1,
            settings => settings.HoldTimeMs++,
            settings => settings.OccupancyFadeUpMs++,
            settings => settings.OccupancyFadeDownMs++,
            settings => settings.OccupancyDebounceMs++,
            settings => settings.StatusIntervalSeconds++,
            settings => settings.PowerReturnDelayMaximumMs++,
            settings => settings.PhotocellOnLux++,
            settings => settings.PhotocellOffLux++,
            settings => settings.PhotocellDelaySeconds++,
            settings => settings.LuminaireFullPowerMilliwatts++,
            settings => settings.LuminaireStandbyPowerMilliwatts++,
            settings => settings.IsStatusConfirmed = true,
            settings => settings.MulticastAnswerWindowSeconds[3]++,
        ];
        int[] hashes = [.. changes.Select(change => HashAfter(change)), HashAfter(settings => { })];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(HashAfter(settings => { }), HashAfter(settings => settings.Revision = 77));
        Assert.Equal(HashAfter(settings => { }), HashAfter(settings => settings.Programs[0].LevelPermille[5] = 77));

        // The revision, and the lists whose counts stand for them, are the only fields without a change of their own.
        int fieldCount = typeof(ControllerSettings).GetFields().Count(field => !field.IsLiteral);
        Assert.Equal(changes.Count, fieldCount - 3 + 4);
    }

    private static int HashAfter(Action<ControllerSettings> change)
    {
        ControllerSettings settings = new();
        change(settings);
        return new SettingsHash().Compute(settings);
    }
}
