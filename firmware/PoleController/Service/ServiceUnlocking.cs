// How the service port is opened: the line unlock, with and without a response. Whether a response is right, and when the next may come, is ServiceLock's.
namespace PoleController.Service
{
    /// <summary>Asks for challenges and answers them.</summary>
    internal sealed class ServiceUnlocking
    {
        private readonly ServiceParts _parts;
        private readonly ServiceLock _lock;
        private readonly ServiceLine _line;
        private readonly ServiceWriter _writer;

        /// <summary>Makes it.</summary>
        internal ServiceUnlocking(ServiceParts parts, ServiceLock serviceLock, ServiceLine line, ServiceWriter writer)
        {
            _parts = parts;
            _lock = serviceLock;
            _line = line;
            _writer = writer;
        }

        /// <summary>Carries out the line, and writes the answer.</summary>
        internal void Do(long nowMs)
        {
            if (!_line.HasWord(1))
            {
                Challenge(nowMs);
                return;
            }

            // The response is read over its own digits and wiped with the line.
            if (_line.HasWord(2) || _line.ReadHex(1, _line.Bytes, 0) != ServiceLock.ChallengeLength)
            {
                _writer.Error("badValue", "unlock", "unlock and 32 hexadecimal digits");
                return;
            }

            UnlockOutcome outcome = _lock.TryOpen(nowMs, _line.Bytes);
            if (outcome == UnlockOutcome.Opened)
            {
                _writer.Text("ok unlock").Pair("closesAfterIdleSeconds", ServiceLock.IdleMs / 1000);
            }
            else
            {
                WriteUnlockError(outcome, nowMs);
            }
        }

        private void Challenge(long nowMs)
        {
            UnlockOutcome outcome = _lock.MakeChallenge(nowMs);
            if (outcome != UnlockOutcome.Opened)
            {
                WriteUnlockError(outcome, nowMs);
                return;
            }

            _writer.Text("ok unlock").Key("challenge").Hex(_lock.Challenge, 0, ServiceLock.ChallengeLength);
            _writer.Key("devEui").Hex(_parts.Identity.DevEui, 0, _parts.Identity.DevEui.Length).Pair("validSeconds", ServiceLock.ChallengeLifeMs / 1000);
        }

        private void WriteUnlockError(UnlockOutcome outcome, long nowMs)
        {
            switch (outcome)
            {
                case UnlockOutcome.NoKey:
                    _writer.Error("noKey", "unlock", "provision the pole with a service key; there is no default one");
                    break;
                case UnlockOutcome.TooSoon:
                    _writer.Error("tooSoon", "unlock", "wait");
                    _writer.Pair("seconds", (_lock.WaitMs(nowMs) + 999) / 1000);
                    break;
                case UnlockOutcome.NoChallenge:
                    _writer.Error("noChallenge", "unlock", "send unlock, then the response within two minutes");
                    break;
                default:
                    _writer.Error("refused", "unlock", "check the key; a new challenge is needed");
                    _writer.Pair("failures", _lock.FailureCount).Pair("seconds", (_lock.WaitMs(nowMs) + 999) / 1000);
                    break;
            }
        }
    }
}
