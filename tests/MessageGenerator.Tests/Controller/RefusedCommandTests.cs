// A command that is refused changes nothing and is answered with its error, whatever the bytes are; one that is accepted never breaks a rule.
using FsCheck;
using FsCheck.Fluent;
using MessageGenerator.Output;
using PoleController.Messages;
using PoleController.Settings;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class RefusedCommandTests
{
    private readonly CommandHarness _pole = new();

    [Fact]
    public void Every_golden_refusal_is_answered_and_changes_nothing()
    {
        string before = _pole.State;
        List<GoldenVector> refused = [.. Repository.Golden.Where(vector =>
            vector.Direction == GoldenVector.Downlink && vector.Hex is not null && vector.Error != GoldenVector.Ok)];
        Assert.NotEmpty(refused);
        foreach (GoldenVector vector in refused)
        {
            byte[] payload = Convert.FromHexString(vector.Hex!);
            CommandAnswer answer = _pole.Send(payload);
            Assert.Equal(
                (vector.Name, payload.ElementAtOrDefault(0), payload.ElementAtOrDefault(1), vector.Error, vector.Field ?? -1),
                (vector.Name, (byte)answer.CommandId, (byte)answer.Sequence, ControllerCodec.CamelCase(answer.Error.ToString()), FieldOf(vector, answer)));
        }

        Assert.Equal(before, _pole.State);
        Assert.Equal(refused.Count, _pole.Commands.RefusedCount);
    }

    [Fact]
    public void Any_bytes_are_answered_and_change_nothing_or_leave_valid_settings()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Judge).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Bytes_that_almost_are_a_command_are_answered_and_change_nothing_or_leave_valid_settings()
    {
        RandomMessages random = new(3);
        int refusedCount = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] payload = random.MakePayload(Repository.Schema.Commands);
            Assert.True(Judge(payload), Convert.ToHexStringLower(payload));
            refusedCount += _pole.Commands.LastError == CommandError.Ok ? 0 : 1;
        }

        Assert.InRange(refusedCount, 300, 2700);
    }

    [Fact]
    public void Any_bytes_as_an_uplink_are_decoded_or_refused()
    {
        StatusMessage status = new();
        CommandAnswer answer = new();
        AlarmMessage alarm = new();
        byte[] again = new byte[StatusMessage.Length];
        Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(StatusMessage.Length).ToArbitrary(), payload =>
        {
            // What is accepted is told again in the same bytes: nothing in them was overlooked.
            return Enumerable.Range(0, payload.Length + 1).All(length =>
                (status.Decode(payload, length) != CommandError.Ok || IsSame(payload, again, status.Encode(again)))
                && (answer.Decode(payload, length) != CommandError.Ok || IsSame(payload, again, answer.Encode(again)))
                && (alarm.Decode(payload, length) != CommandError.Ok || IsSame(payload, again, alarm.Encode(again))));
        }).QuickCheckThrowOnFailure();
    }

    // What is wrong with a section is not a field of the command but one of the pole's faults.
    private static int FieldOf(GoldenVector vector, CommandAnswer answer)
    {
        if (vector.Message != Repository.Schema.Settings.CommandName)
        {
            return answer.Field;
        }

        bool isFault = answer.Error == CommandError.OutOfRange;
        Assert.True(isFault ? Enum.IsDefined((SettingsFault)answer.Field) : answer.Field == -1);
        return -1;
    }

    private static bool IsSame(byte[] payload, byte[] again, int length) => payload.AsSpan(0, length).SequenceEqual(again.AsSpan(0, length));

    private bool Judge(byte[] payload)
    {
        string before = _pole.State;
        CommandAnswer answer = _pole.Send(payload);
        bool isEchoed = answer.CommandId == payload.ElementAtOrDefault(0) && answer.Sequence == payload.ElementAtOrDefault(1);
        bool isUnchanged = answer.Error == CommandError.Ok || before == _pole.State;
        return isEchoed && isUnchanged && SettingsRules.Validate(_pole.Lamp.Settings) == SettingsFault.None && _pole.KeptHash == answer.SettingsHash;
    }
}
