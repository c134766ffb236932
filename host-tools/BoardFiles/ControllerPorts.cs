// Which ports the controller has, read from the controller itself, so that a new port cannot be forgotten on a board.
using System.Reflection;
using PoleController;

namespace BoardFiles;

/// <summary>The ports of the controller.</summary>
public static class ControllerPorts
{
    /// <summary>Their names, as the properties of <see cref="PoleHardware"/> are called.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(PoleHardware).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType.IsInterface)
            .Select(property => property.Name)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The port of the relay in the luminaire's feed.</summary>
    public const string Relay = nameof(PoleHardware.Relay);

    /// <summary>The port of the dimming interface.</summary>
    public const string Dimmer = nameof(PoleHardware.Dimmer);
}
