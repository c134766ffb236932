// Settings as text, field by field, so that tests can compare what is in use without the product's own encoding.
using System.Globalization;
using System.Reflection;
using System.Text;
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Tests.Settings;

internal static class SettingsText
{
    /// <summary>Every public field by its name: one that is added later and forgotten in the codec is seen.</summary>
    public static string Of(ControllerSettings settings)
    {
        StringBuilder text = new();
        AppendFields(text, settings, string.Empty);
        foreach (SettingsPart part in settings.Parts.Where(part => part.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).Length > 0))
        {
            AppendFields(text, part, $"{part.Section}{(part.Item < 0 ? string.Empty : part.Item)}.");
        }

        foreach (LightingProgram program in settings.Programs)
        {
            text.Append(CultureInfo.InvariantCulture, $"program {program.PointCount} {program.FadeSeconds}");
            Append(text, program, program.PointCount);
        }

        text.Append(CultureInfo.InvariantCulture, $"calendar {settings.Calendar.RuleCount} {settings.Calendar.ExceptionDayCount}");
        Append(text, settings.Calendar, settings.Calendar.RuleCount, "Rule");
        Append(text, settings.Calendar, settings.Calendar.ExceptionDayCount, "Exception");
        return text.ToString();
    }

    // Of an array only what is in use, where a count of its name's beginning says how much that is (PointCount of PointLevel).
    private static void AppendFields(StringBuilder text, object target, string prefix)
    {
        FieldInfo[] fields = [.. target.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).OrderBy(field => field.Name, StringComparer.Ordinal)];
        foreach (FieldInfo field in fields)
        {
            object value = field.GetValue(target)!;
            if (value is int or bool or uint or short or ushort or byte)
            {
                text.Append(CultureInfo.InvariantCulture, $"{prefix}{field.Name}={value}\n");
            }
            else if (value is int[] or short[] or ushort[] or byte[] or uint[])
            {
                text.Append(CultureInfo.InvariantCulture, $"{prefix}{field.Name}={string.Join(',', ((Array)value).Cast<object>().Take(SettingsFields.UsedCount(target, field)))}\n");
            }
            else if (value is not (LightingProgram[] or PoleController.Lighting.Calendar or SettingsPart[] or SettingsPart or SettingsWorkspace))
            {
                throw new InvalidOperationException($"{field.Name} has a type that the tests of the settings do not know");
            }
        }
    }

    private static void Append(StringBuilder text, object data, int count, string prefix = "")
    {
        IEnumerable<FieldInfo> arrays = data.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Where(f => f.FieldType.IsArray && f.Name.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(f => f.Name, StringComparer.Ordinal);
        foreach (FieldInfo field in arrays)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n {field.Name} {string.Join(',', ((Array)field.GetValue(data)!).Cast<object>().Take(count))}");
        }

        text.Append('\n');
    }
}
