// The fields of a section's part, without knowing it: how many items of an array are in use, and any valid values.
using System.Reflection;
using PoleController.Settings;

namespace PoleController.Tests.Settings;

internal static class SettingsFields
{
    /// <summary>Fields that hold values.</summary>
    public static FieldInfo[] Of(SettingsPart part) => part.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>
    /// How many items of an array are in use: the value of the count whose name it begins with (PointCount for PointLevelPermille), else all.
    /// </summary>
    public static int UsedCount(object target, FieldInfo array)
    {
        int length = ((Array)array.GetValue(target)!).Length;
        FieldInfo? count = CountOf(target, array);
        return count is null ? length : Math.Clamp(Convert.ToInt32(count.GetValue(target), null), 0, length);
    }

    /// <summary>The field that counts an array's items in use; null when all always are.</summary>
    public static FieldInfo? CountOf(object target, FieldInfo array) =>
        target.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Where(field => field.Name.EndsWith("Count", StringComparison.Ordinal) && field.FieldType == typeof(int))
            .Where(field => array.Name.StartsWith(field.Name[..^5], StringComparison.Ordinal))
            .MaxBy(field => field.Name.Length);

    /// <summary>Puts any valid values into a part: a value at a time, kept where the part's own rules allow it.</summary>
    public static void Fill(SettingsPart part, Random random)
    {
        FieldInfo[] fields = Of(part);
        for (int i = 0; i < fields.Length * 20; i++)
        {
            FieldInfo field = fields[random.Next(fields.Length)];
            if (field.GetValue(part) is Array array)
            {
                int index = random.Next(array.Length);
                object before = array.GetValue(index)!;
                array.SetValue(Any(random, before), index);
                if (part.Validate() != SettingsFault.None)
                {
                    array.SetValue(before, index);
                }
            }
            else
            {
                object before = field.GetValue(part)!;
                field.SetValue(part, Any(random, before));
                if (part.Validate() != SettingsFault.None)
                {
                    field.SetValue(part, before);
                }
            }
        }
    }

    // Small numbers often: most ranges are short.
    private static object Any(Random random, object like)
    {
        int number = random.Next(5) switch
        {
            0 => random.Next(-2, 12),
            1 => random.Next(-200, 1200),
            2 => random.Next(70000),
            3 => random.Next(),
            _ => (like is bool ? 0 : Convert.ToInt32(like, null)) + random.Next(-20, 21),
        };
        return like switch
        {
            bool => random.Next(2) == 0,
            byte => (byte)number,
            short => (short)number,
            ushort => (ushort)number,
            uint => (uint)number,
            _ => number,
        };
    }
}
