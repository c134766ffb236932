// SettingsCodec: everything comes back, anything else is refused.
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using PoleController.Lighting;
using PoleController.Settings;
using Xunit;

namespace PoleController.Tests.Settings;

public sealed class SettingsCodecTests
{
    // The first sections; those that came later follow, each with number and length.
    private static readonly byte[] DefaultsStart = Convert.FromHexString(
        "00000007" + "00000000" // sequence number 7, revision 0; no section for a position that was never set
        + "02" + "0003" + "003C" + "01" // UTC+1, EU
        + "03" + "000A" + "00007530" + "01F4" + "1388" + "0032" // hold 30 s, fades 0.5 s and 5 s, debounce 50 ms
        + "04" + "0005" + "00000258" + "00" // status 10 min, not confirmed
        + "05" + "0008" + "1388" + "0014" + "0028" + "003C" // delay 5 s, photocell 20 and 40 lx, 60 s
        + "06" + "0008" + "00000000" + "00000000"); // powers

    // As a controller wrote it whose records knew no sections.
    private static readonly byte[] DefaultsOfVersion2 = Convert.FromHexString(
        "02" + "004F" + "00000007" // version 2, 79 bytes with the CRC, sequence number 7
        + "00000000" + "00000000" + "00000000" + "00" + "003C" + "01" // revision, position, flags, UTC+1, EU
        + "00007530" + "01F4" + "1388" + "0032" // hold 30 s, fades 0.5 s and 5 s, debounce 50 ms
        + "00000258" + "1388" + "0014" + "0028" + "003C" // status 10 min, delay 5 s, photocell 20 and 40 lx, 60 s
        + "00000000" + "00000000" // powers
        + "000000" + "000000" + "000000" + "000000" // programs without points
        + "00" + "00" // calendar
        + "012C" + "012C" + "012C" + "012C" // multicast groups answer within 5 min
        + "00000000"); // CRC, made right in the test

    [Fact]
    public void The_defaults_have_the_bytes_that_are_written_down()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(new ControllerSettings(), 7, buffer);
        Assert.Equal([3, (byte)(length >> 8), (byte)length], buffer[..3]);
        Assert.Equal(DefaultsStart, buffer[3..(3 + DefaultsStart.Length)]);
        uint crc = Crc32.Compute(buffer, 0, length - 4);
        Assert.Equal([(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc], buffer[(length - 4)..length]);
    }

    [Fact]
    public void Every_section_has_one_part_or_parts_with_items_from_0_on()
    {
        foreach (IGrouping<SettingsSection, SettingsPart> section in new ControllerSettings().Parts.GroupBy(part => part.Section))
        {
            int[] items = [.. section.Select(part => part.Item)];
            Assert.Equal(items.Length == 1 && items[0] < 0 ? [SettingsPart.NoItem] : Enumerable.Range(0, items.Length), items);
        }
    }

    [Fact]
    public void Any_valid_settings_come_back()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        Prop.ForAll(SettingsGenerator.Valid.ToArbitrary(), settings =>
        {
            int length = SettingsCodec.Encode(settings, settings.LatitudeMicrodegrees, buffer);
            ControllerSettings back = SettingsGenerator.Make(new Random(length));
            Assert.True(SettingsCodec.TryDecode(buffer, length, back));
            Assert.Equal(SettingsText.Of(settings), SettingsText.Of(back));
            Assert.Equal(settings.LatitudeMicrodegrees, SettingsCodec.SequenceNumber(buffer));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void The_longest_record_fits_with_room_to_spare()
    {
        // Everything that is counted is at its most: a section is longest then.
        ControllerSettings settings = new() { HasPosition = true };
        foreach (LightingProgram program in settings.Programs)
        {
            program.PointCount = LightingProgram.MaximumPoints;
        }

        settings.Calendar.RuleCount = Calendar.MaximumRules;
        settings.Calendar.ExceptionDayCount = Calendar.MaximumExceptionDays;
        foreach (SettingsPart part in settings.Parts)
        {
            foreach (FieldInfo array in SettingsFields.Of(part).Where(field => field.FieldType.IsArray))
            {
                SettingsFields.CountOf(part, array)?.SetValue(part, ((Array)array.GetValue(part)!).Length);
            }
        }

        int length = SettingsCodec.Encode(settings, 1, new byte[4096]);
        Assert.InRange(length, 400, SettingsCodec.MaximumLength);
    }

    [Fact]
    public void A_record_with_any_one_bit_changed_is_refused()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(SettingsGenerator.Make(new Random(3)), 1, buffer);
        ControllerSettings settings = new();
        for (int bit = 0; bit < length * 8; bit++)
        {
            buffer[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SettingsCodec.TryDecode(buffer, length, settings), $"bit {bit}");
            buffer[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(SettingsCodec.TryDecode(buffer, length, settings));
    }

    [Fact]
    public void A_record_cut_anywhere_is_refused_and_leaves_the_defaults()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(SettingsGenerator.Make(new Random(4)), 1, buffer);
        for (int cut = -1; cut < length; cut++)
        {
            ControllerSettings settings = SettingsGenerator.Make(new Random(5));
            Assert.False(SettingsCodec.TryDecode(buffer, cut, settings));
            Assert.Equal(SettingsText.Of(new ControllerSettings()), SettingsText.Of(settings));
        }
    }

    [Fact]
    public void Any_content_under_a_right_CRC_gives_valid_settings_or_is_refused()
    {
        // The CRC is made right after every change, so that the ranges are what refuses.
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        Random random = new(6);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 20000; i++)
        {
            int length = SettingsCodec.Encode(SettingsGenerator.Make(random), 1, buffer);
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                buffer[random.Next(7, length - 4)] = (byte)random.Next(256);
            }

            MakeCrcRight(buffer, length);
            ControllerSettings settings = new();
            bool isAccepted = SettingsCodec.TryDecode(buffer, length, settings);
            Assert.Equal(SettingsFault.None, SettingsRules.Validate(settings));
            accepted += isAccepted ? 1 : 0;
            refused += isAccepted ? 0 : 1;
        }

        Assert.True(accepted > 100 && refused > 100, $"{accepted} accepted, {refused} refused");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(255)]
    public void A_record_of_another_version_is_refused(byte version)
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(new ControllerSettings(), 1, buffer);
        buffer[0] = version;
        MakeCrcRight(buffer, length);
        Assert.False(SettingsCodec.IsWhole(buffer, length));
        Assert.False(SettingsCodec.TryDecode(buffer, length, new ControllerSettings()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_record_of_an_earlier_version_is_read_with_the_defaults_of_what_it_lacks(int version)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            ControllerSettings settings = SettingsGenerator.Make(new Random(seed));
            byte[] buffer = EarlierRecord.Encode(settings, version);
            MakeCrcRight(buffer, buffer.Length);
            ControllerSettings back = SettingsGenerator.Make(new Random(seed + 1000));
            Assert.True(SettingsCodec.TryDecode(buffer, buffer.Length, back));
            ControllerSettings defaults = new();
            if (version == 1)
            {
                defaults.MulticastAnswerWindowSeconds.CopyTo(settings.MulticastAnswerWindowSeconds, 0);
            }

            Array.Clear(settings.Calendar.RuleOccurrenceMask);
            settings.Parts.Where(part => SettingsFields.Of(part).Length > 0).ToList().ForEach(part => part.SetDefaults());
            Assert.Equal(SettingsText.Of(settings), SettingsText.Of(back));

            // Cut or longer by a byte, under a right CRC and length: refused.
            foreach (int change in new[] { -1, 1 })
            {
                byte[] other = [.. buffer[..Math.Min(buffer.Length, buffer.Length + change - 4)], .. new byte[change > 0 ? 1 : 0], 0, 0, 0, 0];
                other[1] = (byte)(other.Length >> 8);
                other[2] = (byte)other.Length;
                MakeCrcRight(other, other.Length);
                Assert.True(SettingsCodec.IsWhole(other, other.Length));
                Assert.False(SettingsCodec.TryDecode(other, other.Length, back));
            }
        }
    }

    [Fact]
    public void The_record_that_an_earlier_controller_wrote_is_read()
    {
        byte[] buffer = [.. DefaultsOfVersion2];
        MakeCrcRight(buffer, buffer.Length);
        ControllerSettings settings = SettingsGenerator.Make(new Random(1));
        Assert.True(SettingsCodec.TryDecode(buffer, buffer.Length, settings));
        Assert.Equal(SettingsText.Of(new ControllerSettings()), SettingsText.Of(settings));
        Assert.Equal(7, SettingsCodec.SequenceNumber(buffer));
    }

    [Fact]
    public void A_section_that_is_missing_has_its_defaults_and_one_of_a_newer_controller_is_refused()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        ControllerSettings settings = SettingsGenerator.Make(new Random(7));
        settings.HasPosition = true;
        int length = SettingsCodec.Encode(settings, 1, buffer);
        ControllerSettings back = new();
        int position = 11;
        for (int section = 0; position < length - 4; section++)
        {
            int next = position + 3 + (buffer[position + 1] << 8) + buffer[position + 2];
            byte[] without = [.. buffer[..position], .. buffer[next..length]];
            without[1] = (byte)(without.Length >> 8);
            without[2] = (byte)without.Length;
            MakeCrcRight(without, without.Length);
            Assert.True(SettingsCodec.TryDecode(without, without.Length, back), $"without section {section}");
            SettingsPart part = settings.Parts[section];
            ControllerSettings expected = new();
            Assert.True(SettingsCodec.TryDecode(buffer, length, expected));
            expected.Parts[section].SetDefaults();
            Assert.Equal(SettingsText.Of(expected), SettingsText.Of(back));

            byte[] newer = buffer[..length];
            newer[position] = 250;
            MakeCrcRight(newer, length);
            Assert.False(SettingsCodec.TryDecode(newer, length, back), $"{part.Section} as a section that is not known");
            position = next;
        }
    }

    [Fact]
    public void Content_after_the_end_is_refused()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(new ControllerSettings(), 1, buffer);
        for (int extra = 1; extra < 4; extra++)
        {
            byte[] longer = [.. buffer[..(length - 4)], .. new byte[extra + 4]];
            longer[1] = (byte)(longer.Length >> 8);
            longer[2] = (byte)longer.Length;
            MakeCrcRight(longer, longer.Length);
            Assert.True(SettingsCodec.IsWhole(longer, longer.Length));
            Assert.False(SettingsCodec.TryDecode(longer, longer.Length, new ControllerSettings()));
        }
    }

    [Fact]
    public void The_hash_is_of_what_is_in_force_and_not_of_the_revision()
    {
        ControllerSettings settings = SettingsGenerator.Make(new Random(7));
        settings.Programs[3].PointCount = 2;
        uint hash = SettingsCodec.Hash(settings);
        settings.Revision ^= 1;
        settings.Programs[3].LevelPermille[2] ^= 1;
        Assert.Equal(hash, SettingsCodec.Hash(settings));
        settings.Programs[3].LevelPermille[1] ^= 1;
        Assert.NotEqual(hash, SettingsCodec.Hash(settings));
    }

    [Fact]
    public void The_hash_of_the_defaults_is_the_CRC_of_their_bytes()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(new ControllerSettings(), 7, buffer);
        Assert.Equal(Crc32.Compute(buffer, 11, length - 4 - 11), SettingsCodec.Hash(new ControllerSettings()));
    }

    [Fact]
    public void Encoding_and_hashing_make_no_garbage()
    {
        ControllerSettings settings = SettingsGenerator.Make(new Random(8));
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        SettingsCodec.TryDecode(buffer, SettingsCodec.Encode(settings, 1, buffer), settings);
        SettingsCodec.Hash(settings);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int length = SettingsCodec.Encode(settings, 1, buffer);
        SettingsCodec.TryDecode(buffer, length, settings);
        SettingsCodec.Hash(settings);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void MakeCrcRight(byte[] buffer, int length)
    {
        uint crc = Crc32.Compute(buffer, 0, length - 4);
        buffer[length - 4] = (byte)(crc >> 24);
        buffer[length - 3] = (byte)(crc >> 16);
        buffer[length - 2] = (byte)(crc >> 8);
        buffer[length - 1] = (byte)crc;
    }
}
