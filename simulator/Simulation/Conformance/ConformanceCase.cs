// A requirement as a named test.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance;

/// <summary>A requirement that an end device must meet, and how it is tried.</summary>
public sealed class ConformanceCase
{
    private readonly Action<ConformanceBench> _attempt;
    private readonly Func<BenchSetup> _setup;

    internal ConformanceCase(string chapter, string section, string requirement, Action<ConformanceBench> attempt, Func<BenchSetup>? setup = null)
    {
        Chapter = chapter;
        Section = section;
        Requirement = requirement;
        _attempt = attempt;
        _setup = setup ?? (() => new BenchSetup());
    }

    /// <summary>What it is about, such as "Activation".</summary>
    public string Chapter { get; }

    /// <summary>The document and section it comes from, such as "TS001-1.0.4 5.2".</summary>
    public string Section { get; }

    /// <summary>The requirement in a sentence; also the name of the test.</summary>
    public string Requirement { get; }

    /// <summary>Tries it against the end device.</summary>
    /// <returns>What was found wrong; null when the requirement is met.</returns>
    public string? Try() => TryOn(new ConformanceBench(_setup()));

    /// <summary>Tries it on a bench that somebody wants to look at afterwards.</summary>
    internal string? TryOn(ConformanceBench bench)
    {
        try
        {
            _attempt(bench);
            return null;
        }
        catch (ConformanceFailure failure)
        {
            return failure.Message;
        }
        catch (Exception defect)
        {
            return $"the device threw {defect.GetType().Name}: {defect.Message}";
        }
    }

    /// <summary>A bench as the case wants it.</summary>
    internal ConformanceBench MakeBench() => new(_setup());

    /// <inheritdoc/>
    public override string ToString() => $"{Section}: {Requirement}";
}
