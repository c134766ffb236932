// The serial line on the kernel's own pseudo-terminals: every byte passes as it is, in both directions, at a speed that POSIX does not know; nothing waits; a line that is gone says so.
using System.Runtime.InteropServices;
using Bench.Devices;

namespace Bench.Tests.Devices;

public sealed partial class TermiosLineTests
{
    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    [Fact]
    public void Given_a_pseudo_terminal_When_opened_at_256000_bits_a_second_Then_every_byte_passes_both_ways()
    {
        using Master master = Master.Open();
        using TermiosLine line = new(master.Path, 256_000);
        Assert.Equal(256_000, line.BitsPerSecond);
        byte[] received = new byte[1024];
        Assert.Equal(0, line.Read(received));

        Assert.Equal(256, line.Write(AllBytes));
        Assert.Equal(AllBytes, master.Read(256));
        master.Write(AllBytes);
        int count = 0;
        for (int tries = 0; count < 256 && tries < 200; tries++)
        {
            count += line.Read(received.AsSpan(count));
            Thread.Sleep(1);
        }

        Assert.Equal(AllBytes, received[..count]);
    }

    [Fact]
    public void Given_a_line_that_goes_away_When_read_Then_the_fault_names_it()
    {
        Master master = Master.Open();
        using TermiosLine line = new(master.Path, 9_600);
        master.Dispose();
        IOException fault = Assert.Throws<IOException>(() => line.Read(new byte[8]));
        Assert.StartsWith(master.Path + " has gone away", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/no-such-line", "cannot be opened")]
    [InlineData("/dev/null", "is no serial line")]
    public void Given_something_that_is_no_serial_line_When_opened_Then_it_is_said(string device, string what)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only.");
        IOException fault = Assert.Throws<IOException>(() => new TermiosLine(device, 9_600));
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The master's end of a pseudo-terminal.</summary>
    private sealed partial class Master : IDisposable
    {
        private readonly int _descriptor;

        private Master(int descriptor, string path)
        {
            _descriptor = descriptor;
            Path = path;
        }

        public string Path { get; }

        public static Master Open()
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only.");
            int descriptor = PosixOpen(0x2 | 0x100);
            Assert.SkipWhen(descriptor < 0, "No pseudo-terminals here.");
            Assert.Equal((0, 0), (Grant(descriptor), Unlock(descriptor)));
            return new Master(descriptor, Marshal.PtrToStringUTF8(Name(descriptor))!);
        }

        public unsafe byte[] Read(int count)
        {
            byte[] bytes = new byte[count];
            fixed (byte* start = bytes)
            {
                Assert.Equal(count, (int)ReadBytes(_descriptor, start, (nuint)count));
            }

            return bytes;
        }

        public unsafe void Write(byte[] bytes)
        {
            fixed (byte* start = bytes)
            {
                Assert.Equal(bytes.Length, (int)WriteBytes(_descriptor, start, (nuint)bytes.Length));
            }
        }

        public void Dispose() => Assert.Equal(0, Close(_descriptor));

        [LibraryImport("libc", EntryPoint = "posix_openpt")]
        private static partial int PosixOpen(int flags);

        [LibraryImport("libc", EntryPoint = "grantpt")]
        private static partial int Grant(int descriptor);

        [LibraryImport("libc", EntryPoint = "unlockpt")]
        private static partial int Unlock(int descriptor);

        [LibraryImport("libc", EntryPoint = "ptsname")]
        private static partial nint Name(int descriptor);

        [LibraryImport("libc", EntryPoint = "read")]
        private static unsafe partial nint ReadBytes(int descriptor, byte* buffer, nuint count);

        [LibraryImport("libc", EntryPoint = "write")]
        private static unsafe partial nint WriteBytes(int descriptor, byte* buffer, nuint count);

        [LibraryImport("libc", EntryPoint = "close")]
        private static partial int Close(int descriptor);
    }
}
