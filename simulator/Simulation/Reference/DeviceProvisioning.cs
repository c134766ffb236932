// Sessions for the devices of the reference workload: written into their stores by the controller's own record keepers, and told to the network
// server. So all begin with a session and none has to join: ten thousand join-accepts would take one gateway a day.
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Network;
using Simulation.Parts;

namespace Simulation.Reference;

/// <summary>Makes identities and sessions.</summary>
internal sealed class DeviceProvisioning
{
    private const uint FirstDevAddr = 0x02000000; // NetID 1: LoRaWAN Backend Interfaces 1.0, section 13
    private const int PowerIndex = 1; // 14 dBm in EU868

    private readonly byte[] _record = new byte[256];
    private readonly int _rx2DataRate;
    private readonly long _seed;

    /// <summary>Makes it.</summary>
    /// <param name="seed">The run's seed: the keys come from it.</param>
    /// <param name="network">The server's settings: RX2 has to be where it sends.</param>
    public DeviceProvisioning(long seed, NetworkSettings network)
    {
        _seed = seed;
        _rx2DataRate = network.Rx2DataRate;
    }

    /// <summary>An identity of its own for a device.</summary>
    public LoRaWanIdentity MakeIdentity(int index)
    {
        var identity = new LoRaWanIdentity { IsProvisioned = true };
        FillKey(identity.AppKey, "AppKey", index);
        identity.DevEui[0] = 0x02; // locally administered
        identity.JoinEui[0] = 0x02;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(identity.DevEui.AsSpan(4), index + 1);
        return identity;
    }

    /// <summary>A store with an identity and a session in it; the network server gets the same session.</summary>
    /// <param name="index">The device's index.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="spreadingFactor">7 to 12.</param>
    /// <param name="network">The network.</param>
    public MemoryStore MakeStore(int index, LoRaWanIdentity identity, int spreadingFactor, FleetNetwork network)
    {
        var store = new MemoryStore();
        int length = IdentityStore.Encode(identity, _record);
        var identities = new IdentityStore(store, _record);
        var sessions = new SessionStore(store, _record);
        var session = new PoleController.LoRaWan.Session(new Region(RegionId.Eu868));
        if (!store.TryWrite(IdentityStore.RecordName, _record, length) || !identities.TryLoad(identity))
        {
            throw new InvalidOperationException($"The identity of device {index} is not as the controller wants it.");
        }

        sessions.Load(identities.Check, session);
        session.NetId = 1;
        session.DevAddr = FirstDevAddr + (uint)index;
        FillKey(session.NetworkSessionKey, "NwkSKey", index);
        FillKey(session.ApplicationSessionKey, "AppSKey", index);
        session.Parameters.DataRate = 12 - spreadingFactor;
        session.Parameters.PowerIndex = PowerIndex;
        session.Parameters.Rx2DataRate = _rx2DataRate;
        if (!sessions.TryBegin(session, joinNonce: 1))
        {
            throw new InvalidOperationException($"The session of device {index} could not be written.");
        }

        network.Personalise(index, session.DevAddr, session.NetworkSessionKey, session.ApplicationSessionKey, PowerIndex);
        return store;
    }

    private void FillKey(byte[] key, string name, int index)
    {
        var random = new RandomStream(_seed, name, index);
        for (int at = 0; at < key.Length; at++)
        {
            key[at] = (byte)random.Next(256);
        }
    }
}
