// Records as controllers wrote them before settings had sections: versions 1 and 2, written anew from their description.
using System.Buffers.Binary;
using PoleController.Settings;

namespace PoleController.Tests.Settings;

internal static class EarlierRecord
{
    /// <summary>A record with sequence number 1 and room for the CRC.</summary>
    public static byte[] Encode(ControllerSettings settings, int version)
    {
        List<byte> bytes = [(byte)version, 0, 0, 0, 0, 0, 1];
        Put(bytes, 4, settings.Revision, settings.LatitudeMicrodegrees, settings.LongitudeMicrodegrees);
        Put(bytes, 1, (settings.HasPosition ? 1 : 0) + (settings.IsStatusConfirmed ? 2 : 0));
        Put(bytes, 2, settings.UtcOffsetMinutes);
        Put(bytes, 1, settings.DaylightSaving);
        Put(bytes, 4, settings.HoldTimeMs);
        Put(bytes, 2, settings.OccupancyFadeUpMs, settings.OccupancyFadeDownMs, settings.OccupancyDebounceMs);
        Put(bytes, 4, settings.StatusIntervalSeconds);
        Put(bytes, 2, settings.PowerReturnDelayMaximumMs, settings.PhotocellOnLux, settings.PhotocellOffLux, settings.PhotocellDelaySeconds);
        Put(bytes, 4, settings.LuminaireFullPowerMilliwatts, settings.LuminaireStandbyPowerMilliwatts);
        foreach (PoleController.Lighting.LightingProgram program in settings.Programs)
        {
            Put(bytes, 1, program.PointCount);
            Put(bytes, 2, program.FadeSeconds);
            for (int i = 0; i < program.PointCount; i++)
            {
                Put(bytes, 1, program.Reference[i]);
                Put(bytes, 2, program.OffsetMinutes[i], program.LevelPermille[i], program.OccupancyLevelPermille[i]);
            }
        }

        PutCalendar(bytes, settings.Calendar);
        Put(bytes, 2, version == 1 ? [] : settings.MulticastAnswerWindowSeconds);
        byte[] record = [.. bytes, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(1), (ushort)record.Length);
        return record;
    }

    private static void PutCalendar(List<byte> bytes, PoleController.Lighting.Calendar calendar)
    {
        Put(bytes, 1, calendar.RuleCount);
        for (int i = 0; i < calendar.RuleCount; i++)
        {
            Put(bytes, 1, calendar.RuleWeekdayMask[i]);
            Put(bytes, 2, calendar.RuleFromMonthDay[i], calendar.RuleToMonthDay[i]);
            Put(bytes, 1, calendar.RuleProgram[i]);
        }

        Put(bytes, 1, calendar.ExceptionDayCount);
        for (int i = 0; i < calendar.ExceptionDayCount; i++)
        {
            Put(bytes, 2, calendar.ExceptionYear[i], calendar.ExceptionMonthDay[i]);
            Put(bytes, 1, calendar.ExceptionProgram[i]);
        }
    }

    private static void Put(List<byte> bytes, int size, params int[] values)
    {
        byte[] number = new byte[4];
        foreach (int value in values)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, value);
            bytes.AddRange(number[(4 - size)..]);
        }
    }
}
