// What somebody has to be who looks at the steps of one controller, such as a stopwatch. It changes nothing.
namespace Simulation.Engine;

/// <summary>Is told of every step of one pole's controller.</summary>
public interface IStepObserver
{
    /// <summary>A step begins.</summary>
    /// <param name="timeUs">Microseconds after the start of the run.</param>
    void BeforeStep(long timeUs);

    /// <summary>The step has ended.</summary>
    void AfterStep();
}
