// What a plan may not say, and whether a jig can carry it out.
using Bench.Boards;
using BoardFiles;
using PoleController.Boards;

namespace Bench.Plans;

/// <summary>Checks a plan.</summary>
internal static class PlanRules
{
    /// <summary>Words for parts that a step may ask for with "when".</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        PartWords.Dali, PartWords.Warm, PartWords.Metered, PartWords.PulseMetered, PartWords.Counting, PartWords.Container, PartWords.Water, PartWords.Occupancy, PartWords.Photocell,
        PartWords.Climate, PartWords.Particulates, PartWords.CarbonDioxide, PartWords.Gas, PartWords.Accelerometer, PartWords.Door, PartWords.Thermometer,
        PartWords.Service, PartWords.Neighbours, PartWords.Watchdog,
    ];

    /// <summary>What is wrong with a plan in itself.</summary>
    public static IReadOnlyList<BoardProblem> Check(Plan plan)
    {
        List<BoardProblem> problems = [];
        foreach (PlanStep step in plan.Steps)
        {
            foreach (string word in new[] { step.When, step.Unless }.Where(word => word.Length > 0 && !Words.Contains(word)))
            {
                problems.Add(Problem(plan, step.FileLine, "when", $"\"{word}\" is no word for a part", "Known: " + string.Join(", ", Words)));
            }

            if (step.Expectations.Count == 0 && !step.Unlocks && step.Stimuli.Count == 0 && step.Service.Length == 0 && step.WaitMs == 0)
            {
                problems.Add(Problem(plan, step.FileLine, "expect", "this step does nothing", "Leave it out, or add what it expects"));
            }

            bool asks = step.Service.Length > 0 || step.Unlocks;
            foreach (Expectation expectation in step.Expectations.Where(expectation => expectation.Read is ReadingKind.Answer or ReadingKind.Answered && !asks))
            {
                problems.Add(Problem(plan, expectation.FileLine, "read", "an answer is expected, and nothing is asked", "Add service: and a line of docs/service-port.md"));
            }
        }

        foreach (IGrouping<string, PlanStep> twice in plan.Steps.GroupBy(step => step.Name).Where(group => group.Count() > 1))
        {
            problems.Add(Problem(plan, twice.Last().FileLine, "name", $"two steps are called \"{twice.Key}\"", "Result files tell steps apart by their names: choose another"));
        }

        return problems;
    }

    /// <summary>What a jig lacks for the steps that are to be made.</summary>
    public static IReadOnlyList<BoardProblem> CheckJig(Plan plan, LinuxBoard jig, IReadOnlyCollection<string> fitted)
    {
        List<BoardProblem> problems = [];
        if (jig.Controller != plan.Controller)
        {
            problems.Add(Problem(plan, 1, "controller", $"the plan is for {plan.Controller}, the jig {jig.File} for {jig.Controller}", "Take the other plan or the other jig"));
        }

        foreach (PlanStep step in plan.Steps.Where(step => IsDue(step, fitted)))
        {
            IEnumerable<string> needed = step.Stimuli.Select(stimulus => stimulus.Signal).Concat(step.Expectations.Select(expectation => expectation.Signal).OfType<string>());
            foreach (string signal in needed.Distinct().Where(signal => jig.Find(signal) is null))
            {
                problems.Add(Problem(plan, step.FileLine, step.Name, $"the jig {jig.File} has no signal \"{signal}\"", "Add it there, or leave the step out"));
            }
        }

        return problems;
    }

    /// <summary>Whether a step is made with what is fitted.</summary>
    public static bool IsDue(PlanStep step, IReadOnlyCollection<string> fitted) =>
        (step.When.Length == 0 || fitted.Contains(step.When)) && !fitted.Contains(step.Unless);

    private static BoardProblem Problem(Plan plan, long line, string field, string what, string remedy) => new(BoardRule.Form, plan.File, line, field, what, remedy);
}
