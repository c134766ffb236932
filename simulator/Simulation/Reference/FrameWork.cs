// Data frames built and opened, for measuring how many a second that is. No clock: who wants to know measures from outside.
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Parts;

namespace Simulation.Reference;

/// <summary>
/// Frames of the reference workload from a thousand devices: built as a device does it, with keys that it keeps expanded, and opened as a network
/// server does it, with other keys for every frame.
/// </summary>
public sealed class FrameWork
{
    private const int DeviceCount = 1000;

    private readonly FrameCodec[] _devices = new FrameCodec[DeviceCount];
    private readonly FrameCodec _server = new(new AesBlock());
    private readonly byte[][] _networkSessionKeys = new byte[DeviceCount][];
    private readonly byte[][] _applicationSessionKeys = new byte[DeviceCount][];
    private readonly byte[][] _frames = new byte[DeviceCount][];
    private readonly uint[] _counters = new uint[DeviceCount];
    private readonly byte[] _payload = new byte[ReferenceWorkload.PayloadLength];
    private readonly byte[] _opened = new byte[ReferenceWorkload.FrameLength];
    private readonly DataFrame _header = new();
    private int _next;

    /// <summary>Makes the devices, and a frame of each.</summary>
    public FrameWork()
    {
        for (int device = 0; device < DeviceCount; device++)
        {
            _devices[device] = new FrameCodec(new AesBlock());
            _networkSessionKeys[device] = MakeKey("NwkSKey", device);
            _applicationSessionKeys[device] = MakeKey("AppSKey", device);
            _frames[device] = new byte[ReferenceWorkload.FrameLength];
        }

        Build(DeviceCount);
    }

    /// <summary>Builds frames: header, encryption, MIC.</summary>
    /// <param name="count">How many, from one device after the other.</param>
    public void Build(int count)
    {
        for (; count > 0; count--)
        {
            int device = Next();
            _header.Clear();
            _header.DevAddr = (uint)device;
            _header.IsAdaptiveDataRate = true;
            _header.FPort = 1;
            _header.PayloadLength = _payload.Length;
            _payload[0] = (byte)device;
            _ = _devices[device].BuildData(
                _header, ++_counters[device], _networkSessionKeys[device], _applicationSessionKeys[device], _payload, _payload, _frames[device]);
        }
    }

    /// <summary>Opens frames: header, MIC, decryption.</summary>
    /// <param name="count">How many, of one device after the other.</param>
    /// <returns>How many were right; all, unless something is broken.</returns>
    public int Open(int count)
    {
        int rightCount = 0;
        for (; count > 0; count--)
        {
            int device = Next();
            byte[] frame = _frames[device];
            if (FrameCodec.TryParse(frame, frame.Length, _header)
                && _server.IsMicValid(_header, _counters[device], _networkSessionKeys[device], frame, frame.Length))
            {
                Array.Copy(frame, _opened, frame.Length);
                _server.CipherPayload(_header, _counters[device], _networkSessionKeys[device], _applicationSessionKeys[device], _opened);
                rightCount += _opened[_header.PayloadOffset] == (byte)device ? 1 : 0;
            }
        }

        return rightCount;
    }

    private static byte[] MakeKey(string name, int device)
    {
        var random = new RandomStream(1, name, device);
        return [.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))];
    }

    private int Next()
    {
        int device = _next;
        _next = device + 1 < DeviceCount ? device + 1 : 0;
        return device;
    }
}
