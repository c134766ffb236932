// The settings' hash against a CRC written from its definition, and that it sees every setting and nothing else.
using System.Buffers.Binary;
using System.Text;
using PoleController.Messages;
using PoleController.Settings;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class SettingsHashTests
{
    [Fact]
    public void It_is_the_CRC_of_the_settings_in_their_order()
    {
        // The check value of CRC-16/IBM-3740 in the catalogue of parametrised CRC algorithms.
        Assert.Equal(0x29B1, Crc(Encoding.ASCII.GetBytes("123456789")));
        int[] defaults =
        [
            0, 0, 0, 60, 1, // position, whether there is one, local time
            0, 0, 0, 0, 0, 0, 0, 0, // four programs: points, fade
            0, 0, // calendar: rules, exception days
            30000, 500, 5000, 50, 600, 5000, 20, 40, 60, 0, 0, 0,
        ];
        byte[] bytes = new byte[defaults.Length * 4];
        for (int i = 0; i < defaults.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * 4), defaults[i]);
        }

        Assert.Equal(Crc(bytes), new SettingsHash().Compute(new ControllerSettings()));
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

    private static int Crc(byte[] bytes)
    {
        uint remainder = 0xFFFF;
        foreach (byte item in bytes)
        {
            for (uint mask = 0x80; mask > 0; mask >>= 1)
            {
                bool isHigh = ((remainder & 0x8000) != 0) != ((item & mask) != 0);
                remainder = (remainder << 1) & 0xFFFF;
                remainder ^= isHigh ? 0x1021u : 0;
            }
        }

        return (int)remainder;
    }
}
