// Whatever comes to the UDP port of polesim listen: no crash, and nothing changes without a valid MIC. The valid frame is lora-packet's own example.
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Simulation.Network;
using Simulation.Workbench;
using Xunit;

namespace Simulation.Tests.Workbench;

public sealed class AnyDatagramTests : IDisposable
{
    private const string JoinRequest = "00dc0000d07ed5b3701e6fedf57ceeaf0085cc587fe913";

    private static readonly KnownDevice s_device = new(
        Convert.FromHexString("00AFEE7CF5ED6F1E"), Convert.FromHexString("70B3D57ED00000DC"), Convert.FromHexString("B6B53F4A168A7A88BDF7EA135CE9CFCA"), "");

    private static readonly string[] s_fragments =
        ["{", "}", "[", "]", ",", ":", "null", "-1", "1e400", "\"rxpk\"", "\"tmst\"", "\"datr\"", "\"data\"", "\"stat\"", "\"modu\"", "4294967296", "\"\\ud800\"", "\"AA==\"", "true"];

    private readonly string _statePath = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly Hearing _hearing = new();
    private readonly List<byte[]> _sent = [];
    private long _nowUs;

    [Fact]
    public void Given_any_datagram_When_it_comes_to_the_port_Then_nothing_breaks_and_no_state_changes_without_a_valid_MIC()
    {
        ListenServer server = Make();
        Send(server, PushData(Convert.FromHexString("40f17dbe4900020001954378762b11ff0d")));
        string before = File.ReadAllText(_statePath);
        string valid = Encoding.UTF8.GetString(PushData(Convert.FromHexString(JoinRequest)).AsSpan(12));

        // With '-' in the place of '+' it is the same frame, in the alphabet for URLs, and is rightly believed.
        string whole = Convert.ToBase64String(Convert.FromHexString(JoinRequest));
        Gen<byte[]> any = ArbMap.Default.ArbFor<byte[]>().Generator;
        Gen<byte[]> json = Gen.Elements(s_fragments).ListOf().Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));
        Gen<byte[]> damaged =
            from at in Gen.Choose(0, valid.Length - 1)
            from fragment in Gen.Elements(s_fragments)
            select Encoding.UTF8.GetBytes(valid[..at] + fragment + valid[Math.Min(valid.Length, at + fragment.Length)..]);
        Gen<byte[]> flipped =
            from bit in Gen.Choose(0, (JoinRequest.Length * 4) - 1)
            select PushData(Flip(Convert.FromHexString(JoinRequest), bit));
        Gen<byte[]> datagrams = Gen.OneOf(
            any,
            from type in Gen.Choose(0, 6) from gateway in Gen.Choose(0, 100) from body in Gen.OneOf(any, json) select (byte[])[2, 0, 1, (byte)type, 0, 0, 0, 0, 0, 0, 0, (byte)gateway, .. body],
            damaged.Where(body => !Contains(body, whole) && !Contains(body, whole.Replace('+', '-'))).Select(body => (byte[])[.. PushData([1]).AsSpan(0, 12), .. body]),
            any.Where(bytes => bytes.Length is > 0 and < 256).Select(PushData),
            flipped);

        Prop.ForAll(datagrams.ToArbitrary(), datagram =>
        {
            Send(server, datagram);
            bool isUntouched = _hearing.JoinCount == 0 && _hearing.UplinkCount == 0 && _sent.Count == 0 && File.ReadAllText(_statePath) == before;
            Assert.True(isUntouched, $"{_hearing.JoinCount} joins, {_hearing.UplinkCount} uplinks, {_sent.Count} answers after {Encoding.UTF8.GetString(datagram)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

        // The same frame unharmed is believed: once, and its answer goes out after the state is kept.
        Send(server, PushData(Convert.FromHexString(JoinRequest)));
        Send(server, PushData(Convert.FromHexString(JoinRequest)));
        Assert.Equal(1, _hearing.JoinCount);
        Assert.Single(_sent);
        Assert.NotEqual(before, File.ReadAllText(_statePath));
    }

    [Fact]
    public void Given_a_state_that_cannot_be_written_When_a_pole_joins_Then_it_is_not_answered()
    {
        string folder = Directory.CreateTempSubdirectory("listen-").FullName;
        ListenServer server = new([s_device], Path.Combine(folder, "state"), 1_781_982_000_000, _hearing, (_, datagram) => _sent.Add(datagram));
        Directory.Delete(folder);
        Assert.Throws<SessionFileException>(() => Send(server, PushData(Convert.FromHexString(JoinRequest))));
        Assert.Empty(_sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"Version\":2,\"Devices\":[]}")]
    [InlineData("{\"Version\":1,\"Devices\":null}")]
    [InlineData("{\"Version\":1,\"Devices\":[{\"DevEui\":\"00afee7cf5ed6f1e\",\"DevNonce\":99999999,\"JoinNonce\":1}]}")]
    [InlineData("{\"Version\":1,\"Devices\":[{\"DevEui\":\"00afee7cf5ed6f1e\",\"DevNonce\":1,\"JoinNonce\":1,\"Active\":{\"NwkSKey\":\"AA==\"}}]}")]
    public void Given_a_state_file_that_is_none_When_read_Then_it_is_refused_and_not_thrown_away(string content)
    {
        File.WriteAllText(_statePath, content);
        SessionFileException refused = Assert.Throws<SessionFileException>(Make);
        Assert.Contains(_statePath, refused.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(_statePath));
    }

    public void Dispose() => File.Delete(_statePath);

    private ListenServer Make() => new([s_device], _statePath, 1_781_982_000_000, _hearing, (_, datagram) => _sent.Add(datagram));

    private void Send(ListenServer server, byte[] datagram)
    {
        server.Take(datagram, _nowUs, out _, out _);
        _nowUs += ListenServer.CollectUs;
        server.Run(_nowUs);
    }

    private static byte[] PushData(byte[] frame) =>
    [
        2, 0, 1, 0, 0xAA, 0x55, 0x5A, 0, 0, 0, 1, 1,
        .. Encoding.UTF8.GetBytes(
            $"{{\"rxpk\":[{{\"tmst\":3512348611,\"chan\":2,\"rfch\":0,\"freq\":868.100000,\"stat\":1,\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"codr\":\"4/5\",\"lsnr\":5.1,\"rssi\":-35,\"size\":{frame.Length},\"data\":\"{Convert.ToBase64String(frame)}\"}}]}}"),
    ];

    private static byte[] Flip(byte[] frame, int bit)
    {
        frame[bit / 8] ^= (byte)(1 << (bit % 8));
        return frame;
    }

    // Base64 for URLs, with a hyphen for the plus, is the same frame.
    private static bool Contains(byte[] body, string text) => Encoding.UTF8.GetString(body).Replace('-', '+').Contains(text, StringComparison.Ordinal);

    private sealed class Hearing : IListener
    {
        public int JoinCount { get; private set; }

        public int UplinkCount { get; private set; }

        public void OnGateway(ulong gatewayEui)
        {
        }

        public void OnJoined(KnownDevice device, HeardFrame frame) => JoinCount++;

        public void OnUplink(KnownDevice device, HeardFrame frame, int? fPort, ReadOnlySpan<byte> payload, uint? frameCounter) => UplinkCount++;

        public void OnOther(HeardFrame frame, RefusalCause? cause)
        {
        }

        public void OnAnswered(ulong gatewayEui, string error)
        {
        }

        public void OnTrouble(string text)
        {
        }
    }
}
