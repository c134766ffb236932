// A serial line of the Linux kernel. It is here because System.IO.Ports knows the speeds of POSIX alone (dotnet/runtime, pal_termios.c, TermiosSpeed2Rate), and a
// radar of the LD2410 family speaks 256,000 bit/s: that takes the kernel's struct termios2 with BOTHER (include/uapi/asm-generic/termbits.h).
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Bench.Devices;

/// <summary>A serial line: raw, eight bits, no parity, one stop bit, no flow control, without waiting. For x86, ARM and RISC-V, whose numbers are the generic ones.</summary>
internal sealed partial class TermiosLine : ISerialLine
{
    private const int ReadWrite = 0x2;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const nuint GetTermios2 = 0x802C542A;
    private const nuint SetTermios2 = 0x402C542B;
    private const uint OtherSpeed = 0x1000;
    private const uint EightBits = 0x30;
    private const uint Receive = 0x80;
    private const uint IgnoreModemLines = 0x800;
    private const int WaitTime = 5;
    private const int MinimumCount = 6;
    private const int TryAgain = 11;
    private const int Interrupted = 4;

    private readonly string _device;
    private readonly SafeFileHandle _handle;

    /// <summary>Opens a line.</summary>
    /// <exception cref="IOException">There is no such device, it may not be opened, is no serial line, or cannot do the speed.</exception>
    public TermiosLine(string device, int bitsPerSecond)
    {
        _device = device;
        int descriptor = Open(device, ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec);
        if (descriptor < 0)
        {
            throw Fault("cannot be opened");
        }

        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            Configure((uint)bitsPerSecond);
        }
        catch (IOException)
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>The speed that the kernel says it set.</summary>
    public int BitsPerSecond { get; private set; }

    /// <inheritdoc/>
    public unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            nint count = Read(_handle, bytes, (nuint)buffer.Length);
            return count == 0 && buffer.Length > 0 ? throw new IOException($"{_device} has gone away. Was the adapter pulled?") : Count(count, "cannot be read");
        }
    }

    /// <inheritdoc/>
    public unsafe int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            return Count(Write(_handle, start, (nuint)bytes.Length), "cannot be written");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void Configure(uint bitsPerSecond)
    {
        Termios2 settings = default;
        if (Control(_handle, GetTermios2, ref settings) < 0)
        {
            throw Fault("is no serial line");
        }

        settings.InputFlags = 0;
        settings.OutputFlags = 0;
        settings.LocalFlags = 0;
        settings.ControlFlags = EightBits | Receive | IgnoreModemLines | OtherSpeed;
        unsafe
        {
            // With at least one byte asked for, nothing there is "try again" and an end is a line that has gone; with none both would be 0.
            settings.ControlCharacters[MinimumCount] = 1;
            settings.ControlCharacters[WaitTime] = 0;
        }

        settings.InputSpeed = bitsPerSecond;
        settings.OutputSpeed = bitsPerSecond;
        if (Control(_handle, SetTermios2, ref settings) < 0 || Control(_handle, GetTermios2, ref settings) < 0)
        {
            throw Fault(FormattableString.Invariant($"cannot do {bitsPerSecond} bit/s"));
        }

        // The kernel rounds to what the chip can do; beyond 2 % a byte's last bit is read in its neighbour.
        BitsPerSecond = (int)settings.OutputSpeed;
        if (Math.Abs((long)BitsPerSecond - bitsPerSecond) * 50 > bitsPerSecond)
        {
            throw new IOException(FormattableString.Invariant($"{_device} does {BitsPerSecond} bit/s instead of {bitsPerSecond}. Choose another UART of the board."));
        }
    }

    private int Count(nint result, string what)
    {
        if (result >= 0)
        {
            return (int)result;
        }

        return Marshal.GetLastPInvokeError() is TryAgain or Interrupted ? 0 : throw Fault(what);
    }

    private IOException Fault(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException(FormattableString.Invariant($"{_device} {what}: {Marshal.GetPInvokeErrorMessage(error)} (error {error}). See \"Serial lines\" in host-tools/Bench/README.md."));
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle handle, nuint request, ref Termios2 settings);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(SafeFileHandle handle, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(SafeFileHandle handle, byte* buffer, nuint count);

    // struct termios2 of the kernel: 44 bytes.
    [StructLayout(LayoutKind.Sequential)]
    private struct Termios2
    {
        public uint InputFlags;
        public uint OutputFlags;
        public uint ControlFlags;
        public uint LocalFlags;
        public byte Line;
        public unsafe fixed byte ControlCharacters[19];
        public uint InputSpeed;
        public uint OutputSpeed;
    }
}
