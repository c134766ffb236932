// What the kernel's devices throw when they do not work. Everything else is a defect of the program and is let through.
namespace Bench.Devices;

/// <summary>Tells a device that failed from a program that is wrong.</summary>
internal static class DeviceFault
{
    /// <summary>Whether this is a device that does not work, is not there or may not be used.</summary>
    public static bool Is(Exception exception) =>
        exception is IOException or TimeoutException or UnauthorizedAccessException or PlatformNotSupportedException or InvalidOperationException
            or NotSupportedException or DllNotFoundException;
}
