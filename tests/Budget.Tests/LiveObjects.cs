// The objects that a pole keeps alive: everything of the controller that can be reached from it, the tables of its classes included, with the size that
// .NET gives them on a 64-bit machine. Ports are the board's and not counted; neither are texts, which stay in the flash on a pole.
using System.Reflection;
using PoleController;

namespace Budget.Tests;

/// <summary>How many objects, and their bytes.</summary>
internal readonly record struct LiveSum(int Count, long Bytes);

/// <summary>Objects of one pole and their bytes.</summary>
internal sealed class LiveObjects
{
    private const int HeaderBytes = 16;
    private const int ReferenceBytes = 8;

    private static readonly Assembly s_controller = typeof(Controller).Assembly;
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, LiveSum> _byOwner = [];

    private LiveObjects()
    {
    }

    /// <summary>Bytes of all objects.</summary>
    public long Bytes { get; private set; }

    /// <summary>Number of objects.</summary>
    public int Count => _seen.Count;

    /// <summary>Bytes by the class that owns them (an array belongs to the class whose field it is), the largest first.</summary>
    public string ByOwner => string.Join("\n", _byOwner.OrderByDescending(pair => pair.Value.Bytes).Select(pair => $"{pair.Value.Bytes,7} {pair.Key.Name}"));

    /// <summary>Objects and bytes by the assembly of firmware/PoleController/assemblies.json whose class owns them.</summary>
    public IReadOnlyDictionary<string, LiveSum> ByAssembly() => _byOwner.GroupBy(pair => ControllerAssemblies.NameOf(pair.Key))
        .ToDictionary(group => group.Key, group => new LiveSum(group.Sum(pair => pair.Value.Count), group.Sum(pair => pair.Value.Bytes)));

    /// <summary>Measures what can be reached from a controller and from the controller's static tables.</summary>
    public static LiveObjects Of(Controller controller, params object?[] drivers)
    {
        LiveObjects objects = new();
        objects.Add(controller, typeof(Controller));
        foreach (object? driver in drivers)
        {
            objects.Add(driver, typeof(Controller));
        }

        foreach (Type type in s_controller.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(field => !field.IsLiteral))
            {
                objects.Add(field.GetValue(null), type);
            }
        }

        return objects;
    }

    private void Add(object? value, Type owner)
    {
        if (value is null or string or Delegate || value.GetType().IsValueType)
        {
            return;
        }

        Type type = value.GetType();
        if ((!type.IsArray && type.Assembly != s_controller) || !_seen.Add(value))
        {
            return;
        }

        if (value is Array array)
        {
            AddArray(array, owner);
        }
        else
        {
            AddFields(value, type);
        }
    }

    private void AddArray(Array array, Type owner)
    {
        Type item = array.GetType().GetElementType()!;
        Note(owner, HeaderBytes + ReferenceBytes + (array.Length * (long)SizeOf(item)));
        if (!item.IsValueType)
        {
            foreach (object? element in array)
            {
                Add(element, owner);
            }
        }
    }

    private void AddFields(object value, Type type)
    {
        long bytes = 0;
        for (Type? at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (FieldInfo field in at.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                bytes += SizeOf(field.FieldType);
                Add(field.GetValue(value), type);
            }
        }

        Note(type, HeaderBytes + Math.Max(bytes, ReferenceBytes));
    }

    private void Note(Type owner, long bytes)
    {
        bytes = (bytes + 7) / 8 * 8;
        Bytes += bytes;
        LiveSum before = _byOwner.GetValueOrDefault(owner);
        _byOwner[owner] = new LiveSum(before.Count + 1, before.Bytes + bytes);
    }

    private static int SizeOf(Type type)
    {
        if (!type.IsValueType)
        {
            return ReferenceBytes;
        }

        type = type.IsEnum ? Enum.GetUnderlyingType(type) : type;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
            TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
            TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
            TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
            _ => throw new InvalidOperationException($"The controller has a field of type {type}."),
        };
    }
}
