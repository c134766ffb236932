// The poles as the network server knows them, found by address or index.
using System.Buffers.Binary;
using PoleController.LoRaWan;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>All devices of a network server, and whose a DevAddr is.</summary>
internal sealed class DeviceDirectory
{
    private const uint LastAddress = 0x1FFFFFF; // 25 bits of network address

    private readonly NetworkDevice[] _devices;
    private readonly uint _firstDevAddr;
    private readonly Dictionary<uint, int> _personalised = [];

    /// <summary>Makes it with every pole known and none joined.</summary>
    /// <param name="settings">The settings, for NetID and for what a device knows after a join.</param>
    /// <param name="poles">The poles.</param>
    /// <exception cref="ArgumentException">An identity has the wrong length.</exception>
    public DeviceDirectory(NetworkSettings settings, IReadOnlyList<PoleSite> poles)
    {
        // DevAddr: the six low bits of a type 0 NetID, then 25 bits for the pole (LoRaWAN Backend Interfaces 1.0, section 13).
        _firstDevAddr = (uint)(settings.NetId & 0x3F) << 25;
        _devices = new NetworkDevice[poles.Count];
        for (int pole = 0; pole < _devices.Length; pole++)
        {
            PoleSite site = poles[pole];
            if (site.DevEui.Length != 8 || site.JoinEui.Length != 8 || site.AppKey.Length != 16)
            {
                throw new ArgumentException($"Pole {pole} needs a DevEUI and a JoinEUI of 8 bytes and an AppKey of 16 bytes.", nameof(poles));
            }

            _devices[pole] = new NetworkDevice(pole, _firstDevAddr | (uint)pole, BinaryPrimitives.ReadUInt64BigEndian(site.JoinEui), site.AppKey)
            {
                GenAppKey = site.GenAppKey,
            };
            _devices[pole].SetJoinParameters(settings);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _devices.Length;

    /// <summary>The device of a pole.</summary>
    /// <param name="pole">The pole's index.</param>
    public NetworkDevice this[int pole] => _devices[pole];

    /// <summary>The address of a multicast group: from the end of the network's addresses, where no pole is.</summary>
    /// <param name="group">The group's index.</param>
    public uint GroupAddress(int group) => _firstDevAddr | (LastAddress - (uint)group);

    /// <summary>The device with an address; null when there is none.</summary>
    public NetworkDevice? Find(uint devAddr)
    {
        if (_personalised.Count > 0 && _personalised.TryGetValue(devAddr, out int personalised))
        {
            return _devices[personalised];
        }

        uint pole = devAddr - _firstDevAddr;
        return pole < (uint)_devices.Length && _devices[pole].DevAddr == devAddr ? _devices[pole] : null;
    }

    /// <summary>Gives a pole a session without a join (activation by personalisation).</summary>
    public void Personalise(
        int pole, uint devAddr, ReadOnlySpan<byte> networkSessionKey, ReadOnlySpan<byte> applicationSessionKey, int powerIndex, uint uplinkCounter,
        uint downlinkCounter)
    {
        NetworkDevice device = _devices[pole];
        _personalised.Remove(device.DevAddr);
        _personalised.Add(devAddr, pole);
        device.DevAddr = devAddr;
        device.Pending.IsValid = false;
        device.Active.Reset();
        device.Active.LastUplinkCounter = (long)uplinkCounter - 1;
        device.Active.NextDownlinkCounter = downlinkCounter;
        networkSessionKey.CopyTo(device.Active.NetworkSessionKey);
        applicationSessionKey.CopyTo(device.Active.ApplicationSessionKey);
        device.PowerIndex = powerIndex;
        device.ChannelMask = (1 << Eu868.Parameters.DefaultFrequenciesHz.Length) - 1;
    }
}
