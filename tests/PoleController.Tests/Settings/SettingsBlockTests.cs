// SettingsBlock and its consumer: sections come back and touch nothing else; whatever the bytes, settings stay valid and are changed whole or not at all.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Lighting;
using PoleController.Messages;
using PoleController.Settings;
using Xunit;

namespace PoleController.Tests.Settings;

public sealed class SettingsBlockTests
{
    private static readonly SettingsSection[] s_sections = [.. new ControllerSettings().Parts.Select(part => part.Section).Distinct()];

    [Fact]
    public void Given_all_sections_of_any_settings_When_they_are_read_into_others_Then_both_are_the_same()
    {
        byte[] buffer = new byte[2048];
        int longest = 0;
        Prop.ForAll(SettingsGenerator.Valid.ToArbitrary(), settings =>
        {
            settings.HasPosition = true;
            int length = WriteAll(settings, buffer);
            longest = Math.Max(longest, length);
            ControllerSettings other = SettingsGenerator.Make(new Random(length));
            Assert.Equal(CommandError.Ok, SettingsBlock.Read(buffer, length, other, out int section));
            Assert.Equal(-1, section);
            Assert.Equal(SettingsCodec.Hash(settings), SettingsCodec.Hash(other));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
        Assert.InRange(longest, 300, SettingsCodec.MaximumLength);
    }

    [Fact]
    public void Given_one_section_When_it_is_read_Then_only_its_settings_change()
    {
        byte[] buffer = new byte[2048];
        foreach (SettingsSection section in s_sections)
        {
            bool isAnyChanged = false;
            for (int seed = 1; seed <= 400 && !isAnyChanged; seed += 4)
            {
                ControllerSettings source = SettingsGenerator.Make(new Random(seed));
                source.HasPosition = true;
                ControllerSettings target = SettingsGenerator.Make(new Random(seed + 1));
                string[] before = Lines(target);
                int length = SettingsBlock.Finish(buffer, SettingsBlock.Add(source, section, 3, buffer, SettingsBlock.Start(buffer)));
                Assert.Equal(CommandError.Ok, SettingsBlock.Read(buffer, length, target, out _));
                string[] after = Lines(target);
                string[] wanted = Lines(source);
                Assert.All(after.Select((line, i) => (line, i)), item => Assert.True(item.line == before[item.i] || item.line == wanted[item.i] || item.line == "HasPosition=True"));
                isAnyChanged |= !before.SequenceEqual(after);
            }

            // Two settings can have the same section by chance.
            Assert.True(isAnyChanged, section.ToString());
        }
    }

    [Fact]
    public void Given_any_bytes_When_a_block_of_them_is_taken_Then_settings_are_valid_and_unchanged_unless_the_answer_says_ok()
    {
        FaultyStore store = new();
        SettingsStore settingsStore = new(store);
        ControllerSettings settings = SettingsGenerator.Make(new Random(3));
        settings.Revision = 1;
        Assert.True(settingsStore.TrySave(settings));
        SettingsBlockConsumer consumer = new(settings, settingsStore, new LightingSchedule(settings));
        byte[] buffer = new byte[2048];
        byte[] answer = new byte[CommandAnswer.Length];
        CommandAnswer told = new();
        int accepted = 0;
        int refused = 0;
        Random random = new(4);
        for (int i = 0; i < 4000; i++)
        {
            int length = WriteAll(SettingsGenerator.Make(random), buffer);
            for (int change = random.Next(4); change > 0; change--)
            {
                buffer[random.Next(1, length - 4)] = (byte)random.Next(256);
            }

            // Mostly under a right CRC, so that sections and ranges are what refuses.
            length = random.Next(8) == 0 ? random.Next(length + 1) : random.Next(50) == 0 ? length : SettingsBlock.Finish(buffer, length - 4);
            uint before = SettingsCodec.Hash(settings);
            int revision = settings.Revision;
            consumer.Take(0, SettingsBlock.Descriptor, i, 0, buffer, length);
            consumer.TakeAnswer(answer);
            Assert.Equal(CommandError.Ok, told.Decode(answer, answer.Length));
            Assert.Equal(SettingsFault.None, SettingsRules.Validate(settings));
            bool isOk = told.Error == CommandError.Ok;
            Assert.True(isOk || (SettingsCodec.Hash(settings) == before && settings.Revision == revision));
            Assert.Equal((128, i & 0xFF), (told.CommandId, told.Sequence));
            accepted += isOk ? 1 : 0;
            refused += isOk ? 0 : 1;
        }

        Assert.True(accepted > 300 && refused > 300, $"{accepted} accepted, {refused} refused");
        ControllerSettings kept = new();
        Assert.True(new SettingsStore(store).Load(kept));
        Assert.Equal(SettingsText.Of(settings), SettingsText.Of(kept));
    }

    [Fact]
    public void Given_the_store_refuses_When_a_block_is_taken_Then_the_old_settings_stay_and_the_answer_says_so()
    {
        FaultyStore store = new();
        SettingsStore settingsStore = new(store);
        ControllerSettings settings = SettingsGenerator.Make(new Random(3));
        settings.Revision = 1;
        Assert.True(settingsStore.TrySave(settings));
        string before = SettingsText.Of(settings);
        SettingsBlockConsumer consumer = new(settings, settingsStore, new LightingSchedule(settings));
        byte[] buffer = new byte[2048];
        byte[] answer = new byte[CommandAnswer.Length];
        CommandAnswer told = new();
        int length = WriteAll(SettingsGenerator.Make(new Random(5)), buffer);
        store.IsRefusing = true;
        consumer.Take(0, SettingsBlock.Descriptor, 1, 0, buffer, length);
        consumer.TakeAnswer(answer);
        told.Decode(answer, answer.Length);
        Assert.Equal(CommandError.NotStored, told.Error);
        Assert.Equal(before, SettingsText.Of(settings));
        store.IsRefusing = false;
        consumer.Take(0, SettingsBlock.Descriptor, 1, 0, buffer, length);
        consumer.TakeAnswer(answer);
        told.Decode(answer, answer.Length);
        Assert.Equal(CommandError.Ok, told.Error);

        // Again: ok, and nothing is written.
        int writes = store.Writes.Count;
        consumer.Take(0, SettingsBlock.Descriptor, 1, 0, buffer, length);
        Assert.Equal(writes, store.Writes.Count);
        Assert.True(consumer.IsWanted(SettingsBlock.Descriptor, length));
        Assert.False(consumer.IsWanted(SettingsBlock.Descriptor, 3));
        Assert.False(consumer.IsWanted(0x02544553, length));
    }

    private static int WriteAll(ControllerSettings settings, byte[] buffer)
    {
        int position = SettingsBlock.Start(buffer);
        foreach (SettingsSection section in s_sections)
        {
            for (int item = 0; item < settings.Parts.Count(part => part.Section == section); item++)
            {
                position = SettingsBlock.Add(settings, section, item, buffer, position);
            }
        }

        return SettingsBlock.Finish(buffer, position);
    }

    // Every field, every program, the calendar: a line each.
    private static string[] Lines(ControllerSettings settings)
    {
        string[] parts = SettingsText.Of(settings).Split("\nprogram");
        return [.. parts[0].Split('\n'), .. parts[1..^1], .. parts[^1].Split("calendar")];
    }
}
