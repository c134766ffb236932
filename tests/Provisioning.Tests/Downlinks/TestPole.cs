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

        return port == PackageId.FragmentationPort ? TakePackage(payload) : [];
    }

    /// <summary>It restarts: a session of fragments does not survive.</summary>
    public void Restart() => _hasSession = false;

    private List<(int Port, byte[] Payload)> TakePackage(byte[] payload)
    {
        FragmentationCommand command = new();
        Assert.True(command.DecodeDownlink(payload, 0, payload.Length) > 0);
        if (command.Cid == FragmentationCommand.FragSessionSetup)
        {
            Assert.True(FragmentDecoder.IsSize(command.FragmentCount, command.FragmentSize));
            _session.DecodeDownlink(payload, 0, payload.Length);
            _decoder.Start(command.FragmentCount, command.FragmentSize);
            (_hasSession, _isOver) = (true, false);
            byte[] answer = new byte[8];
            return [(PackageId.FragmentationPort, answer[..command.EncodeUplink(answer, 0)])];
        }

        if (!_hasSession || _isOver || command.Cid != FragmentationCommand.DataFragment)
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
