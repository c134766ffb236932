// Carries out a plan: stimulates, asks, reads again and again until all that is expected holds or its time is over. It decides nothing about what is right.
using Bench.Devices;
using Bench.Jig;
using Simulation.Servicing;

namespace Bench.Plans;

/// <summary>Carries out plans.</summary>
/// <param name="jig">The instruments.</param>
/// <param name="serviceKey">The controller's service key, 16 bytes; empty when there is none.</param>
/// <param name="told">Told of each step when it is over.</param>
internal sealed class PlanRunner(JigInstruments jig, byte[] serviceKey, Action<StepResult> told)
{
    private const long LookUs = 50_000;
    private const long AskAgainUs = 1_000_000;
    private const long LongestAnswerUs = 150_000_000;
    private const long ShortestAnswerUs = 1_000_000;
    private const long AnswerPollUs = 10_000;

    private long _lastAnswerUs;
    private string _devEui = "";
    private bool _isRefused;

    /// <summary>Carries out a plan. Contacts are at rest afterwards, whatever happened.</summary>
    /// <param name="plan">A plan that is right and that the jig can carry out.</param>
    /// <param name="fitted">Words for what is fitted.</param>
    /// <param name="startedUtc">Now.</param>
    public PlanResult Run(Plan plan, IReadOnlyList<string> fitted, DateTimeOffset startedUtc)
    {
        List<StepResult> results = [];
        string? obstacle = null;
        try
        {
            foreach (PlanStep step in plan.Steps)
            {
                StepResult result = !PlanRules.IsDue(step, fitted) ? Skip(step, step.When.Length > 0 && !fitted.Contains(step.When) ? $"'{step.When}' is not fitted" : $"'{step.Unless}' is fitted")
                    : obstacle is not null ? Skip(step, obstacle)
                    : RunStep(step);
                results.Add(result);
                told(result);
                obstacle ??= result.Outcome == StepOutcome.Broken ? "broken off before" : step.IsDecisive && result.Outcome == StepOutcome.Failed ? $"\"{step.Name}\" failed" : null;
            }
        }
        finally
        {
            jig.SetSafe();
        }

        return new PlanResult(plan, fitted, _devEui, startedUtc, results, _isRefused);
    }

    private static StepResult Skip(PlanStep step, string why) => new(step, StepOutcome.Skipped, 0, [], why);

    private StepResult RunStep(PlanStep step)
    {
        long beginUs = jig.Clock.NowUs;
        StepReadings readings = new(jig);
        IReadOnlyList<Reading> last = [];
        try
        {
            bool holds = Carry(step, readings, beginUs, ref last);
            return new StepResult(step, holds ? StepOutcome.Passed : StepOutcome.Failed, Seconds(beginUs), last, "");
        }
        catch (OperationCanceledException)
        {
            return new StepResult(step, StepOutcome.Broken, Seconds(beginUs), last, "broken off by hand");
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            return new StepResult(step, StepOutcome.Broken, Seconds(beginUs), last, "the jig itself failed: " + exception.Message);
        }
    }

    private bool Carry(PlanStep step, StepReadings readings, long beginUs, ref IReadOnlyList<Reading> last)
    {
        jig.Watchdog?.Restart();
        foreach (Stimulus stimulus in step.Stimuli)
        {
            stimulus.Apply(jig);
        }

        if (step.WaitMs > 0)
        {
            jig.Rest(step.WaitMs * 1000);
        }

        long untilUs = beginUs + ((step.WaitMs + step.WithinMs) * 1000);
        if (step.Unlocks)
        {
            readings.Answer = Unlock(untilUs);
        }
        else if (step.Service.Length > 0)
        {
            readings.Answer = Ask(step.Service, untilUs);
        }

        return Await(step, readings, untilUs, ref last) && (!step.Unlocks || readings.Answer![^1].StartsWith("ok ", StringComparison.Ordinal));
    }

    // All at once, before the time is over, and for as long as it has to hold.
    private bool Await(PlanStep step, StepReadings readings, long untilUs, ref IReadOnlyList<Reading> last)
    {
        long heldSinceUs = long.MaxValue;
        while (true)
        {
            last = readings.Take(step.Expectations);
            long nowUs = jig.Clock.NowUs;
            if (last.All(reading => reading.Holds))
            {
                heldSinceUs = Math.Min(heldSinceUs, nowUs);
                if (nowUs - heldSinceUs >= step.HoldMs * 1000)
                {
                    return true;
                }
            }
            else if (nowUs >= untilUs || heldSinceUs != long.MaxValue)
            {
                // Too late, or it held and does no more.
                return false;
            }

            // What took so long that its next answer would come too late is not asked again: it would run into the next step.
            bool asks = step.Service.Length > 0 && NeedsAnswer(step, last);
            if (asks && nowUs + AskAgainUs + _lastAnswerUs > untilUs)
            {
                return false;
            }

            jig.Rest(asks ? AskAgainUs : LookUs);
            if (asks)
            {
                readings.Answer = Ask(step.Service, untilUs);
            }
        }
    }

    // A command is said once; a question is asked again while its answer is not the one that is expected.
    private static bool NeedsAnswer(PlanStep step, IReadOnlyList<Reading> last) =>
        step.Expectations.Zip(last).Any(pair => pair.First.Read == ReadingKind.Answer && !pair.Second.Holds);

    private List<string> Ask(string line, long untilUs)
    {
        List<string> answer = [];
        long beginUs = jig.Clock.NowUs;
        jig.Service.Send(line);
        long endUs = Math.Min(Math.Max(untilUs, jig.Clock.NowUs + ShortestAnswerUs), jig.Clock.NowUs + LongestAnswerUs);
        while (jig.Clock.NowUs < endUs)
        {
            while (jig.Service.TryTake(out string said))
            {
                answer.Add(said);
                if (ServiceAnswer.IsLast(said))
                {
                    _lastAnswerUs = jig.Clock.NowUs - beginUs;
                    _devEui = ServiceAnswer.Field(said, "devEui") ?? _devEui;
                    return answer;
                }
            }

            jig.Rest(AnswerPollUs);
        }

        // A controller that says nothing may say something later: it is asked again as long as there is time.
        _lastAnswerUs = 0;
        return answer;
    }

    private List<string> Unlock(long untilUs)
    {
        List<string> answer = Ask("unlock", untilUs);
        string asked = answer.Count > 0 ? answer[^1] : "";
        string? challenge = ServiceAnswer.Field(asked, "challenge");
        string? devEui = ServiceAnswer.Field(asked, "devEui");
        if (TryHex(challenge, 16) is byte[] challengeBytes && TryHex(devEui, 8) is byte[] devEuiBytes && serviceKey.Length == 16)
        {
            byte[] response = ServiceTerminal.Respond(serviceKey, challengeBytes, devEuiBytes);
            answer = Ask("unlock " + Convert.ToHexStringLower(response), untilUs);
            asked = answer.Count > 0 ? answer[^1] : "";
        }

        _isRefused |= asked.StartsWith("error ", StringComparison.Ordinal) || (serviceKey.Length == 0 && challenge is not null);
        return answer.Count > 0 ? answer : ["nothing"];
    }

    private static byte[]? TryHex(string? text, int length)
    {
        byte[] bytes = new byte[length];
        return text?.Length == 2 * length && Convert.FromHexString(text, bytes, out _, out int written) == System.Buffers.OperationStatus.Done && written == length ? bytes : null;
    }

    private double Seconds(long beginUs) => (jig.Clock.NowUs - beginUs) / 1e6;
}
