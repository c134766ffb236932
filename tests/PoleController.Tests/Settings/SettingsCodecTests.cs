// SettingsCodec: everything comes back, anything else is refused.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Lighting;
using PoleController.Settings;
using Xunit;

namespace PoleController.Tests.Settings;

public sealed class SettingsCodecTests
{
    private static readonly byte[] DefaultsRecord = Convert.FromHexString(
        "02" + "004F" + "00000007" // version 2, 79 bytes with the CRC, sequence number 7
        + "00000000" + "00000000" + "00000000" + "00" + "003C" + "01" // revision, position, flags, UTC+1, EU
        + "00007530" + "01F4" + "1388" + "0032" // hold 30 s, fades 0.5 s and 5 s, debounce 50 ms
        + "00000258" + "1388" + "0014" + "0028" + "003C" // status 10 min, delay 5 s, photocell 20 and 40 lx, 60 s
        + "00000000" + "00000000" // powers
        + "000000" + "000000" + "000000" + "000000" // programs without points
        + "00" + "00" // calendar
        + "012C" + "012C" + "012C" + "012C"); // multicast groups answer within 5 min

    [Fact]
    public void The_defaults_have_the_bytes_that_are_written_down()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(new ControllerSettings(), 7, buffer);
        Assert.Equal(DefaultsRecord, buffer[..(length - 4)]);
        uint crc = Crc32.Compute(DefaultsRecord, 0, DefaultsRecord.Length);
        Assert.Equal([(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc], buffer[(length - 4)..length]);
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
    public void The_longest_record_has_the_stated_length()
    {
        ControllerSettings settings = new();
        foreach (LightingProgram program in settings.Programs)
        {
            program.PointCount = LightingProgram.MaximumPoints;
        }

        settings.Calendar.RuleCount = Calendar.MaximumRules;
        settings.Calendar.ExceptionDayCount = Calendar.MaximumExceptionDays;
        Assert.Equal(SettingsCodec.MaximumLength, SettingsCodec.Encode(settings, 1, new byte[SettingsCodec.MaximumLength]));
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
    [InlineData(3)]
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

    [Fact]
    public void A_record_of_version_1_is_read_with_the_defaults_of_what_it_lacks()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        ControllerSettings settings = SettingsGenerator.Make(new Random(9));
        int length = SettingsCodec.Encode(settings, 1, buffer) - 8;
        buffer[0] = 1;
        buffer[1] = (byte)(length >> 8);
        buffer[2] = (byte)length;
        MakeCrcRight(buffer, length);
        ControllerSettings back = SettingsGenerator.Make(new Random(10));
        Assert.True(SettingsCodec.TryDecode(buffer, length, back));
        new ControllerSettings().MulticastAnswerWindowSeconds.CopyTo(settings.MulticastAnswerWindowSeconds, 0);
        Assert.Equal(SettingsText.Of(settings), SettingsText.Of(back));
    }

    [Fact]
    public void Content_after_the_end_and_unknown_flags_are_refused()
    {
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(new ControllerSettings(), 1, buffer);
        buffer[2]++;
        MakeCrcRight(buffer, length + 1);
        Assert.True(SettingsCodec.IsWhole(buffer, length + 1));
        Assert.False(SettingsCodec.TryDecode(buffer, length + 1, new ControllerSettings()));

        length = SettingsCodec.Encode(new ControllerSettings(), 1, buffer);
        buffer[7 + 12] = 4;
        MakeCrcRight(buffer, length);
        Assert.False(SettingsCodec.TryDecode(buffer, length, new ControllerSettings()));
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
        byte[] content = DefaultsRecord[11..];
        Assert.Equal(Crc32.Compute(content, 0, content.Length), SettingsCodec.Hash(new ControllerSettings()));
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
