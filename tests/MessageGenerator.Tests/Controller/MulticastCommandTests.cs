// A pole in a multicast group: it obeys at once, and answers at a moment of its own within the window that the operator has set.
using PoleController.Lighting;
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
using PoleController.Settings;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class MulticastCommandTests
{
    private const string SetLevel = """{ "sequence": 9, "levelPermille": 300, "fadeMs": 0, "durationMinutes": 60 }""";

    [Theory]
    [InlineData(null, 300)]
    [InlineData(20, 20)]
    public void Given_poles_of_a_group_When_the_group_gets_a_command_Then_each_obeys_at_once_and_answers_somewhere_in_the_window(int? windowSeconds, int expectedSeconds)
    {
        List<long> delays = [];
        for (int seed = 1; seed <= 16; seed++)
        {
            PoleBench bench = Joined(seed);
            GroupOperator group = new(bench, 1);
            if (windowSeconds is int seconds)
            {
                bench.Operator.SendCommand("setMulticastAnswerWindow", $$"""{ "sequence": 1, "groupId": 1, "windowSeconds": {{seconds}} }""");
                bench.RunUntil(() => bench.Answers.Count > 0).Run(10_000);
                Assert.Equal("ok", bench.Answers[^1].Get<string>("error"));
            }

            int before = bench.Answers.Count;
            long sentMs = 0;
            for (int tries = 0; tries < 3 && bench.Pole.Lighting.Cause != LevelCause.Override; tries++)
            {
                // A pole that is sending does not hear; then the next one.
                bench.Run(10_000);
                sentMs = bench.NowMs;
                group.SendCommand("setLevel", SetLevel);
                bench.Run(2500);
            }

            Assert.Equal((300, LevelCause.Override), (bench.Pole.Lighting.LevelPermille, bench.Pole.Lighting.Cause));
            bench.RunUntil(() => bench.Answers.Count > before);
            Assert.Equal((9, "ok"), ((int)bench.Answers[^1].Get<long>("sequence"), bench.Answers[^1].Get<string>("error")));
            delays.Add(bench.Answers[^1].SentMs - sentMs);
        }

        Assert.All(delays, delay => Assert.InRange(delay, 200, (expectedSeconds * 1000) + 15_000));
        Assert.True(delays.Max() - delays.Min() > expectedSeconds * 500, string.Join(' ', delays));
    }

    [Fact]
    public void Given_a_window_of_nothing_When_the_group_gets_a_command_Then_it_obeys_and_does_not_answer()
    {
        PoleBench bench = Joined(1);
        GroupOperator group = new(bench, 0);
        bench.Operator.SendCommand("setMulticastAnswerWindow", """{ "sequence": 1, "groupId": 0, "windowSeconds": 0 }""");
        bench.Run(10_000);
        int before = bench.Answers.Count;
        group.SendCommand("setLevel", SetLevel);
        bench.Run(1_200_000);
        Assert.Equal(300, bench.Pole.Lighting.LevelPermille);
        Assert.Equal(before, bench.Answers.Count);
    }

    [Fact]
    public void Given_an_answer_to_the_group_waits_When_a_command_to_this_pole_alone_comes_Then_its_answer_does_not_wait_for_it()
    {
        PoleBench bench = Joined(3);
        GroupOperator group = new(bench, 0);
        bench.Operator.SendCommand("setMulticastAnswerWindow", """{ "sequence": 1, "groupId": 0, "windowSeconds": 7200 }""");
        bench.Run(10_000);
        group.SendCommand("setLevel", SetLevel);
        bench.Run(3000);
        int before = bench.Answers.Count;
        bench.Operator.SendCommand("resumeProgram", """{ "sequence": 10 }""");
        bench.Run(20_000);
        Assert.Equal(10, bench.Answers[before].Get<long>("sequence"));
        bench.RunUntil(() => bench.Answers.Count > before + 1);
        Assert.Equal(9, bench.Answers[^1].Get<long>("sequence"));
    }

    [Fact]
    public void Given_an_alarm_an_answer_and_a_packages_message_are_due_When_the_radio_is_free_again_Then_they_go_in_this_order()
    {
        // At DR0 a message waits minutes for its channel. While a first message does, a package is asked, a command comes, and the meter falls silent.
        PoleBench bench = new();
        bench.Operator.JoinsToIgnore = 5;
        bench.Start().RunUntil(() => bench.Statuses.Count > 0);
        bench.Run(8000);
        int before = bench.Operator.Ports.Count;
        bench.Operator.SendCommand("resumeProgram", """{ "sequence": 4 }""");
        bench.Run(4000);
        bench.Operator.Send(PackageId.MulticastSetupPort, [0x00]);
        bench.Run(4000);
        bench.Operator.SendCommand("resumeProgram", """{ "sequence": 5 }""");
        bench.Run(4000);
        bench.Meter.IsSilent = true;
        bench.Run(20_000);
        Assert.Equal(before, bench.Operator.Ports.Count);
        bench.RunUntil(() => bench.Operator.Ports.Skip(before).Contains(PackageId.MulticastSetupPort));
        List<int> order = [.. bench.Operator.Ports.Skip(before).Where(port => port is MessagePort.Alarm or MessagePort.Command or PackageId.MulticastSetupPort)];
        Assert.Equal([MessagePort.Alarm, MessagePort.Command, PackageId.MulticastSetupPort], order.Distinct());
        Assert.Equal(PackageId.MulticastSetupPort, order[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_calendar_sent_as_a_block_When_fragments_are_lost_Then_it_is_in_force_kept_and_answered(bool isToGroup)
    {
        PoleBench bench = Joined(1);
        GroupOperator group = new(bench, 0);
        ControllerSettings wanted = Wanted();
        byte[] buffer = new byte[600];
        int position = SettingsBlock.Start(buffer);
        position = SettingsBlock.Add(wanted, SettingsSection.Program, 2, buffer, position);
        position = SettingsBlock.Add(wanted, SettingsSection.Calendar, 0, buffer, position);
        byte[] block = buffer[..SettingsBlock.Finish(buffer, position)];
        int revision = bench.Pole.Settings.Revision;
        group.SendBlock(block, SettingsBlock.Descriptor, 0x0107, isToGroup, 2, 4);
        bench.RunUntil(() => bench.Answers.Any(answer => answer.Get<long>("commandId") == 128));
        Heard told = bench.Answers.Single(answer => answer.Get<long>("commandId") == 128);
        Assert.Equal((7, "ok"), ((int)told.Get<long>("sequence"), told.Get<string>("error")));
        Assert.Equal((ushort)SettingsCodec.Hash(wanted), told.Get<long>("settingsHash"));
        Assert.Equal(revision + 1, bench.Pole.Settings.Revision);
        bench.Start();
        Assert.Equal(SettingsCodec.Hash(wanted), SettingsCodec.Hash(bench.Pole.Settings));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_block_that_fits_one_fragment_When_it_is_sent_Then_it_is_in_force_and_answered(bool isToGroup)
    {
        PoleBench bench = Joined(1);
        GroupOperator group = new(bench, 0);
        ControllerSettings wanted = new();
        wanted.Programs[2].PointCount = 1;
        wanted.Programs[2].LevelPermille[0] = 250;
        wanted.Programs[2].OffsetMinutes[0] = 1200;
        byte[] buffer = new byte[64];
        int position = SettingsBlock.Add(wanted, SettingsSection.Program, 2, buffer, SettingsBlock.Start(buffer));
        byte[] block = buffer[..SettingsBlock.Finish(buffer, position)];
        Assert.True(block.Length <= 40);

        group.SendBlock(block, SettingsBlock.Descriptor, 0x0107, isToGroup);
        bench.RunUntil(() => bench.Answers.Any(answer => answer.Get<long>("commandId") == 128));

        Assert.Equal("ok", bench.Answers.Single(answer => answer.Get<long>("commandId") == 128).Get<string>("error"));
        Assert.Equal((1, 250), (bench.Pole.Settings.Programs[2].PointCount, bench.Pole.Settings.Programs[2].LevelPermille[0]));
    }

    [Fact]
    public void Given_a_block_that_is_not_valid_When_it_is_whole_Then_nothing_changes_and_the_answer_says_which_section()
    {
        PoleBench bench = Joined(1);
        GroupOperator group = new(bench, 0);
        uint before = SettingsCodec.Hash(bench.Pole.Settings);
        byte[] buffer = new byte[600];
        int position = SettingsBlock.Add(Wanted(), SettingsSection.Calendar, 0, buffer, SettingsBlock.Start(buffer));
        int second = position;
        position = SettingsBlock.Add(Wanted(), SettingsSection.LocalTime, 0, buffer, position);
        buffer[second] = 77;
        byte[] block = buffer[..SettingsBlock.Finish(buffer, position)];
        group.SendBlock(block, SettingsBlock.Descriptor, 3, false);
        Heard told = bench.Answers.Single(answer => answer.Get<long>("commandId") == 128);
        Assert.Equal(("outOfRange", 1), (told.Get<string>("error"), (int)told.Get<long>("field")));
        Assert.Equal(before, SettingsCodec.Hash(bench.Pole.Settings));
        Assert.Equal(0, bench.Pole.Settings.Calendar.RuleCount);
    }

    private static ControllerSettings Wanted()
    {
        ControllerSettings settings = new();
        settings.Programs[2].PointCount = 1;
        settings.Programs[2].LevelPermille[0] = 250;
        settings.Programs[2].OffsetMinutes[0] = 1200;
        settings.Calendar.RuleCount = 1;
        settings.Calendar.RuleWeekdayMask[0] = 0x60;
        settings.Calendar.RuleFromMonthDay[0] = 101;
        settings.Calendar.RuleToMonthDay[0] = 1231;
        settings.Calendar.RuleProgram[0] = 2;
        settings.Calendar.ExceptionDayCount = 24;
        for (int i = 0; i < 24; i++)
        {
            settings.Calendar.ExceptionMonthDay[i] = (short)(1201 + i);
            settings.Calendar.ExceptionProgram[i] = 1;
        }

        return settings;
    }

    private static PoleBench Joined(int seed)
    {
        PoleBench bench = new(seed);
        bench.Start().RunUntil(() => bench.Statuses.Count > 0);
        return bench.Run(10_000);
    }
}
