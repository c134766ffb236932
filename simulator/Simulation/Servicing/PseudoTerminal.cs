// A pseudo-terminal (POSIX posix_openpt): a program opens its path as it would open a serial port, and we are what hangs at the other end. Linux and macOS; Windows has none.
using System.Runtime.InteropServices;

namespace Simulation.Servicing;

/// <summary>A pseudo-terminal. Not thread-safe: one owner.</summary>
public sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const short PollIn = 1;

    // More than the C library's termios needs on any system; it is filled and read by the library alone.
    private const int SettingsLength = 256;

    private readonly string? _link;
    private int _ours;
    private int _theirs;

    /// <summary>Makes one.</summary>
    /// <param name="link">A name for it, made as a symbolic link and taken away at the end; null for none.</param>
    /// <exception cref="IOException">The system gives none, or the name is taken.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public PseudoTerminal(string? link = null)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows has no pseudo-terminals that are serial ports.");
        }

        _ours = Check(OpenTerminal(ReadWrite | NoControllingTerminal), "posix_openpt");
        _theirs = -1;
        try
        {
            Check(GrantTerminal(_ours), "grantpt");
            Check(UnlockTerminal(_ours), "unlockpt");
            Path = Marshal.PtrToStringUTF8(TerminalName(_ours)) ?? throw new IOException("ptsname gave no name");

            // Kept open, so that the other end may come and go without ours ending; and set to pass every byte on as it is.
            _theirs = Check(Open(Path, ReadWrite | NoControllingTerminal), "open");
            byte[] settings = new byte[SettingsLength];
            Check(GetSettings(_theirs, settings), "tcgetattr");
            MakeRaw(settings);
            Check(SetSettings(_theirs, 0, settings), "tcsetattr");
            if (link is not null)
            {
                File.CreateSymbolicLink(link, Path);
                _link = link;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the other end opens.</summary>
    public string Path { get; } = "";

    private static int NoControllingTerminal => OperatingSystem.IsMacOS() ? 0x20000 : 0x100;

    /// <summary>Waits for bytes from the other end.</summary>
    /// <param name="buffer">Takes them.</param>
    /// <param name="timeoutMs">For how long.</param>
    /// <returns>How many; 0 when none came.</returns>
    public int Read(byte[] buffer, int timeoutMs)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        PollRequest[] request = [new PollRequest { File = _ours, Events = PollIn }];
        if (Poll(request, 1, timeoutMs) <= 0 || (request[0].Returned & PollIn) == 0)
        {
            return 0;
        }

        return (int)Math.Max(0, Read(_ours, buffer, (nuint)buffer.Length));
    }

    /// <summary>Sends bytes to the other end. What nobody reads for too long is lost, as on a wire.</summary>
    public void Write(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > 0)
        {
            _ = Write(_ours, bytes, (nuint)bytes.Length);
        }
    }

    /// <summary>Takes it away: for the other end the port has vanished.</summary>
    public void Dispose()
    {
        if (_link is not null)
        {
            File.Delete(_link);
        }

        foreach (int file in (int[])[_theirs, _ours])
        {
            if (file >= 0)
            {
                _ = Close(file);
            }
        }

        _theirs = -1;
        _ours = -1;
    }

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new IOException($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [DllImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static extern int OpenTerminal(int flags);

    [DllImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static extern int GrantTerminal(int file);

    [DllImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static extern int UnlockTerminal(int file);

    [DllImport("libc", EntryPoint = "ptsname")]
    private static extern IntPtr TerminalName(int file);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int file);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    private static extern nint Read(int file, byte[] buffer, nuint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    private static extern nint Write(int file, byte[] bytes, nuint count);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static extern int Poll([In, Out] PollRequest[] requests, nuint count, int timeoutMs);

    [DllImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static extern int GetSettings(int file, byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static extern int SetSettings(int file, int when, byte[] settings);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    private static extern void MakeRaw([In, Out] byte[] settings);

    // struct pollfd of POSIX.
    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int File;
        public short Events;
        public short Returned;
    }
}
