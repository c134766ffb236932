// Tells the neighbouring poles of arrivals and hears of theirs, over a short-range radio. What the light does with it is ScheduledLevel's.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Lighting;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Neighbours
{
    /// <summary>
    /// An arrival here is broadcast; one at another pole of the line, within reach and not on its way back, raises this pole for the hold time and is passed on.
    /// Only what is signed with the key of the line counts. A message is taken once, and only near the time that it names: what somebody recorded is worth nothing
    /// after <see cref="WindowSeconds"/>, also after a restart, because without the time a pole neither tells nor heeds.
    /// </summary>
    public sealed class NeighbourLink : Component, INeighbourPresence
    {
        /// <summary>How far a message's time and the pole's own may be apart, in seconds: two clocks that are each off by up to 5 s, and the way over the hops.</summary>
        public const int WindowSeconds = 15;

        /// <summary>Shortest time between two arrivals that are told, in milliseconds; who is raised already need not be told again.</summary>
        public const int TellIntervalMs = 2000;

        /// <summary>How long a broadcast goes on, in milliseconds: five advertising intervals of 100 ms, so that four may be lost.</summary>
        public const int BroadcastMs = 500;

        /// <summary>Most messages that are passed on in a second.</summary>
        public const int RelaysPerSecond = 4;

        /// <summary>Most signatures that are checked in a second: 200 blocks of AES are nothing, but a flood is without end.</summary>
        public const int ChecksPerSecond = 20;

        /// <summary>How long the side from which somebody came is remembered, in milliseconds: 60 m at walking pace.</summary>
        public const int DirectionMemoryMs = 40000;

        /// <summary>So many refused broadcasts within an hour are an alarm.</summary>
        public const int AlarmRefusals = 20;

        /// <summary>How long a radio that failed is left alone, in milliseconds.</summary>
        public const int RetryMs = 60000;

        private const int MostAtOnce = 4;
        private const int HourMs = 3600000;
        private const int SecondMs = 1000;

        private readonly INeighbourRadio? _radio;
        private readonly OccupancySensor _occupancy;
        private readonly PoleClock _clock;
        private readonly NeighbourSettings _settings;
        private readonly AlarmBoard _alarms;
        private readonly NeighbourMessage _message;
        private readonly HeardOrigins _heard = new HeardOrigins();
        private readonly byte[] _buffer;
        private long _arrivalCount;
        private long _toldMs = Wake.Never;
        private long _toldUtcSeconds;
        private long _secondEndMs;
        private int _relays;
        private int _checks;
        private long _hourEndMs;
        private long _retryMs;

        /// <summary>Makes it. A null radio means that none is fitted.</summary>
        public NeighbourLink(INeighbourRadio? radio, IAesBlock aes, OccupancySensor occupancy, PoleClock clock, NeighbourSettings settings, AlarmBoard alarms)
        {
            _radio = radio;
            _occupancy = occupancy;
            _clock = clock;
            _settings = settings;
            _alarms = alarms;
            _message = new NeighbourMessage(aes);
            _buffer = new byte[radio == null ? 0 : radio.MaximumLength > NeighbourMessage.Length ? radio.MaximumLength : NeighbourMessage.Length];
        }

        /// <inheritdoc/>
        public long SomebodyComingUntilMs { get; private set; }

        /// <summary>Arrivals told since start.</summary>
        public int ToldCount { get; private set; }

        /// <summary>Genuine messages of neighbours heard since start, each once.</summary>
        public int HeardCount { get; private set; }

        /// <summary>Messages passed on since start.</summary>
        public int RelayedCount { get; private set; }

        /// <summary>Broadcasts with a wrong signature or of another time in this hour.</summary>
        public int RefusedCount { get; private set; }

        /// <inheritdoc/>
        public override bool IsFitted
        {
            get { return _radio != null; }
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _heard.Clear();
            _arrivalCount = _occupancy.ArrivalCount;
            _toldMs = Wake.Never;
            _secondEndMs = nowMs;
            _hourEndMs = nowMs + HourMs;
            _retryMs = nowMs;
            SomebodyComingUntilMs = nowMs;
            RefusedCount = 0;
            Health.SetOk();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            if (_radio == null || !_settings.IsEnabled)
            {
                _arrivalCount = _occupancy.ArrivalCount;
                return Wake.Never;
            }

            if (nowMs < _retryMs)
            {
                // Who arrived while the radio was left alone is past the next pole when it is tried again.
                _arrivalCount = _occupancy.ArrivalCount;
                return _retryMs;
            }

            BeginSecond(nowMs);
            Hear(nowMs);
            if (_occupancy.ArrivalCount != _arrivalCount)
            {
                _arrivalCount = _occupancy.ArrivalCount;
                Tell(nowMs);
            }

            return RefusedCount > 0 || _retryMs > nowMs ? NextWakeMs(nowMs) : Wake.Never;
        }

        private long NextWakeMs(long nowMs)
        {
            return _retryMs > nowMs && _retryMs < _hourEndMs ? _retryMs : _hourEndMs;
        }

        private void BeginSecond(long nowMs)
        {
            if (nowMs >= _secondEndMs)
            {
                _secondEndMs = nowMs + SecondMs;
                _relays = 0;
                _checks = 0;
            }

            if (nowMs >= _hourEndMs)
            {
                _hourEndMs = nowMs + HourMs;
                if (RefusedCount < AlarmRefusals && Health.State == HealthState.Ok)
                {
                    _alarms.Set(AlarmKind.NeighbourFault, false, HealthReason.None, 0);
                }

                RefusedCount = 0;
            }
        }

        private void Hear(long nowMs)
        {
            for (int i = 0; i < MostAtOnce; i++)
            {
                int length = _radio!.Receive(_buffer, out _);
                if (length < 0)
                {
                    Fail(nowMs);
                    return;
                }

                if (length == 0)
                {
                    return;
                }

                if (_clock.IsKnown && _message.TryDecode(_buffer, length) && _message.Line == _settings.Line)
                {
                    Judge(nowMs);
                }
            }
        }

        // What is cheap to judge comes before the signature. An old message that is heard again, because it is broadcast again and again, is nothing wrong.
        private void Judge(long nowMs)
        {
            int distance = _message.Origin - _settings.PoleIndex;
            bool isInReach = distance != 0 && distance >= -NeighbourSettings.MaximumReach && distance <= NeighbourSettings.MaximumReach;
            if (!isInReach || !_heard.IsNew(distance, _message.UtcSeconds) || _checks >= ChecksPerSecond)
            {
                return;
            }

            _checks++;
            long differenceS = _message.UtcSeconds - (_clock.UtcMs(nowMs) / SecondMs);
            bool isNow = differenceS >= -WindowSeconds && differenceS <= WindowSeconds;
            if (!isNow || !_message.IsGenuine(_buffer, _settings.Key))
            {
                Refuse();
                return;
            }

            HeardCount++;
            _heard.Note(distance, _message.UtcSeconds, nowMs);
            Heed(nowMs, distance);
        }

        private void Refuse()
        {
            RefusedCount++;
            if (RefusedCount >= AlarmRefusals)
            {
                _alarms.Set(AlarmKind.NeighbourFault, true, HealthReason.Implausible, RefusedCount);
            }
        }

        private void Heed(long nowMs, int distance)
        {
            // Below this pole somebody has to go up to come by, above it down.
            TravelDirection away = distance < 0 ? TravelDirection.Down : TravelDirection.Up;
            int poles = distance < 0 ? -distance : distance;
            if (_message.Direction == away || poles > _settings.Reach)
            {
                return;
            }

            SomebodyComingUntilMs = nowMs + (_settings.HoldSeconds * 1000L);
            if (_message.HopsLeft > 0 && poles < _settings.Reach && _relays < RelaysPerSecond)
            {
                _relays++;
                _message.HopsLeft--;
                if (TryBroadcast(nowMs))
                {
                    RelayedCount++;
                }
            }
        }

        private void Tell(long nowMs)
        {
            if (!_clock.IsKnown || (_toldMs != Wake.Never && nowMs - _toldMs < TellIntervalMs))
            {
                return;
            }

            long utcSeconds = _clock.UtcMs(nowMs) / SecondMs;
            if (utcSeconds == _toldUtcSeconds)
            {
                // The clock was set back: the neighbours have had this second.
                return;
            }

            _message.Line = _settings.Line;
            _message.Origin = _settings.PoleIndex;
            _message.Direction = _heard.DirectionOfArrival(nowMs, DirectionMemoryMs);
            _message.HopsLeft = _settings.Reach - 1;
            _message.UtcSeconds = utcSeconds;
            if (TryBroadcast(nowMs))
            {
                _toldMs = nowMs;
                _toldUtcSeconds = utcSeconds;
                ToldCount++;
            }
        }

        private bool TryBroadcast(long nowMs)
        {
            _message.Encode(_buffer, _settings.Key);
            if (_radio!.TryBroadcast(_buffer, NeighbourMessage.Length, BroadcastMs))
            {
                if (Health.State != HealthState.Ok)
                {
                    Health.SetOk();
                    _alarms.Set(AlarmKind.NeighbourFault, RefusedCount >= AlarmRefusals, HealthReason.Implausible, RefusedCount);
                }

                return true;
            }

            Fail(nowMs);
            return false;
        }

        private void Fail(long nowMs)
        {
            _retryMs = nowMs + RetryMs;
            Health.SetFailed(HealthReason.NoAnswer);
            _alarms.Set(AlarmKind.NeighbourFault, true, HealthReason.NoAnswer, 0);
        }
    }
}
