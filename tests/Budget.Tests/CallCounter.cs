// Counts the calls that the controller executes. The controller's assembly is rewritten so that every call instruction in it adds one here
// (CountingController); a step begins and ends here too. One thread only.
namespace Budget.Tests;

/// <summary>Calls executed by the controller, whole and by component.</summary>
public static class CallCounter
{
    private static readonly Dictionary<string, long> s_ofThisStep = [];
    private static readonly Dictionary<string, long> s_mostOf = [];
    private static long s_stepBegin;
    private static long s_componentBegin;

    /// <summary>Calls since the start.</summary>
    public static long Count { get; private set; }

    /// <summary>Steps of whole controllers.</summary>
    public static long Steps { get; private set; }

    /// <summary>Calls in the dearest step.</summary>
    public static long MostInAStep { get; private set; }

    /// <summary>Where the dearest step spent them.</summary>
    public static string WhereMost { get; private set; } = "";

    /// <summary>The most that each component spent in a step.</summary>
    public static string MostByComponent => string.Join("\n", s_mostOf.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value,7} {pair.Key}"));

    /// <summary>Forgets what was counted.</summary>
    public static void Reset()
    {
        Count = 0;
        Steps = 0;
        MostInAStep = 0;
        WhereMost = "";
        s_mostOf.Clear();
    }

    /// <summary>A call instruction is about to be executed.</summary>
    public static void Add() => Count++;

    /// <summary>A step of the controller begins.</summary>
    public static void BeginStep()
    {
        s_ofThisStep.Clear();
        s_stepBegin = Count;
    }

    /// <summary>It ends.</summary>
    public static void EndStep()
    {
        Steps++;
        long calls = Count - s_stepBegin;
        if (calls > MostInAStep)
        {
            MostInAStep = calls;
            WhereMost = string.Join(", ", s_ofThisStep.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
        }
    }

    /// <summary>A component's step begins.</summary>
    public static void BeginComponent() => s_componentBegin = Count;

    /// <summary>It ends.</summary>
    public static void EndComponent(string component)
    {
        long calls = Count - s_componentBegin;
        s_ofThisStep[component] = calls;
        if (calls > s_mostOf.GetValueOrDefault(component))
        {
            s_mostOf[component] = calls;
        }
    }
}
