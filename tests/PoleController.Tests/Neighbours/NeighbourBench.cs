// Poles of one line whose short-range radios hear each other at once, each with its own clock, and an attacker who hears and broadcasts too.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Neighbours;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Tests.Parts;
using PoleController.Time;

namespace PoleController.Tests.Neighbours;

internal sealed class NeighbourBench : IDisposable
{
    public const int HoldSeconds = 15;

    private readonly SimulatedAes _aes = new();

    public NeighbourBench(int poleCount, int reach = 2)
    {
        Poles = [.. Enumerable.Range(1, poleCount).Select(index => new Pole(this, index, reach, _aes))];
    }

    public Pole[] Poles { get; }

    /// <summary>Everything that was in the air.</summary>
    public List<byte[]> Air { get; } = [];

    public long NowMs { get; private set; } = 1000;

    /// <summary>How many poles away a broadcast is heard.</summary>
    public int Range { get; set; } = 1;

    public void Arrive(int index)
    {
        Poles[index - 1].Input.IsActive = true;
        Step();
        NowMs += 100;
        Step();
        Poles[index - 1].Input.IsActive = false;
        Step();
    }

    /// <summary>Somebody broadcasts, heard by all.</summary>
    public void Inject(byte[] data)
    {
        foreach (Pole pole in Poles)
        {
            pole.Radio.Heard.Enqueue(data);
        }

        Step();
    }

    public void Run(long durationMs)
    {
        NowMs += durationMs;
        Step();
    }

    public bool IsRaised(int index) => NowMs < Poles[index - 1].Link.SomebodyComingUntilMs;

    public int[] Raised() => [.. Poles.Select(pole => pole.Index).Where(IsRaised)];

    public void Step()
    {
        // A broadcast that is heard wakes the pole, also the one that passes it on.
        for (int i = 0; i < 10; i++)
        {
            foreach (Pole pole in Poles)
            {
                pole.Occupancy.Step(NowMs);
                pole.Link.Step(NowMs);
            }

            if (Poles.All(pole => pole.Radio.Heard.Count == 0))
            {
                return;
            }
        }
    }

    public void Dispose() => _aes.Dispose();

    private void Broadcast(int from, byte[] data)
    {
        Air.Add(data);
        foreach (Pole pole in Poles.Where(pole => pole.Index != from && Math.Abs(pole.Index - from) <= Range))
        {
            // Again and again, as advertisements are.
            pole.Radio.Heard.Enqueue(data);
            pole.Radio.Heard.Enqueue(data);
        }
    }

    internal sealed class Pole
    {
        public Pole(NeighbourBench bench, int index, int reach, IAesBlock aes)
        {
            Index = index;
            Radio = new AirRadio(data => bench.Broadcast(index, data));
            Occupancy = new OccupancySensor(Input, null, Settings);
            (Settings.Neighbours.IsEnabled, Settings.Neighbours.Line, Settings.Neighbours.PoleIndex, Settings.Neighbours.Reach) = (true, 77, index, reach);
            Settings.Neighbours.HoldSeconds = HoldSeconds;
            Enumerable.Range(1, 16).Select(value => (byte)value).ToArray().CopyTo(Settings.Neighbours.Key, 0);
            Clock.Set(bench.NowMs, LampHarness.MidsummerEveningUtcMs, 0);
            Link = new NeighbourLink(Radio, aes, Occupancy, Clock, Settings.Neighbours, Alarms);
            Occupancy.Start(bench.NowMs, false);
            Link.Start(bench.NowMs, false);
        }

        public int Index { get; }

        public SimulatedInput Input { get; } = new();

        public ControllerSettings Settings { get; } = new();

        public PoleClock Clock { get; } = new();

        public AlarmBoard Alarms { get; } = new();

        public AirRadio Radio { get; }

        public OccupancySensor Occupancy { get; }

        public NeighbourLink Link { get; }
    }

    internal sealed class AirRadio(Action<byte[]> broadcast) : INeighbourRadio
    {
        public Queue<byte[]> Heard { get; } = new();

        public bool IsFailed { get; set; }

        public int MaximumLength => 24;

        public bool TryBroadcast(byte[] data, int length, int durationMs)
        {
            if (!IsFailed)
            {
                broadcast(data[..length]);
            }

            return !IsFailed;
        }

        public int Receive(byte[] buffer, out int rssiDbm)
        {
            rssiDbm = -70;
            if (IsFailed)
            {
                return -1;
            }

            if (!Heard.TryDequeue(out byte[]? data))
            {
                return 0;
            }

            data.AsSpan(0, Math.Min(data.Length, buffer.Length)).CopyTo(buffer);
            return Math.Min(data.Length, buffer.Length);
        }
    }
}
