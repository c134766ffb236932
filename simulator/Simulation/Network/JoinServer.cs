// Over-the-air activation: which join-requests are believed, and the session that answers one. When the join-accept is sent, and from
// which gateway, is the network server's affair.
using System.Buffers.Binary;
using PoleController;
using PoleController.LoRaWan;
using Simulation.Parts;

namespace Simulation.Network;

/// <summary>The join server (TS001-1.0.4, section 6.2). It knows the AppKeys.</summary>
internal sealed class JoinServer
{
    private readonly NetworkSettings _settings;
    private readonly AesBlock _aes;
    private readonly JoinCodec _codec;
    private readonly FrameCrypto _crypto;
    private readonly Dictionary<ulong, NetworkDevice> _devices = [];
    private readonly JoinRequest _request = new();
    private readonly JoinAccept _accept = new();

    /// <summary>Makes it without devices.</summary>
    public JoinServer(NetworkSettings settings, AesBlock aes, FrameCrypto crypto)
    {
        _settings = settings;
        _aes = aes;
        _crypto = crypto;
        _codec = new JoinCodec(crypto);
        _accept.NetId = settings.NetId;
        _accept.Rx2DataRate = settings.Rx2DataRate;
        _accept.RxDelayS = settings.ReceiveDelayS;
        _accept.HasCfList = settings.HasCfList;
        for (int channel = 0; channel < settings.ChannelPlanHz.Count; channel++)
        {
            Wire.WriteUInt24(_accept.CfList, 3 * channel, settings.ChannelPlanHz[channel] / 100);
        }
    }

    /// <summary>DevNonce of the request that was last believed.</summary>
    public int DevNonce => _request.DevNonce;

    /// <summary>Length of a join-accept.</summary>
    public int AcceptLength => _accept.HasCfList ? JoinCodec.AcceptWithCfListLength : JoinCodec.AcceptLength;

    /// <summary>Adds a device.</summary>
    /// <exception cref="ArgumentException">There is one with this DevEUI.</exception>
    public void Add(byte[] devEui, NetworkDevice device)
    {
        if (!_devices.TryAdd(BinaryPrimitives.ReadUInt64BigEndian(devEui), device))
        {
            throw new ArgumentException($"DevEUI {Convert.ToHexString(devEui)} of pole {device.PoleIndex} is used twice.", nameof(devEui));
        }
    }

    /// <summary>Removes a device; one that is not there is none.</summary>
    public void Remove(byte[] devEui) => _devices.Remove(BinaryPrimitives.ReadUInt64BigEndian(devEui));

    /// <summary>Reads a join-request and decides whether to believe it. Changes nothing but <see cref="NetworkDevice.LastDevNonce"/>.</summary>
    /// <returns>The device, or null with the cause.</returns>
    public NetworkDevice? Check(byte[] frame, int length, out RefusalCause cause)
    {
        if (!JoinCodec.TryParseRequest(frame, length, _request))
        {
            cause = RefusalCause.Malformed;
            return null;
        }

        if (!_devices.TryGetValue(BinaryPrimitives.ReadUInt64BigEndian(_request.DevEui), out NetworkDevice? device)
            || device.JoinEui != BinaryPrimitives.ReadUInt64BigEndian(_request.JoinEui))
        {
            cause = RefusalCause.UnknownDevice;
            return null;
        }

        if (!_codec.IsMicValid(device.AppKey, frame, length))
        {
            cause = RefusalCause.BadMic;
            return null;
        }

        // DevNonce is a counter and never comes twice (TS001-1.0.4, section 6.2.5).
        if (_request.DevNonce <= device.LastDevNonce)
        {
            cause = RefusalCause.Replay;
            return null;
        }

        device.LastDevNonce = _request.DevNonce;
        cause = default;
        return device;
    }

    /// <summary>Makes the session that waits for the pole's first uplink, and the join-accept for it.</summary>
    /// <returns>The join-accept's length.</returns>
    public int Accept(NetworkDevice device, byte[] frame)
    {
        device.LastJoinNonce++;
        _accept.JoinNonce = device.LastJoinNonce;
        _accept.DevAddr = device.DevAddr;
        Session session = device.Pending;
        session.Reset();
        _crypto.DeriveSessionKeys(
            device.AppKey, device.LastJoinNonce, _settings.NetId, device.LastDevNonce, session.NetworkSessionKey, session.ApplicationSessionKey);

        int length = _codec.BuildPlainAccept(_accept, device.AppKey, frame);
        _aes.SelectKey(device.AppKey);
        for (int offset = 1; offset < length; offset += 16)
        {
            _aes.DecryptBlock(frame, offset); // so that the device needs encryption only (section 6.2.6)
        }

        return length;
    }
}
