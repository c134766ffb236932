// A pole as the network sees it: the controller's own code for settings, commands and blocks, behind ports instead of a radio.
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace Provisioning.Tests.Downlinks;

/// <summary>A pole.</summary>
internal sealed class TestPole
{
    private const int NoGroup = -1;

    private readonly LampHarness _lamp = new();
    private readonly SettingsStore _store;
    private readonly CommandProcessor _commands;
    private readonly SettingsBlockConsumer _blocks;
    private readonly FragmentDecoder _decoder = new();
    private readonly FragmentationCommand _session = new();
    private bool _hasSession;
    private bool _isOver;

    public TestPole()
    {
        _store = new SettingsStore(_lamp.Store);
        _commands = new CommandProcessor(_lamp.Lighting, _lamp.Schedule, _lamp.Clock, _lamp.Settings, _store);
        _blocks = new SettingsBlockConsumer(_lamp.Settings, _store, _lamp.Schedule);
    }

    public ControllerSettings Settings => _lamp.Settings;

    public int Hash => new SettingsHash().Compute(_lamp.Settings);

    /// <summary>Everything that reached it.</summary>
    public List<(int Port, byte[] Payload)> Heard { get; } = [];

    /// <summary>Its GenAppKey; empty for a pole that has none and hears no multicast group.</summary>
    public byte[] GenAppKey { get; set; } = [];

    /// <summary>Its clock, UTC in milliseconds since 1970; null for a clock that is not known.</summary>
    public Func<long>? NowUtcMs { get; set; }

    /// <summary>Its groups by McGroupID.</summary>
    public PoleController.LoRaWan.Packages.MulticastGroup[] Groups { get; } = [new(), new(), new(), new()];

    /// <summary>Whether its store refuses writes.</summary>
    public bool IsStoreBroken
    {
        set => _lamp.Store.Refuses = value;
    }

    /// <summary>Gives it settings as a technician would.</summary>
    public void Provision(ControllerSettings settings)
    {
        byte[] record = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(settings, 0, record);
        Assert.True(SettingsCodec.TryDecode(record, length, _lamp.Settings));
        _lamp.Settings.Revision = 1;
        Assert.True(_store.TrySave(_lamp.Settings));
    }

    public (int Port, byte[] Payload) Status() => (MessagePort.Status, Fleet.FleetBench.Status(1000, settingsHash: Hash));

    /// <summary>Takes a downlink.</summary>
    /// <returns>What it answers.</returns>
    public List<(int Port, byte[] Payload)> Take(int port, byte[] payload)
    {
        Heard.Add((port, payload));
        if (port == MessagePort.Command)
        {
            byte[] answer = new byte[CommandAnswer.Length];
            _commands.Process(_lamp.NowMs, payload, payload.Length, answer);
            return [(port, answer)];
        }

        return port switch
        {
            PackageId.FragmentationPort => TakePackage(payload, NoGroup),
            PackageId.MulticastSetupPort => TakeSetup(payload),
            _ => [],
        };
    }

    /// <summary>Takes a frame of a multicast group, if it has the keys and the counter is one that it accepts.</summary>
    /// <returns>What it answers.</returns>
    public List<(int Port, byte[] Payload)> TakeFromGroup(NetworkServers.MulticastGroup frame, int port, byte[] payload)
    {
        int id = Array.FindIndex(Groups, group => group.IsDefined && group.McAddr.ToString("x8", System.Globalization.CultureInfo.InvariantCulture) == frame.McAddr
            && Convert.ToHexStringLower(group.McNetSKey) == frame.Keys.McNwkSKey && Convert.ToHexStringLower(group.McAppSKey) == frame.Keys.McAppSKey);
        if (id < 0 || frame.FrameCounter < Groups[id].NextMcFCnt || frame.FrameCounter > Groups[id].MaxMcFCnt)
        {
            return [];
        }

        Groups[id].NextMcFCnt = (uint)frame.FrameCounter + 1;
        HeardFromGroup.Add((port, payload));
        if (port != MessagePort.Command)
        {
            return port == PackageId.FragmentationPort ? TakePackage(payload, id) : [];
        }

        byte[] answer = new byte[CommandAnswer.Length];
        _commands.Process(_lamp.NowMs, payload, payload.Length, CommandWay.Multicast, answer);
        return [(port, answer)];
    }

    /// <summary>What it heard of its groups.</summary>
    public List<(int Port, byte[] Payload)> HeardFromGroup { get; } = [];

    /// <summary>It restarts: a session of fragments does not survive.</summary>
    public void Restart() => _hasSession = false;

    // TS005: a group's key is deciphered with the controller's own code.
    private List<(int Port, byte[] Payload)> TakeSetup(byte[] payload)
    {
        MulticastSetupCommand command = new();
        byte[] answer = new byte[64];
        int length = 0;
        int offset = 0;
        int used;
        while ((used = command.DecodeDownlink(payload, offset, payload.Length)) > 0)
        {
            offset += used;
            if (command.Cid == MulticastSetupCommand.McGroupSetup)
            {
                command.IsIdError = GenAppKey.Length == 0;
                SetGroup(command);
            }
            else
            {
                command.IsGroupUndefined = !Groups[command.GroupId].IsDefined;
                command.IsStartMissed = NowUtcMs is not null && NowUtcMs() >= PoleController.Time.GpsTime.UtcMs(command.SessionTimeS);
                command.TimeToStartS = NowUtcMs is null
                    ? MulticastSetupCommand.MaximumTimeToStartS
                    : (int)((PoleController.Time.GpsTime.UtcMs(command.SessionTimeS) - NowUtcMs()) / 1000);
            }

            length += command.EncodeUplink(answer, length);
        }

        return [(PackageId.MulticastSetupPort, answer[..length])];
    }

    private void SetGroup(MulticastSetupCommand command)
    {
        if (command.IsIdError)
        {
            return;
        }

        using SimulatedAes aes = new();
        PackageKeys keys = new(aes);
        byte[] key = [.. command.McKeyEncrypted];
        keys.DecryptMcKey(GenAppKey, key);
        PoleController.LoRaWan.Packages.MulticastGroup group = Groups[command.GroupId];
        group.IsDefined = true;
        group.McAddr = command.McAddr;
        keys.DeriveMcSessionKeys(key, command.McAddr, group.McNetSKey, group.McAppSKey);
        group.NextMcFCnt = command.MinMcFCnt;
        group.MaxMcFCnt = command.MaxMcFCnt;
    }

    private List<(int Port, byte[] Payload)> TakePackage(byte[] payload, int groupId)
    {
        FragmentationCommand command = new();
        Assert.True(command.DecodeDownlink(payload, 0, payload.Length) > 0);
        if (command.Cid == FragmentationCommand.FragSessionStatus)
        {
            return TellStatus();
        }

        if (command.Cid == FragmentationCommand.FragSessionSetup)
        {
            Assert.True(FragmentDecoder.IsSize(command.FragmentCount, command.FragmentSize));
            _session.DecodeDownlink(payload, 0, payload.Length);
            _decoder.Start(command.FragmentCount, command.FragmentSize);
            (_hasSession, _isOver) = (true, false);
            byte[] answer = new byte[8];
            return [(PackageId.FragmentationPort, answer[..command.EncodeUplink(answer, 0)])];
        }

        bool isAllowed = groupId == NoGroup || (_session.GroupMask & (1 << groupId)) != 0;
        if (!_hasSession || _isOver || !isAllowed || command.Cid != FragmentationCommand.DataFragment || command.PayloadLength != _session.FragmentSize)
        {
            return [];
        }

        _decoder.Take(command.N, payload, command.PayloadOffset, command.PayloadLength);
        while (_decoder.IsSolving)
        {
            _decoder.Solve();
        }

        return _decoder.IsComplete ? TakeBlock() : [];
    }

    private List<(int Port, byte[] Payload)> TellStatus()
    {
        if (!_hasSession || _decoder.MissingCount == 0)
        {
            return [];
        }

        FragmentationCommand status = new() { Cid = FragmentationCommand.FragSessionStatus, Version = 1, MissingCount = _decoder.MissingCount, ReceivedCount = 1 };
        byte[] answer = new byte[8];
        return [(PackageId.FragmentationPort, answer[..status.EncodeUplink(answer, 0)])];
    }

    private List<(int Port, byte[] Payload)> TakeBlock()
    {
        _isOver = true;
        int length = (_session.FragmentCount * _session.FragmentSize) - _session.Padding;
        Assert.True(_blocks.IsWanted(_session.Descriptor, length));
        _blocks.Take(_lamp.NowMs, _session.Descriptor, 0, 0, _decoder.Block, length);
        byte[] answer = new byte[CommandAnswer.Length];
        _blocks.TakeAnswer(answer);
        return [(MessagePort.Command, answer)];
    }
}
