// The lock of the service port: challenge and response with the pole's key, delays after failures that survive restarts. What may be done while it
// is open is the port's business.
using System;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Journal;
using PoleController.LoRaWan;

namespace PoleController.Service
{
    /// <summary>What became of an attempt to open the lock.</summary>
    public enum UnlockOutcome
    {
        /// <summary>It is open.</summary>
        Opened = 0,

        /// <summary>The pole has no service key: the port stays closed.</summary>
        NoKey = 1,

        /// <summary>Too soon after failures.</summary>
        TooSoon = 2,

        /// <summary>There is no challenge to answer, or it is too old.</summary>
        NoChallenge = 3,

        /// <summary>The response is wrong.</summary>
        Refused = 4,
    }

    /// <summary>
    /// Challenge: AES-CMAC of the service key over "pole-challenge", the number of this start (kept in the store), how many challenges this start has
    /// given, milliseconds since start and a random number; so none comes twice, and without the key none can be foretold. Response: AES-CMAC of the service
    /// key over "pole-response", challenge and DevEUI. Failures are counted in the store (slots "service-a" and "service-b") before a response is judged.
    /// </summary>
    public sealed class ServiceLock
    {
        /// <summary>Bytes of challenge and response.</summary>
        public const int ChallengeLength = 16;

        /// <summary>For how long a challenge can be answered, in milliseconds.</summary>
        public const int ChallengeLifeMs = 120000;

        /// <summary>The delay after the first failure, in milliseconds; twice as long after each further one.</summary>
        public const int FirstDelayMs = 1000;

        /// <summary>The longest delay, in milliseconds: 15 minutes.</summary>
        public const int LongestDelayMs = 900000;

        /// <summary>The port closes by itself when no line came for this time, in milliseconds.</summary>
        public const int IdleMs = 600000;

        private const int Body = SlottedRecord.BodyOffset;
        private const int BodyLength = 1;
        private const int MaximumFailureCount = 255;
        private const string ChallengeLabel = "pole-challenge";
        private const int InputLength = 40;

        // "pole-response" in ASCII.
        private static readonly byte[] ResponseLabel = new byte[] { 0x70, 0x6F, 0x6C, 0x65, 0x2D, 0x72, 0x65, 0x73, 0x70, 0x6F, 0x6E, 0x73, 0x65 };

        private readonly LoRaWanIdentity _identity;
        private readonly BootJournal _boots;
        private readonly IRandom _random;
        private readonly AlarmBoard _alarms;
        private readonly AesCmac _cmac;
        private readonly SlottedRecord _record;

        // One byte longer than a slot, so that one that is too long shows.
        private readonly byte[] _buffer = new byte[SlottedRecord.OverheadLength + BodyLength + 1];
        private readonly byte[] _input = new byte[InputLength];
        private uint _challengeCount;
        private bool _hasChallenge;
        private long _challengeMs;
        private long _notBeforeMs;
        private long _usedMs;

        /// <summary>Makes it; nothing is read yet.</summary>
        public ServiceLock(LoRaWanIdentity identity, BootJournal boots, IAesBlock aes, IStore store, IRandom random, AlarmBoard alarms)
        {
            _identity = identity;
            _boots = boots;
            _random = random;
            _alarms = alarms;
            _cmac = new AesCmac(aes);
            _record = new SlottedRecord(store, "service-a", "service-b", _buffer);
        }

        /// <summary>Whether it is open.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>The challenge given last.</summary>
        public byte[] Challenge { get; } = new byte[ChallengeLength];

        /// <summary>Failures in a row, 0 to 255 (it stays there), also those before a restart.</summary>
        public int FailureCount { get; private set; }

        /// <summary>When it closes by itself.</summary>
        public long ClosesAtMs
        {
            get { return _usedMs + IdleMs; }
        }

        /// <summary>Computes the response to a challenge; it is the code's then. Who wants to open a lock does the same.</summary>
        /// <param name="cmac">The code.</param>
        /// <param name="serviceKey">The pole's service key, 16 bytes.</param>
        /// <param name="challenge">The challenge, <see cref="ChallengeLength"/> bytes.</param>
        /// <param name="devEui">DevEUI, 8 bytes, most significant first.</param>
        public static void Respond(AesCmac cmac, byte[] serviceKey, byte[] challenge, byte[] devEui)
        {
            cmac.Start(serviceKey);
            cmac.Add(ResponseLabel, 0, ResponseLabel.Length);
            cmac.Add(challenge, 0, challenge.Length);
            cmac.Add(devEui, 0, devEui.Length);
            cmac.Finish();
        }

        /// <summary>Starts closed; the delay after failures begins anew.</summary>
        public void Start(long nowMs)
        {
            IsOpen = false;
            _hasChallenge = false;
            FailureCount = 0;
            try
            {
                if (_record.ReadNewest() == BodyLength)
                {
                    FailureCount = _buffer[Body];
                }
            }
            catch (Exception)
            {
                // A store that cannot be read must not lock out the one who comes to mend it; it must not make guessing faster either.
                FailureCount = MaximumFailureCount;
            }

            _notBeforeMs = nowMs + DelayMs();
        }

        /// <summary>How long until an attempt is possible, in milliseconds; 0: now.</summary>
        public long WaitMs(long nowMs)
        {
            return _notBeforeMs > nowMs ? _notBeforeMs - nowMs : 0;
        }

        /// <summary>Makes a challenge; the one before is void.</summary>
        /// <returns><see cref="UnlockOutcome.Opened"/> when <see cref="Challenge"/> may be answered, else why not.</returns>
        public UnlockOutcome MakeChallenge(long nowMs)
        {
            if (!_identity.IsProvisioned || !_identity.HasServiceKey)
            {
                return UnlockOutcome.NoKey;
            }

            if (nowMs < _notBeforeMs)
            {
                return UnlockOutcome.TooSoon;
            }

            _challengeCount++;
            int length = PutLabel(ChallengeLabel);
            Wire.WriteUInt32(_input, length, _boots.StartCount);
            Wire.WriteUInt32(_input, length + 4, _challengeCount);
            Wire.WriteUInt32(_input, length + 8, (uint)(nowMs & 0xFFFFFFFF));
            Wire.WriteUInt32(_input, length + 12, (uint)((nowMs >> 32) & 0xFFFFFFFF));
            Wire.WriteUInt16(_input, length + 16, _random.Next(65536));
            Wire.WriteUInt16(_input, length + 18, _random.Next(65536));
            _cmac.Start(_identity.ServiceKey);
            _cmac.Add(_input, 0, length + 20);
            _cmac.Finish();
            Array.Copy(_cmac.Mac, Challenge, ChallengeLength);
            _hasChallenge = true;
            _challengeMs = nowMs;
            return UnlockOutcome.Opened;
        }

        /// <summary>Judges a response to the challenge. Whatever comes of it, the challenge is void then.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="response">16 bytes.</param>
        public UnlockOutcome TryOpen(long nowMs, byte[] response)
        {
            if (!_identity.IsProvisioned || !_identity.HasServiceKey)
            {
                return UnlockOutcome.NoKey;
            }

            if (nowMs < _notBeforeMs)
            {
                return UnlockOutcome.TooSoon;
            }

            if (!_hasChallenge || nowMs - _challengeMs > ChallengeLifeMs)
            {
                return UnlockOutcome.NoChallenge;
            }

            // The failure is in the store before anybody can see whether it is one: pulling the plug saves nobody the delay.
            _hasChallenge = false;
            int failuresBefore = FailureCount;
            SetFailures(failuresBefore < MaximumFailureCount ? failuresBefore + 1 : MaximumFailureCount);
            _notBeforeMs = nowMs + DelayMs();
            if (!IsRight(response))
            {
                _alarms.Notice(AlarmKind.ServiceRefused, FailureCount);
                return UnlockOutcome.Refused;
            }

            SetFailures(0);
            _notBeforeMs = nowMs;
            IsOpen = true;
            _usedMs = nowMs;
            _alarms.Set(AlarmKind.ServiceOpened, true, HealthReason.None, 0);
            return UnlockOutcome.Opened;
        }

        /// <summary>A line came while it is open.</summary>
        public void OnUsed(long nowMs)
        {
            _usedMs = nowMs;
        }

        /// <summary>Closes it.</summary>
        public void Close()
        {
            IsOpen = false;
            _hasChallenge = false;
            _alarms.Set(AlarmKind.ServiceOpened, false, HealthReason.None, 0);
        }

        private bool IsRight(byte[] response)
        {
            Respond(_cmac, _identity.ServiceKey, Challenge, _identity.DevEui);

            // All bytes are looked at, right or wrong: how long it takes says nothing.
            int difference = 0;
            for (int i = 0; i < ChallengeLength; i++)
            {
                difference |= _cmac.Mac[i] ^ response[i];
            }

            // The right response stays nowhere.
            Array.Clear(_cmac.Mac, 0, ChallengeLength);
            return difference == 0;
        }

        private int PutLabel(string label)
        {
            for (int i = 0; i < label.Length; i++)
            {
                _input[i] = (byte)label[i];
            }

            return label.Length;
        }

        private int DelayMs()
        {
            if (FailureCount == 0)
            {
                return 0;
            }

            int delayMs = FirstDelayMs;
            for (int i = 1; i < FailureCount && delayMs < LongestDelayMs; i++)
            {
                delayMs *= 2;
            }

            return delayMs < LongestDelayMs ? delayMs : LongestDelayMs;
        }

        // A store that refuses changes nothing in this start.
        private void SetFailures(int count)
        {
            FailureCount = count;
            _buffer[Body] = (byte)count;
            try
            {
                _record.TryWrite(BodyLength);
            }
            catch (Exception)
            {
                return;
            }
        }
    }
}
