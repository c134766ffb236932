// Messages make no garbage: neither coding them nor carrying out commands nor filling a status.
using PoleController.Messages;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class AllocationTests
{
    // What changes settings is written to the harness's store, which allocates.
    private static readonly string[] s_stored = ["setProgram", "setClockOffset", "setMulticastAnswerWindow"];

    [Fact]
    public void Coding_and_commands_allocate_nothing()
    {
        CommandHarness pole = new();
        byte[] answer = new byte[CommandAnswer.Length];
        byte[] buffer = new byte[CommandMessage.MaximumLength];
        byte[][] payloads = [.. Repository.Golden.Where(vector => vector.Direction == "downlink" && vector.Hex is not null && !s_stored.Contains(vector.Message))
            .Select(vector => Convert.FromHexString(vector.Hex!))];
        CommandMessage command = new();
        StatusMessage status = new();
        AlarmMessage alarm = new();

        void Once()
        {
            foreach (byte[] payload in payloads)
            {
                pole.Commands.Process(pole.Lamp.NowMs, payload, payload.Length, answer);
                if (command.Decode(payload, payload.Length) == CommandError.Ok)
                {
                    command.Encode(buffer);
                }
            }

            status.Decode(buffer, status.Encode(buffer));
            alarm.Decode(buffer, alarm.Encode(buffer));
        }

        Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
