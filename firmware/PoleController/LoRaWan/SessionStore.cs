// Keeps the session, its counters and the nonces so that no power cut leads to a reused nonce or counter, or to a session that is lost.
//
// Three records of two slots each. What must be written before something is used:
//   nonces    the next DevNonce before a join-request, JoinNonce before the session of its join-accept is used
//   counters  the limit of FCntUp before the first uplink of a block of 128; the next FCntDown before a downlink has any effect
//   session   at a join (after nonces and counters), and when the network changed a MAC parameter
// After a restart FCntUp goes on at the limit: up to 128 counters are skipped, which a network takes for lost frames.
// The counters carry the session's DevNonce: they are never taken for those of another session.
using System;
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>Nonces, counters and session in the store.</summary>
    public sealed class SessionStore
    {
        /// <summary>Uplinks per write of the counters.</summary>
        public const int FCntUpBlock = 128;

        /// <summary>The first DevNonce that cannot be used any more: it has 16 bits.</summary>
        public const int DevNonceLimit = 65536;

        private const int Body = SlottedRecord.BodyOffset;
        private const int NoncesLength = 12;
        private const int CountersLength = 10;
        private const int SessionFixedLength = 58;
        private const int ChannelLength = 7;
        private const int ChannelsLength = Region.MaximumDynamicChannelCount * ChannelLength;

        // Region, the channel groups behind the first, dwell times and maximum power. Records from before there were regions end before it.
        private const int RegionLength = 1 + (2 * (ChannelMask.GroupCount - 1)) + 2;

        private readonly byte[] _buffer;
        private readonly SlottedRecord _nonces;
        private readonly SlottedRecord _counters;
        private readonly SlottedRecord _session;
        private uint _identityCheck;

        /// <summary>Makes it; nothing is read yet.</summary>
        /// <param name="store">The store.</param>
        /// <param name="buffer">Working memory of <see cref="BufferLength"/> bytes.</param>
        public SessionStore(IStore store, byte[] buffer)
        {
            _buffer = buffer;
            _nonces = new SlottedRecord(store, "lora-nonces-a", "lora-nonces-b", buffer);
            _counters = new SlottedRecord(store, "lora-count-a", "lora-count-b", buffer);
            _session = new SlottedRecord(store, "lora-session-a", "lora-session-b", buffer);
        }

        /// <summary>Bytes of working memory: the longest record.</summary>
        public const int BufferLength = SlottedRecord.OverheadLength + SessionFixedLength + ChannelsLength + RegionLength;

        /// <summary>The DevNonce of the next join-request; <see cref="DevNonceLimit"/> when all are used.</summary>
        public int NextDevNonce { get; private set; }

        /// <summary>The JoinNonce last accepted; -1 when none was.</summary>
        public int LastJoinNonce { get; private set; }

        /// <summary>Reads everything. A session of another identity, or without its counters, is no session.</summary>
        /// <param name="identityCheck">The identity's CRC.</param>
        /// <param name="session">Receives the session; inactive when there is none.</param>
        public void Load(uint identityCheck, Session session)
        {
            _identityCheck = identityCheck;
            LoadNonces();
            session.IsActive = LoadSession(session) && LoadCounters(session);

            // Should both slots of the nonces be lost, the session still tells how far they were at least.
            if (session.IsActive && NextDevNonce <= session.DevNonce)
            {
                NextDevNonce = session.DevNonce + 1;
            }
        }

        /// <summary>
        /// Whether join-requests were sent after the one that made a session. One of them may have been accepted and the power have failed before the
        /// new session was kept: then the network knows the old one no more.
        /// </summary>
        public bool HasJoinedSince(Session session)
        {
            return NextDevNonce > session.DevNonce + 1;
        }

        /// <summary>Takes a DevNonce: it is written as used before this returns.</summary>
        /// <param name="devNonce">The nonce to use.</param>
        /// <returns>False when the store refused or none is left.</returns>
        public bool TryTakeDevNonce(out int devNonce)
        {
            devNonce = NextDevNonce;
            if (devNonce >= DevNonceLimit || !TrySaveNonces(devNonce + 1, LastJoinNonce))
            {
                return false;
            }

            NextDevNonce = devNonce + 1;
            return true;
        }

        /// <summary>Keeps a new session: JoinNonce, counters, then the session itself.</summary>
        /// <returns>False when the store refused: the session must not be used.</returns>
        public bool TryBegin(Session session, int joinNonce)
        {
            session.FCntUp = 0;
            session.FCntUpLimit = 0;
            session.FCntDownNext = 0;
            if (!TrySaveNonces(NextDevNonce, joinNonce))
            {
                return false;
            }

            LastJoinNonce = joinNonce;
            return TrySaveCounters(session, 0, 0) && TrySaveSession(session);
        }

        /// <summary>Makes sure that the next uplink's counter is reserved; writes once in <see cref="FCntUpBlock"/> uplinks.</summary>
        /// <returns>False when the store refused: nothing may be sent.</returns>
        public bool TryReserveFCntUp(Session session)
        {
            if (session.FCntUp < session.FCntUpLimit)
            {
                return true;
            }

            uint limit = session.FCntUp + FCntUpBlock;
            if (limit < session.FCntUp || !TrySaveCounters(session, limit, session.FCntDownNext))
            {
                return false;
            }

            session.FCntUpLimit = limit;
            return true;
        }

        /// <summary>Notes a downlink's counter as used, before the downlink has any effect.</summary>
        /// <returns>False when the store refused: the downlink must be dropped, or it could be replayed after a restart.</returns>
        public bool TryUseFCntDown(Session session, uint fCnt)
        {
            uint limit = session.FCntUpLimit > session.FCntUp ? session.FCntUpLimit : session.FCntUp;
            if (fCnt == 0xFFFFFFFF || !TrySaveCounters(session, limit, fCnt + 1))
            {
                return false;
            }

            session.FCntUpLimit = limit;
            session.FCntDownNext = fCnt + 1;
            return true;
        }

        /// <summary>Keeps the session with its MAC parameters.</summary>
        /// <returns>False when the store refused.</returns>
        public bool TrySaveSession(Session session)
        {
            MacParameters parameters = session.Parameters;
            Wire.WriteUInt32(_buffer, Body, _identityCheck);
            Wire.WriteUInt16(_buffer, Body + 4, session.DevNonce);
            Wire.WriteUInt32(_buffer, Body + 6, session.DevAddr);
            Wire.WriteUInt24(_buffer, Body + 10, session.NetId);
            Array.Copy(session.NetworkSessionKey, 0, _buffer, Body + 13, 16);
            Array.Copy(session.ApplicationSessionKey, 0, _buffer, Body + 29, 16);
            _buffer[Body + 45] = (byte)parameters.RxDelayS;
            _buffer[Body + 46] = (byte)parameters.Rx1DataRateOffset;
            _buffer[Body + 47] = (byte)parameters.Rx2DataRate;
            Wire.WriteUInt24(_buffer, Body + 48, parameters.Rx2FrequencyHz / 100);
            _buffer[Body + 51] = (byte)parameters.DataRate;
            _buffer[Body + 52] = (byte)parameters.PowerIndex;
            _buffer[Body + 53] = (byte)parameters.TransmissionCount;
            _buffer[Body + 54] = (byte)parameters.MaximumDutyCycle;
            Wire.WriteUInt16(_buffer, Body + 55, parameters.ChannelMask.Group(0));
            _buffer[Body + 57] = (byte)parameters.FrequenciesHz.Length;
            int offset = Body + SessionFixedLength;
            for (int i = 0; i < parameters.FrequenciesHz.Length; i++)
            {
                Wire.WriteUInt24(_buffer, offset, parameters.FrequenciesHz[i] / 100);
                Wire.WriteUInt24(_buffer, offset + 3, parameters.DownlinkFrequenciesHz[i] / 100);
                _buffer[offset + 6] = (byte)((parameters.MaximumDataRates[i] << 4) | parameters.MinimumDataRates[i]);
                offset += ChannelLength;
            }

            WriteRegion(session, offset);
            return _session.TryWrite(SessionFixedLength + ChannelsLength + RegionLength);
        }

        private bool LoadSession(Session session)
        {
            MacParameters parameters = session.Parameters;
            int channelCount = parameters.FrequenciesHz.Length;
            int length = _session.ReadNewest();
            bool hasRegion = length == SessionFixedLength + ChannelsLength + RegionLength;
            bool isOfRegion = hasRegion
                ? _buffer[Body + SessionFixedLength + ChannelsLength] == (int)session.Region.Id
                : length == SessionFixedLength + ChannelsLength && session.Region.Id == RegionId.Eu868;
            if (!isOfRegion
                || Wire.ReadUInt32(_buffer, Body) != _identityCheck
                || _buffer[Body + 57] != channelCount)
            {
                return false;
            }

            session.DevNonce = Wire.ReadUInt16(_buffer, Body + 4);
            session.DevAddr = Wire.ReadUInt32(_buffer, Body + 6);
            session.NetId = Wire.ReadUInt24(_buffer, Body + 10);
            Array.Copy(_buffer, Body + 13, session.NetworkSessionKey, 0, 16);
            Array.Copy(_buffer, Body + 29, session.ApplicationSessionKey, 0, 16);
            parameters.RxDelayS = _buffer[Body + 45];
            parameters.Rx1DataRateOffset = _buffer[Body + 46];
            parameters.Rx2DataRate = _buffer[Body + 47];
            parameters.Rx2FrequencyHz = Wire.ReadUInt24(_buffer, Body + 48) * 100;
            parameters.DataRate = _buffer[Body + 51];
            parameters.PowerIndex = _buffer[Body + 52];
            parameters.TransmissionCount = _buffer[Body + 53];
            parameters.MaximumDutyCycle = _buffer[Body + 54];
            parameters.ChannelMask.Clear();
            parameters.ChannelMask.SetGroup(0, Wire.ReadUInt16(_buffer, Body + 55));
            int offset = Body + SessionFixedLength;
            for (int i = 0; i < channelCount; i++)
            {
                parameters.FrequenciesHz[i] = Wire.ReadUInt24(_buffer, offset) * 100;
                parameters.DownlinkFrequenciesHz[i] = Wire.ReadUInt24(_buffer, offset + 3) * 100;
                parameters.MinimumDataRates[i] = (byte)(_buffer[offset + 6] & 0x0F);
                parameters.MaximumDataRates[i] = (byte)(_buffer[offset + 6] >> 4);
                offset += ChannelLength;
            }

            if (hasRegion)
            {
                ReadRegion(parameters, offset + 1);
            }

            return true;
        }

        private void WriteRegion(Session session, int offset)
        {
            MacParameters parameters = session.Parameters;
            _buffer[offset] = (byte)session.Region.Id;
            offset++;
            for (int i = 1; i < ChannelMask.GroupCount; i++)
            {
                Wire.WriteUInt16(_buffer, offset, parameters.ChannelMask.Group(i));
                offset += 2;
            }

            _buffer[offset] = (byte)((parameters.HasUplinkDwellTime ? 1 : 0) | (parameters.HasDownlinkDwellTime ? 2 : 0));
            _buffer[offset + 1] = (byte)parameters.MaximumPowerDbm;
        }

        private void ReadRegion(MacParameters parameters, int offset)
        {
            for (int i = 1; i < ChannelMask.GroupCount; i++)
            {
                parameters.ChannelMask.SetGroup(i, Wire.ReadUInt16(_buffer, offset));
                offset += 2;
            }

            parameters.HasUplinkDwellTime = (_buffer[offset] & 1) != 0;
            parameters.HasDownlinkDwellTime = (_buffer[offset] & 2) != 0;
            parameters.MaximumPowerDbm = _buffer[offset + 1];
        }

        // The newest counters may be those of a join whose session was never written; the other slot then still holds this session's.
        private bool LoadCounters(Session session)
        {
            int length = _counters.ReadNewest();
            if (length != CountersLength || Wire.ReadUInt16(_buffer, Body) != session.DevNonce)
            {
                length = _counters.ReadOther();
                if (length != CountersLength || Wire.ReadUInt16(_buffer, Body) != session.DevNonce)
                {
                    return false;
                }

                _counters.KeepOther();
            }

            session.FCntUp = Wire.ReadUInt32(_buffer, Body + 2);
            session.FCntUpLimit = session.FCntUp;
            session.FCntDownNext = Wire.ReadUInt32(_buffer, Body + 6);
            return true;
        }

        private bool TrySaveCounters(Session session, uint fCntUpLimit, uint fCntDownNext)
        {
            Wire.WriteUInt16(_buffer, Body, session.DevNonce);
            Wire.WriteUInt32(_buffer, Body + 2, fCntUpLimit);
            Wire.WriteUInt32(_buffer, Body + 6, fCntDownNext);
            return _counters.TryWrite(CountersLength);
        }

        private void LoadNonces()
        {
            NextDevNonce = 0;
            LastJoinNonce = -1;
            if (_nonces.ReadNewest() != NoncesLength)
            {
                return;
            }

            NextDevNonce = Wire.ReadUInt24(_buffer, Body + 4);

            // JoinNonce is counted by the join server for one device and key; another identity begins anew. DevNonce simply goes on.
            if (Wire.ReadUInt32(_buffer, Body) == _identityCheck && _buffer[Body + 7] != 0)
            {
                LastJoinNonce = Wire.ReadUInt24(_buffer, Body + 8);
            }
        }

        private bool TrySaveNonces(int nextDevNonce, int lastJoinNonce)
        {
            Wire.WriteUInt32(_buffer, Body, _identityCheck);
            Wire.WriteUInt24(_buffer, Body + 4, nextDevNonce);
            _buffer[Body + 7] = (byte)(lastJoinNonce >= 0 ? 1 : 0);
            Wire.WriteUInt24(_buffer, Body + 8, lastJoinNonce >= 0 ? lastJoinNonce : 0);
            _buffer[Body + 11] = 0;
            return _nonces.TryWrite(NoncesLength);
        }
    }
}
