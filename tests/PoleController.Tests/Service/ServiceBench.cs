// A pole with its service port, a technician who knows the key (or not), and power that can be cut.
using System.Security.Cryptography;
using System.Text;
using PoleController.LoRaWan;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Service;

internal sealed class ServiceBench : IDisposable
{
    public const string DevEui = "70b3d57ed005a1b2";

    public static readonly byte[] AppKey = Convert.FromHexString("a1b2c3d4e5f60718293a4b5c6d7e8f90");

    public static readonly byte[] GenAppKey = Convert.FromHexString("0f1e2d3c4b5a69788796a5b4c3d2e1f0");

    public static readonly byte[] ServiceKey = Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c");

    private readonly int _seed;
    private long _wakeMs;

    public ServiceBench(bool hasKey = true, int seed = 1)
    {
        _seed = seed;
        LoRaWanIdentity identity = new();
        Convert.FromHexString(DevEui).CopyTo(identity.DevEui, 0);
        AppKey.CopyTo(identity.AppKey, 0);
        GenAppKey.CopyTo(identity.GenAppKey, 0);
        if (hasKey)
        {
            ServiceKey.CopyTo(identity.ServiceKey, 0);
        }

        byte[] record = new byte[IdentityStore.RecordLength];
        IdentityStore.Encode(identity, record);
        Store.Records[IdentityStore.RecordName] = record;
        Boot();
    }

    public FaultableStore Store { get; } = new();

    public SimulatedUart Uart { get; } = new();

    public SimulatedAes Aes { get; } = new();

    public SilentRadio Radio { get; private set; } = new();

    public SimulatedDimmer Dimmer { get; } = new();

    public SimulatedRelay Relay { get; } = new();

    public SimulatedInput Input { get; } = new();

    public SimulatedMeter Meter { get; } = new();

    public SimulatedClimate Climate { get; } = new();

    public SimulatedWatchdog Watchdog { get; } = new();

    public Controller Controller { get; private set; } = null!;

    public long NowMs { get; private set; }

    /// <summary>The power comes, or comes back: everything but the store is as new.</summary>
    public void Boot(bool isPowerReturn = false)
    {
        Radio = new SilentRadio();
        Controller = new Controller(new PoleHardware(Dimmer, Radio, Aes, Store, new SimulatedRandom(_seed))
        {
            BoardName = "pole-controller-r1",
            Relay = Relay,
            Occupancy = Input,
            Meter = Meter,
            Climate = Climate,
            Service = Uart,
            Watchdog = Watchdog,
        });
        NowMs = 0;
        Controller.Start(NowMs, isPowerReturn);
        Step();
    }

    public void Step()
    {
        Radio.NowMs = NowMs;
        for (int i = 0; i < 8; i++)
        {
            _wakeMs = Controller.Step(NowMs);
            if (_wakeMs > NowMs)
            {
                return;
            }
        }

        Assert.Fail($"At {NowMs} ms the controller asked to be stepped at once again and again.");
    }

    public void Run(long durationMs)
    {
        long endMs = NowMs + durationMs;
        while (NowMs < endMs)
        {
            NowMs = Math.Min(Math.Min(_wakeMs, endMs), Math.Max(NowMs + 1, Radio.NextEventMs));
            Step();
        }
    }

    /// <summary>Types a line and waits for all of the answer.</summary>
    public string[] Ask(string line, long durationMs = 20_000)
    {
        Uart.TakeLines();
        Uart.Arrive(Encoding.ASCII.GetBytes(line + "\r\n"));
        Step();
        Run(durationMs);
        return Uart.TakeLines();
    }

    public string AskOne(string line)
    {
        return Assert.Single(Ask(line, 100));
    }

    /// <summary>Opens the port with a key.</summary>
    public string Unlock(byte[] key)
    {
        string answer = AskOne("unlock");
        byte[] challenge = Convert.FromHexString(Field(answer, "challenge"));
        Assert.Equal(DevEui, Field(answer, "devEui"));
        return AskOne("unlock " + Convert.ToHexStringLower(Response(key, challenge)));
    }

    public ServiceBench Opened()
    {
        Assert.StartsWith("ok unlock", Unlock(ServiceKey), StringComparison.Ordinal);
        return this;
    }

    public static string Field(string line, string key)
    {
        int start = line.IndexOf(" " + key + "=", StringComparison.Ordinal);
        Assert.True(start >= 0, $"No {key} in '{line}'.");
        start += key.Length + 2;
        int end = line.IndexOf(' ', start);
        return end < 0 ? line[start..] : line[start..end];
    }

    /// <summary>The response as docs/service-port.md describes it.</summary>
    public static byte[] Response(byte[] key, byte[] challenge)
    {
        return Cmac(key, [.. Encoding.ASCII.GetBytes("pole-response"), .. challenge, .. Convert.FromHexString(DevEui)]);
    }

    public void Dispose()
    {
        Aes.Dispose();
    }

    // RFC 4493 over the AES of the .NET library, independent of the controller's; its own test below holds it against the RFC.
    public static byte[] Cmac(byte[] key, byte[] message)
    {
        using Aes aes = System.Security.Cryptography.Aes.Create();
        aes.Key = key;
        byte[] subkey = Double(aes.EncryptEcb(new byte[16], PaddingMode.None));
        int blocks = Math.Max(1, (message.Length + 15) / 16);
        byte[] padded = new byte[blocks * 16];
        message.CopyTo(padded, 0);
        if (message.Length == 0 || message.Length % 16 != 0)
        {
            padded[message.Length] = 0x80;
            subkey = Double(subkey);
        }

        for (int i = 0; i < 16; i++)
        {
            padded[padded.Length - 16 + i] ^= subkey[i];
        }

        return aes.EncryptCbc(padded, new byte[16], PaddingMode.None)[^16..];
    }

    private static byte[] Double(byte[] block)
    {
        UInt128 value = 0;
        foreach (byte b in block)
        {
            value = (value << 8) | b;
        }

        UInt128 doubled = (value << 1) ^ (value >> 127 == 1 ? 0x87u : 0u);
        byte[] result = new byte[16];
        for (int i = 15; i >= 0; i--)
        {
            result[i] = (byte)doubled;
            doubled >>= 8;
        }

        return result;
    }
}
