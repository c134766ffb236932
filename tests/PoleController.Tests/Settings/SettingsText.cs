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
        foreach (FieldInfo field in typeof(ControllerSettings).GetFields(BindingFlags.Public | BindingFlags.Instance).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            if (field.FieldType == typeof(int) || field.FieldType == typeof(bool))
            {
                text.Append(CultureInfo.InvariantCulture, $"{field.Name}={field.GetValue(settings)}\n");
            }
            else if (field.FieldType == typeof(int[]))
            {
                text.Append(CultureInfo.InvariantCulture, $"{field.Name}={string.Join(',', (int[])field.GetValue(settings)!)}\n");
            }
            else if (field.FieldType != typeof(LightingProgram[]) && field.FieldType != typeof(PoleController.Lighting.Calendar))
            {
                throw new InvalidOperationException($"{field.Name} has a type that the tests of the settings do not know");
            }
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
