// What a case says when the device does not do as required.
namespace Simulation.Conformance.Bench;

/// <summary>The device under test does not meet the requirement.</summary>
internal sealed class ConformanceFailure(string message) : Exception(message);

/// <summary>Comparisons that tell what was expected of what.</summary>
internal static class Check
{
    /// <summary>Fails unless a condition holds.</summary>
    /// <param name="isTrue">The condition.</param>
    /// <param name="whatIsWrong">What to say if it does not.</param>
    public static void That(bool isTrue, string whatIsWrong)
    {
        if (!isTrue)
        {
            throw new ConformanceFailure(whatIsWrong);
        }
    }

    /// <summary>Fails unless two values are equal.</summary>
    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ConformanceFailure($"{what}: expected {Text(expected)}, found {Text(actual)}");
        }
    }

    /// <summary>Fails unless a number lies between two others, both included.</summary>
    public static void Between(long lowest, long highest, long actual, string what)
    {
        if (actual < lowest || actual > highest)
        {
            throw new ConformanceFailure($"{what}: expected {lowest} to {highest}, found {actual}");
        }
    }

    private static string Text<T>(T value) => value is null or "" ? "nothing" : value.ToString() ?? "nothing";
}
