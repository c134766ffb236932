// The settings' hash: where it comes from, and that it sees every setting and nothing else.
using System.Reflection;
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
            settings => settings.HasPosition = true,
            settings => (settings.HasPosition, settings.LatitudeMicrodegrees) = (true, 1),
            settings => (settings.HasPosition, settings.LongitudeMicrodegrees) = (true, -1),
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

        // The revision, and the lists whose counts stand for them, are the only plain fields without a change of their own.
        int fieldCount = typeof(ControllerSettings).GetFields()
            .Count(field => !field.IsLiteral && (field.FieldType == typeof(int) || field.FieldType == typeof(bool) || field.FieldType == typeof(int[])));
        Assert.Equal(changes.Count, fieldCount - 1 + 4);
    }

    [Fact]
    public void It_changes_with_every_field_of_every_section_of_its_own()
    {
        foreach (int part in Enumerable.Range(0, new ControllerSettings().Parts.Length))
        {
            foreach (FieldInfo field in new ControllerSettings().Parts[part].GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
            {
                int before = HashAfter(settings => UseEverything(settings.Parts[part]));
                int after = HashAfter(settings =>
                {
                    UseEverything(settings.Parts[part]);
                    Change(settings.Parts[part], field);
                });
                Assert.True(before != after, $"{field.DeclaringType!.Name}.{field.Name} is not in the hash");
            }
        }
    }

    private static void UseEverything(SettingsPart part)
    {
        foreach (FieldInfo count in part.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).Where(field => field.Name.EndsWith("Count", StringComparison.Ordinal) && field.FieldType == typeof(int)))
        {
            count.SetValue(part, 1);
        }
    }

    private static void Change(SettingsPart part, FieldInfo field)
    {
        object value = field.GetValue(part)!;
        if (value is Array array)
        {
            array.SetValue(Other(array.GetValue(0)!), 0);
        }
        else
        {
            field.SetValue(part, Other(value));
        }
    }

    private static object Other(object value) => value is bool flag ? !flag : Convert.ChangeType(Convert.ToInt64(value, null) == 0 ? 10 : 0, value.GetType(), null);

    private static int HashAfter(Action<ControllerSettings> change)
    {
        ControllerSettings settings = new();
        change(settings);
        return new SettingsHash().Compute(settings);
    }
}
