// A whole controller on a simulated Raspberry Pi: the shipped board file, the real System.Device.Gpio, simulated parts behind it, records in a folder.
using System.Text;
using Bench.Boards;
using Bench.Pole;
using Bench.Tests.Simulated;
using PoleController;
using PoleController.Boards;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Storage;
using RepositoryFiles;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Simulation.Parts.Sensors;

namespace Bench.Tests.Pole;

/// <summary>A pole on Linux.</summary>
internal sealed class LinuxPole : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("polebench");

    public LinuxPole(string words, string? provisioning = null)
    {
        Files = new LinuxFiles(_folder.FullName);
        File.WriteAllText(Path.Combine(_folder.FullName, ProvisioningFile.FileName), (provisioning ?? Identity) + $"board raspberry-pi-pole {words}\n");
        Radio = new Sx1262Chip(new Antenna(0) { Uplinks = Air });
        Runtime = new VirtualRuntime(Clock) { Moved = () => Radio.Advance(Clock.NowUs) };
        Pi.SpiBuses[0] = bytes =>
        {
            Radio.SetTime(Clock.NowUs);
            Radio.TryTransfer(bytes, bytes.Length);
        };
        Pi.Lines.At(23).Source = () => Timed(Radio.Busy);
        Pi.Lines.At(24).Source = () => Timed(Radio.Dio1);
        Pi.Lines.At(22).Changed = () => Radio.ResetLine.TrySet(Pi.Lines.At(22) is { IsDriven: true, Driven: false });
        Pi.SerialLines["/dev/ttyAMA0"] = Service.OpenLinux;
        Terminal = Service.OpenController(115_200);
    }

    public static string Identity => "dev-eui 70B3D57ED0001234\njoin-eui 0011223344556677\napp-key 000102030405060708090A0B0C0D0E0F\nservice-key 2b7e151628aed2a6abf7158809cf4f3c\n";

    public PartClock Clock { get; } = new();

    public SimulatedLinux Pi { get; } = new();

    public UplinkBuffer Air { get; } = new();

    public Sx1262Chip Radio { get; }

    public Cable Service => _service ??= new Cable(Clock);

    public PoleController.Hal.IUart Terminal { get; }

    public VirtualRuntime Runtime { get; }

    public LinuxFiles Files { get; }

    public string Folder => _folder.FullName;

    public ProvisioningOutcome TakeOver() => new ProvisioningFile().TakeOver(Files);

    public BoardParts Build()
    {
        LinuxBoard board = LinuxBoardReader.Read(RepositoryRoot.PathOf("host-tools/Bench/boards/raspberry-pi-pole.yaml"));
        Assert.Empty(LinuxBoardRules.Check(board));
        BoardFitting fitting = BoardFitting.Read(new FileStore(Files));
        BoardParts parts = PoleBuilder.Build(board, fitting, Pi, Runtime, Files);
        Assert.Equal("", fitting.UnknownWord);
        return parts;
    }

    /// <summary>Runs the loop, until a time.</summary>
    public void Run(BoardParts parts, long endMs)
    {
        Runtime.EndMs = endMs;
        Controller ??= new Controller(parts.Hardware);
        Assert.Throws<EndOfRunException>(() => new BoardLoop(Runtime).RunSteps(parts, Controller));
    }

    public Controller? Controller { get; private set; }

    /// <summary>A new controller over the same records.</summary>
    public void StartAgain(BoardParts parts)
    {
        Controller = new Controller(parts.Hardware);
        Controller.Start(Runtime.NowMs, true);
    }

    /// <summary>Types a line at the service port while the pole runs, and takes what it says within two seconds.</summary>
    public string Ask(BoardParts parts, string line)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(line + "\r");
        Terminal.TryWrite(bytes, bytes.Length);
        long untilMs = Runtime.NowMs + 2000;
        while (Runtime.NowMs < untilMs)
        {
            Clock.NowUs += 10_000;
            Radio.Advance(Clock.NowUs);
            parts.HasNews(Runtime.NowMs);
            Controller!.Step(Runtime.NowMs);
        }

        byte[] said = new byte[65_536];
        int count = Terminal.Read(said, 0, said.Length);
        return Encoding.ASCII.GetString(said, 0, count);
    }

    public UartPort Plug(string device, UartPart part)
    {
        UartPort port = new(Clock, part, 1024);
        Pi.SerialLines[device] = _ => new PartLine(port);
        return port;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private bool Timed(PoleController.Hal.IDigitalInput line)
    {
        Radio.SetTime(Clock.NowUs);
        return line.IsActive;
    }

    private Cable? _service;
}
