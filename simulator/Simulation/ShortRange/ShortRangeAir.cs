// The air between the poles of one group: advertising events in order of time, who hears them, what they destroy. What a receiver does with
// a broadcast is its part's; which pole runs when is PoleCluster's.
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Scenarios;

namespace Simulation.ShortRange;

/// <summary>The short-range medium of one group of poles. Not thread-safe: one owner.</summary>
public sealed class ShortRangeAir
{
    /// <summary>How long before its begin a broadcast from outside is reckoned with: more than an event lasts.</summary>
    private const long AheadUs = 20_000;

    /// <summary>Gain from the foot of a pole to its radio: some metres, past the housing.</summary>
    private const float FootDecibel = -60;

    private readonly ShortRangeModel _model;
    private readonly ShortRangeLinks _links;
    private readonly SortedDictionary<int, Station> _stations = [];
    private readonly PriorityQueue<AdvertisingEvent, (long EndUs, int Pole, long Number)> _queue = new();
    private readonly List<AdvertisingEvent> _around = [];
    private readonly List<(int Pole, long AtUs)> _heard = [];
    private readonly HashSet<(int From, int To)> _next;
    private readonly RandomStream _random;
    private readonly double _weakestGainDecibel;
    private long _nextNumber;

    /// <summary>Makes it.</summary>
    /// <param name="model">The numbers of the radio.</param>
    /// <param name="links">Who hears whom.</param>
    /// <param name="next">Pairs of poles that are next to each other in their line, either way: what comes from one to the other is counted.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">Which group.</param>
    public ShortRangeAir(ShortRangeModel model, ShortRangeLinks links, IEnumerable<(int From, int To)> next, long seed, int index)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(links);
        _model = model;
        _links = links;
        _next = [.. next];

        // Beyond three standard deviations of the fading nothing is heard, though it may still disturb.
        _weakestGainDecibel = model.SensitivityDbm - model.TransmitDbm - (3 * model.FadingDecibel);
        _random = new RandomStream(seed, "short-range-air", index);
    }

    /// <summary>What happened so far.</summary>
    public ShortRangeTally Tally { get; } = new();

    /// <summary>When something happens next; <see cref="long.MaxValue"/> for never.</summary>
    public long NextEventUs => _queue.TryPeek(out _, out (long EndUs, int Pole, long Number) next) ? next.EndUs : long.MaxValue;

    /// <summary>Sees every broadcast as it is begun: its pole, its moment and its bytes; for whoever listens beside the street. Null for nobody.</summary>
    public Action<int, long, byte[]>? Overheard { get; set; }

    /// <summary>Puts a pole's radio into the air, once, before the run.</summary>
    /// <param name="pole">The pole's index.</param>
    /// <param name="part">Its radio.</param>
    public void Add(int pole, NeighbourRadioPart part) =>
        _stations.Add(pole, new Station(part, (long)(_random.NextDouble() * _model.ScanIntervalMs * 1000 * AdvertisingTimes.ChannelCount)));

    /// <summary>A pole begins to broadcast; what it broadcast before ends.</summary>
    /// <param name="pole">Its index.</param>
    /// <param name="data">The bytes; kept.</param>
    /// <param name="nowUs">Now.</param>
    /// <param name="durationUs">For how long.</param>
    public void Begin(int pole, byte[] data, long nowUs, long durationUs)
    {
        ArgumentNullException.ThrowIfNull(data);
        End(pole, nowUs);
        Tally.BroadcastCount++;
        Tally.OfferedCount += _links.From(pole).Count(link => _next.Contains((pole, link.To)));
        Overheard?.Invoke(pole, nowUs, data);
        Broadcast broadcast = new(pole, pole, data, nowUs, nowUs + durationUs, _nextNumber++);
        Schedule(new AdvertisingEvent(broadcast, nowUs + HostDelayUs() + _random.Next(AdvertisingTimes.RandomDelayUs)));
    }

    /// <summary>Somebody who is no pole broadcasts from the foot of one: an attacker, or a phone. Before the run, or from <see cref="Overheard"/>.</summary>
    /// <param name="beside">The pole's index.</param>
    /// <param name="data">The bytes, up to 24.</param>
    /// <param name="fromUs">From when on, not before now.</param>
    /// <param name="durationUs">For how long.</param>
    public void Intrude(int beside, byte[] data, long fromUs, long durationUs)
    {
        ArgumentNullException.ThrowIfNull(data);
        AdvertisingEvent first = new(new Broadcast(-1 - beside, beside, data, fromUs, fromUs + durationUs, _nextNumber++), fromUs);

        // It may be hours ahead: it comes to what has to be looked through shortly before.
        _queue.Enqueue(first, (Math.Max(0, fromUs - AheadUs), first.Broadcast.Sender, first.Broadcast.Number));
    }

    /// <summary>A pole broadcasts no longer.</summary>
    public void End(int pole, long nowUs)
    {
        foreach (AdvertisingEvent sent in _around)
        {
            if (sent.Broadcast.Sender == pole && sent.StartUs > nowUs)
            {
                sent.IsCancelled = true;
            }
        }
    }

    /// <summary>Brings the air up to a moment.</summary>
    /// <returns>The poles that heard something, and when their controllers get it; until the next call.</returns>
    public IReadOnlyList<(int Pole, long AtUs)> Advance(long timeUs)
    {
        _heard.Clear();
        while (NextEventUs <= timeUs)
        {
            AdvertisingEvent sent = _queue.Dequeue();
            if (!sent.IsAround)
            {
                Schedule(sent);
                continue;
            }

            if (!sent.IsCancelled)
            {
                Tally.EventCount++;
                Hear(sent);
                long nextUs = sent.StartUs + (_model.AdvertisingIntervalMs * 1000L) + _random.Next(AdvertisingTimes.RandomDelayUs);
                if (nextUs < sent.Broadcast.UntilUs)
                {
                    Schedule(new AdvertisingEvent(sent.Broadcast, nextUs));
                }
            }

            // What lies behind by more than an event cannot overlap with what is still to be heard.
            _around.RemoveAll(other => other.EndUs < sent.StartUs - (sent.EndUs - sent.StartUs) || (other.IsCancelled && other.EndUs <= sent.EndUs));
        }

        return _heard;
    }

    private void Schedule(AdvertisingEvent next)
    {
        next.IsAround = true;
        _around.Add(next);
        _queue.Enqueue(next, (next.EndUs, next.Broadcast.Sender, next.Broadcast.Number));
    }

    private void Hear(AdvertisingEvent sent)
    {
        Broadcast broadcast = sent.Broadcast;
        if (broadcast.Sender != broadcast.Place && _stations.TryGetValue(broadcast.Place, out Station? foot) && foot.Part.IsListening)
        {
            Hear(sent, new ShortRangeLink(broadcast.Place, FootDecibel), foot);
        }

        foreach (ShortRangeLink link in _links.From(broadcast.Place))
        {
            if (link.GainDecibel >= _weakestGainDecibel && _stations.TryGetValue(link.To, out Station? station) && station.Part.IsListening)
            {
                Hear(sent, link, station);
            }
        }
    }

    private void Hear(AdvertisingEvent sent, ShortRangeLink link, Station station)
    {
        Broadcast broadcast = sent.Broadcast;
        if (station.LastHeard.TryGetValue(broadcast.Sender, out long last) && last == broadcast.Number)
        {
            return; // told already: duplicates are filtered
        }

        int isNext = _next.Contains((broadcast.Sender, link.To)) ? 1 : 0;
        int channel = ChannelHeard(sent, station);
        if (channel < 0)
        {
            Tally.NotListeningCount += isNext;
            return;
        }

        long startUs = sent.PacketStartUs(channel);
        double powerDbm = _model.TransmitDbm + link.GainDecibel + Fading();
        if (powerDbm < _model.SensitivityDbm)
        {
            Tally.WeakCount += isNext;
        }
        else if (IsSending(link.To, startUs, sent.PacketUs))
        {
            Tally.SendingCount += isNext;
        }
        else if (IsDestroyed(sent, link.To, channel, powerDbm))
        {
            Tally.CollidedCount += isNext;
        }
        else if (_random.NextDouble() * 100 < _model.OtherTrafficPercent)
        {
            Tally.OtherTrafficCount += isNext;
        }
        else
        {
            long atUs = startUs + sent.PacketUs + HostDelayUs();
            station.LastHeard[broadcast.Sender] = broadcast.Number;
            station.Part.Deliver(broadcast.Data, (int)Math.Round(powerDbm), atUs);
            if (isNext > 0)
            {
                Tally.AddHeard(atUs - broadcast.BeginUs);
            }

            _heard.Add((link.To, atUs));
        }
    }

    /// <summary>On which of an event's packets the scanner is, from its begin to its end; -1 for none.</summary>
    private int ChannelHeard(AdvertisingEvent sent, Station station)
    {
        long intervalUs = _model.ScanIntervalMs * 1000L;
        for (int channel = 0; channel < AdvertisingTimes.ChannelCount; channel++)
        {
            long atUs = sent.PacketStartUs(channel) + station.ScanOffsetUs;
            bool isOnChannel = atUs / intervalUs % AdvertisingTimes.ChannelCount == channel;
            if (isOnChannel && (atUs % intervalUs) + sent.PacketUs <= _model.ScanWindowMs * 1000L)
            {
                return channel;
            }
        }

        return -1;
    }

    private bool IsSending(int pole, long startUs, long lengthUs) =>
        _around.Exists(other => other.Broadcast.Sender == pole && !other.IsCancelled && other.StartUs < startUs + lengthUs && other.EndUs > startUs);

    private bool IsDestroyed(AdvertisingEvent sent, int receiver, int channel, double powerDbm)
    {
        long startUs = sent.PacketStartUs(channel);
        double disturbanceMilliwatts = 0;
        foreach (AdvertisingEvent other in _around)
        {
            long otherUs = other.PacketStartUs(channel);
            if (other != sent && !other.IsCancelled && otherUs < startUs + sent.PacketUs && otherUs + other.PacketUs > startUs)
            {
                disturbanceMilliwatts += Math.Pow(10, (_model.TransmitDbm + GainDecibel(other.Broadcast.Place, receiver) + Fading()) / 10);
            }
        }

        return disturbanceMilliwatts > 0 && powerDbm - (10 * Math.Log10(disturbanceMilliwatts)) < ShortRangeLinks.NeededDecibel;
    }

    private double GainDecibel(int from, int to)
    {
        if (from == to)
        {
            return FootDecibel;
        }

        foreach (ShortRangeLink link in _links.From(from))
        {
            if (link.To == to)
            {
                return link.GainDecibel;
            }
        }

        return double.NegativeInfinity;
    }

    private double Fading() => _model.FadingDecibel > 0 ? _model.FadingDecibel * _random.NextGaussian() : 0;

    private long HostDelayUs() => AdvertisingTimes.HostDelayMinimumUs + _random.Next((_model.HostDelayMaximumMs * 1000) - AdvertisingTimes.HostDelayMinimumUs);

    private sealed class Station(NeighbourRadioPart part, long scanOffsetUs)
    {
        public NeighbourRadioPart Part { get; } = part;

        public long ScanOffsetUs { get; } = scanOffsetUs;

        /// <summary>Of each sender the number of the broadcast that was told last.</summary>
        public Dictionary<int, long> LastHeard { get; } = [];
    }

    /// <param name="Sender">Whose it is: a pole, or below 0 somebody who is none.</param>
    /// <param name="Place">The pole where the sender stands.</param>
    /// <param name="Data">The bytes.</param>
    /// <param name="BeginUs">When it was ordered.</param>
    /// <param name="UntilUs">When it ends.</param>
    /// <param name="Number">Its number among all of this air.</param>
    private sealed record Broadcast(int Sender, int Place, byte[] Data, long BeginUs, long UntilUs, long Number);

    private sealed class AdvertisingEvent(Broadcast broadcast, long startUs)
    {
        public Broadcast Broadcast { get; } = broadcast;

        public long StartUs { get; } = startUs;

        public long EndUs { get; } = startUs + ((AdvertisingTimes.ChannelCount - 1) * AdvertisingTimes.SpacingUs(broadcast.Data.Length)) + AdvertisingTimes.PacketUs(broadcast.Data.Length);

        /// <summary>Whether others have to reckon with it.</summary>
        public bool IsAround { get; set; }

        public bool IsCancelled { get; set; }

        public long PacketUs { get; } = AdvertisingTimes.PacketUs(broadcast.Data.Length);

        public long PacketStartUs(int channel) => StartUs + (channel * AdvertisingTimes.SpacingUs(Broadcast.Data.Length));
    }
}
