// The whole state of an object as a list of names and values, so that two moments can be compared field by field. Slow, and complete: what is left out is
// left out by name here, with the reason.
using System.Collections;
using System.Globalization;
using System.Reflection;
using PoleController.Hal;
using PoleController.LoRaWan;

namespace Simulation.Conformance.Fuzzing;

/// <summary>Every field that can be reached from an object.</summary>
internal static class GraphDigest
{
    // Working memory that is overwritten with every frame and read by nobody before it is overwritten again, ports (the store is compared by itself),
    // and what counts refused frames or tells of the last one.
    private static readonly Type[] LeftOutTypes =
    [
        typeof(DataFrame), typeof(JoinAccept), typeof(FrameCodec), typeof(JoinCodec), typeof(FrameCrypto), typeof(IAesBlock), typeof(ILoRaRadio), typeof(IStore),
        typeof(Delegate), typeof(Type),
    ];

    private static readonly string[] LeftOutNames =
    [
        "_received", "_frame", "_payload", "_nowMs", "_quietUntilMs", "<RefusedCount>k__BackingField", "<RefusedCounts>k__BackingField",
        "<IsForOtherAddress>k__BackingField", "<HasStoreFailed>k__BackingField",
    ];

    /// <summary>All values, by path.</summary>
    public static Dictionary<string, string> Of(object root)
    {
        Dictionary<string, string> values = [];
        Walk(root, "", values, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return values;
    }

    /// <summary>The first value that differs; null when none does.</summary>
    public static string? Difference(Dictionary<string, string> before, Dictionary<string, string> after)
    {
        foreach ((string path, string value) in after.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!before.TryGetValue(path, out string? old) || old != value)
            {
                return $"{path} was {old ?? "absent"} and is {value}";
            }
        }

        return before.Count == after.Count ? null : "something is gone";
    }

    private static void Walk(object? value, string path, Dictionary<string, string> values, HashSet<object> seen)
    {
        if (value is null)
        {
            values[path] = "null";
            return;
        }

        Type type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is string)
        {
            values[path] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            return;
        }

        if (LeftOutTypes.Any(left => left.IsAssignableFrom(type)) || (!type.IsValueType && !seen.Add(value)))
        {
            return;
        }

        if (value is byte[] bytes)
        {
            values[path] = Convert.ToHexString(bytes);
            return;
        }

        if (value is Array array)
        {
            WalkItems(array, path, values, seen);
            return;
        }

        WalkFields(value, type, path, values, seen);
    }

    private static void WalkItems(IEnumerable items, string path, Dictionary<string, string> values, HashSet<object> seen)
    {
        int index = 0;
        foreach (object? item in items)
        {
            Walk(item, $"{path}[{index}]", values, seen);
            index++;
        }
    }

    private static void WalkFields(object value, Type type, string path, Dictionary<string, string> values, HashSet<object> seen)
    {
        for (Type? at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (FieldInfo field in at.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!LeftOutNames.Contains(field.Name) && !field.FieldType.IsPointer && !field.FieldType.IsByRefLike)
                {
                    Walk(field.GetValue(value), path + "." + field.Name, values, seen);
                }
            }
        }
    }
}
