// Frames as the tester builds and reads them, byte by byte from the specification. Nothing of the controller's codecs is used.
using System.Buffers.Binary;

namespace Simulation.Conformance.Bench;

/// <summary>The keys of a session.</summary>
internal sealed record SessionKeys(byte[] NetworkSessionKey, byte[] ApplicationSessionKey);

/// <summary>A downlink to be built. What is null is the right value; the rest makes it wrong on purpose.</summary>
internal sealed record DownlinkSpec
{
    /// <summary>FPort; null for none.</summary>
    public int? FPort { get; init; }

    /// <summary>FRMPayload in the clear, hexadecimal.</summary>
    public string Payload { get; init; } = "";

    /// <summary>FOpts, hexadecimal.</summary>
    public string FOpts { get; init; } = "";

    /// <summary>Whether it must be acknowledged.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>FCtrl.ACK.</summary>
    public bool IsAck { get; init; }

    /// <summary>FCtrl.FPending.</summary>
    public bool IsFramePending { get; init; }

    /// <summary>FCtrl.ADR.</summary>
    public bool IsAdaptive { get; init; }

    /// <summary>The RFU bit of a downlink's FCtrl.</summary>
    public bool IsRfuSet { get; init; }

    /// <summary>The counter to use, instead of the next.</summary>
    public uint? FCnt { get; init; }

    /// <summary>The address to use, instead of the device's.</summary>
    public uint? DevAddr { get; init; }

    /// <summary>The first octet, instead of the right one.</summary>
    public byte? MacHeader { get; init; }

    /// <summary>Octets cut off the end, or added when negative.</summary>
    public int CutOctets { get; init; }

    /// <summary>Whether a bit of the MIC is wrong.</summary>
    public bool IsMicBroken { get; init; }

    /// <summary>Whether FPort 0 is enciphered with AppSKey, against the specification.</summary>
    public bool IsWronglyKeyed { get; init; }
}

/// <summary>A data uplink as the tester has heard it.</summary>
internal sealed record HeardUplink(Transmission Transmission, uint FCnt, byte FrameControl, byte[] FOptsBytes, int? FPort, byte[] PayloadBytes)
{
    /// <summary>Whether the network must acknowledge.</summary>
    public bool IsConfirmed => Transmission.Frame[0] >> 5 == 4;

    /// <summary>FCtrl.ADR.</summary>
    public bool IsAdaptive => (FrameControl & 0x80) != 0;

    /// <summary>FCtrl.ADRACKReq.</summary>
    public bool IsAdrAckReq => (FrameControl & 0x40) != 0;

    /// <summary>FCtrl.ACK.</summary>
    public bool IsAck => (FrameControl & 0x20) != 0;

    /// <summary>FOpts, hexadecimal.</summary>
    public string FOpts => Convert.ToHexStringLower(FOptsBytes);

    /// <summary>FRMPayload in the clear, hexadecimal.</summary>
    public string Payload => Convert.ToHexStringLower(PayloadBytes);

    /// <summary>MAC commands, wherever they are.</summary>
    public string MacCommands => FPort == 0 ? Payload : FOpts;
}

/// <summary>A join-request as the tester has heard it.</summary>
internal sealed record HeardJoinRequest(Transmission Transmission, byte[] JoinEui, byte[] DevEui, int DevNonce);

/// <summary>What a join-accept says, and what is wrong with it on purpose.</summary>
internal sealed record JoinAcceptSpec
{
    /// <summary>JoinNonce.</summary>
    public int JoinNonce { get; init; }

    /// <summary>NetID.</summary>
    public int NetId { get; init; } = 0x13;

    /// <summary>DevAddr.</summary>
    public uint DevAddr { get; init; }

    /// <summary>DLSettings: RX1DROffset in bits 6:4, RX2DataRate in bits 3:0.</summary>
    public byte DlSettings { get; init; }

    /// <summary>RXDelay.</summary>
    public byte RxDelay { get; init; } = 1;

    /// <summary>CFList of 16 octets, hexadecimal; empty for none.</summary>
    public string CfList { get; init; } = "";

    /// <summary>Whether a bit of the MIC is wrong.</summary>
    public bool IsMicBroken { get; init; }

    /// <summary>Octets cut off the end.</summary>
    public int CutOctets { get; init; }

    /// <summary>The first octet.</summary>
    public byte MacHeader { get; init; } = 0x20;
}

/// <summary>Building and reading.</summary>
internal static class TesterFrames
{
    private const int MicLength = 4;

    /// <summary>A downlink data frame.</summary>
    public static byte[] Downlink(DownlinkSpec spec, SessionKeys keys, uint devAddr, uint fCnt)
    {
        byte[] fOpts = Convert.FromHexString(spec.FOpts);
        byte[] payload = Convert.FromHexString(spec.Payload);
        uint address = spec.DevAddr ?? devAddr;
        List<byte> frame = [spec.MacHeader ?? (byte)((spec.IsConfirmed ? 5 : 3) << 5)];
        frame.AddRange(BitConverter.GetBytes(address));
        frame.Add((byte)(
            (spec.IsAdaptive ? 0x80 : 0) | (spec.IsRfuSet ? 0x40 : 0) | (spec.IsAck ? 0x20 : 0) | (spec.IsFramePending ? 0x10 : 0) | fOpts.Length));
        frame.AddRange(BitConverter.GetBytes((ushort)fCnt));
        frame.AddRange(fOpts);
        if (spec.FPort is { } fPort)
        {
            frame.Add((byte)fPort);
            bool isNetworkKey = fPort == 0 && !spec.IsWronglyKeyed;
            byte[] key = isNetworkKey ? keys.NetworkSessionKey : keys.ApplicationSessionKey;
            frame.AddRange(TesterCrypto.Payload(key, true, address, fCnt, payload));
        }

        byte[] mic = TesterCrypto.DataMic(keys.NetworkSessionKey, true, address, fCnt, [.. frame]);
        mic[0] ^= (byte)(spec.IsMicBroken ? 1 : 0);
        frame.AddRange(mic);
        return Resized([.. frame], spec.CutOctets);
    }

    /// <summary>Reads a data uplink; throws when it is not one that the keys fit.</summary>
    public static HeardUplink Uplink(Transmission transmission, SessionKeys keys, uint devAddr, uint nextFCnt)
    {
        byte[] frame = transmission.Frame;
        Check.That(frame.Length >= 12, "a data frame of " + frame.Length + " octets");
        Check.That((frame[0] & 0x1F) == 0 && frame[0] >> 5 is 2 or 4, "MHDR " + frame[0].ToString("x2", null));
        Check.Equal(devAddr, BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(1)), "DevAddr of the uplink");
        uint fCnt = Extend(BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(6)), nextFCnt);
        byte[] mic = TesterCrypto.DataMic(keys.NetworkSessionKey, false, devAddr, fCnt, frame.AsSpan(0, frame.Length - MicLength));
        Check.Equal(Convert.ToHexStringLower(mic), Convert.ToHexStringLower(frame.AsSpan(frame.Length - MicLength)), "MIC of the uplink with counter " + fCnt);
        int fOptsEnd = 8 + (frame[5] & 0x0F);
        int end = frame.Length - MicLength;
        Check.That(fOptsEnd <= end, "FOptsLen is longer than the frame");
        int? fPort = fOptsEnd < end ? frame[fOptsEnd] : null;
        byte[] payload = fPort is null ? [] : frame[(fOptsEnd + 1)..end];
        byte[] key = fPort == 0 ? keys.NetworkSessionKey : keys.ApplicationSessionKey;
        return new HeardUplink(transmission, fCnt, frame[5], frame[8..fOptsEnd], fPort, TesterCrypto.Payload(key, false, devAddr, fCnt, payload));
    }

    /// <summary>Reads a join-request; throws when it is not one of the device's.</summary>
    public static HeardJoinRequest JoinRequest(Transmission transmission, byte[] appKey)
    {
        byte[] frame = transmission.Frame;
        Check.Equal(23, frame.Length, "octets of the join-request");
        Check.Equal(0, frame[0], "MHDR of the join-request");
        byte[] mic = TesterCrypto.Cmac(appKey, frame.AsSpan(0, 19))[..MicLength];
        Check.Equal(Convert.ToHexStringLower(mic), Convert.ToHexStringLower(frame.AsSpan(19)), "MIC of the join-request");
        byte[] joinEui = frame[1..9];
        byte[] devEui = frame[9..17];
        Array.Reverse(joinEui);
        Array.Reverse(devEui);
        return new HeardJoinRequest(transmission, joinEui, devEui, BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(17)));
    }

    /// <summary>A join-accept.</summary>
    public static byte[] JoinAccept(JoinAcceptSpec spec, byte[] appKey)
    {
        List<byte> plain = [spec.MacHeader];
        plain.AddRange(BitConverter.GetBytes(spec.JoinNonce).AsSpan(0, 3));
        plain.AddRange(BitConverter.GetBytes(spec.NetId).AsSpan(0, 3));
        plain.AddRange(BitConverter.GetBytes(spec.DevAddr));
        plain.Add(spec.DlSettings);
        plain.Add(spec.RxDelay);
        plain.AddRange(Convert.FromHexString(spec.CfList));
        byte[] mic = TesterCrypto.Cmac(appKey, [.. plain])[..MicLength];
        mic[0] ^= (byte)(spec.IsMicBroken ? 1 : 0);
        byte[] body = [.. plain.Skip(1), .. mic];
        return Resized([spec.MacHeader, .. TesterCrypto.Decrypt(appKey, body)], spec.CutOctets);
    }

    /// <summary>The keys that follow from a join.</summary>
    public static SessionKeys DeriveKeys(byte[] appKey, JoinAcceptSpec accept, int devNonce)
    {
        byte[] block = new byte[16];
        BitConverter.GetBytes(accept.JoinNonce).AsSpan(0, 3).CopyTo(block.AsSpan(1));
        BitConverter.GetBytes(accept.NetId).AsSpan(0, 3).CopyTo(block.AsSpan(4));
        BitConverter.GetBytes((ushort)devNonce).CopyTo(block, 7);
        block[0] = 1;
        byte[] networkSessionKey = TesterCrypto.Encrypt(appKey, block);
        block[0] = 2;
        return new SessionKeys(networkSessionKey, TesterCrypto.Encrypt(appKey, block));
    }

    // The counter nearest to the expected one, back to the one before (a repetition).
    private static uint Extend(ushort low, uint next)
    {
        uint from = next == 0 ? 0 : next - 1;
        uint candidate = (from & 0xFFFF0000) | low;
        return candidate < from ? candidate + 0x10000 : candidate;
    }

    private static byte[] Resized(byte[] frame, int cutOctets)
    {
        Array.Resize(ref frame, frame.Length - cutOctets);
        return frame;
    }
}
