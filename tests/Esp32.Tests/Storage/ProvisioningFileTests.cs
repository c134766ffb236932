// The provisioning file: taken over whole or not at all, whatever is in it and whenever the power goes.
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PoleController.Boards;
using PoleController.Esp32.Boards;
using PoleController.Esp32.Storage;
using PoleController.LoRaWan;

namespace Esp32.Tests.Storage;

public sealed class ProvisioningFileTests
{
    private const string Whole = "# pole 7\r\ndev-eui 70B3D57ED0001234\r\njoin-eui 0011223344556677\r\napp-key 000102030405060708090a0b0c0d0e0f\r\n\r\n"
        + "gen-app-key 101112131415161718191A1B1C1D1E1F\r\nservice-key  202122232425262728292A2B2C2D2E2F  \r\nregion us915\r\nboard pole-controller-r2 metered dali\r\n";

    private readonly LittleFiles _files = new();

    [Fact]
    public void Given_a_whole_file_When_taken_over_Then_the_controller_finds_its_identity_the_board_is_known_and_the_file_is_gone()
    {
        Assert.Equal(ProvisioningOutcome.Taken, TakeOver(Whole));

        LoRaWanIdentity identity = new();
        Assert.True(new IdentityStore(new FileStore(_files), new byte[256]).TryLoad(identity));
        Assert.Equal("70B3D57ED0001234", Convert.ToHexString(identity.DevEui));
        Assert.Equal("0011223344556677", Convert.ToHexString(identity.JoinEui));
        Assert.Equal("000102030405060708090A0B0C0D0E0F", Convert.ToHexString(identity.AppKey));
        Assert.Equal("101112131415161718191A1B1C1D1E1F", Convert.ToHexString(identity.GenAppKey));
        Assert.Equal("202122232425262728292A2B2C2D2E2F", Convert.ToHexString(identity.ServiceKey));
        Assert.Equal(RegionId.Us915, identity.Region);
        Assert.Equal("pole-controller-r2", BoardFitting.Read(new FileStore(_files)).BoardName);
        Assert.Equal(["board", "identity"], _files.Files.Keys.Order());
    }

    [Fact]
    public void Given_the_example_beside_the_application_When_taken_over_Then_a_bench_with_service_port_is_built_of_it()
    {
        string example = RepositoryFiles.RepositoryRoot.PathOf("firmware", "PoleController.Esp32", "provision.example.txt");
        Assert.Equal(ProvisioningOutcome.Taken, TakeOver(File.ReadAllText(example)));
        BoardFitting fitting = BoardFitting.Read(new FileStore(_files));
        NanoFrameworkPackages.SimulatedChip chip = NanoFrameworkPackages.SimulatedChip.Replace();
        Assert.NotNull(BoardCatalog.Build(fitting, new Bench.BoardClock(chip), _files)!.Hardware.Service);
        Assert.Equal("", fitting.UnknownWord);
    }

    [Fact]
    public void Given_only_a_board_When_taken_over_Then_the_identity_stays()
    {
        TakeOver(Whole);
        byte[] identity = _files.Files["identity"];
        Assert.Equal(ProvisioningOutcome.Taken, TakeOver("board pole-controller-r1"));
        Assert.Equal(identity, _files.Files["identity"]);
        Assert.Equal("pole-controller-r1", BoardFitting.Read(new FileStore(_files)).BoardName);
    }

    [Fact]
    public void Given_the_regions_names_When_taken_over_Then_each_is_its_region()
    {
        foreach (RegionId region in Enum.GetValues<RegionId>())
        {
            string name = char.ToLowerInvariant(region.ToString()[0]) + region.ToString()[1..];
            Assert.Equal(ProvisioningOutcome.Taken, TakeOver(Whole.Replace("us915", name, StringComparison.Ordinal)));
            LoRaWanIdentity identity = new();
            Assert.True(new IdentityStore(new FileStore(_files), new byte[256]).TryLoad(identity));
            Assert.Equal(region, identity.Region);
        }
    }

    [Theory]
    [InlineData("dev-eui 70B3D57ED000123\n", 1)]
    [InlineData("\n\ndev-eui 70B3D57ED000123G\n", 3)]
    [InlineData("dev-eui70B3D57ED0001234\n", 1)]
    [InlineData("dev-eui\n", 1)]
    [InlineData("# x\nappkey 000102030405060708090a0b0c0d0e0f\n", 2)]
    [InlineData("region eu869\n", 1)]
    [InlineData("board\n", 1)]
    public void Given_a_wrong_line_When_taken_over_Then_its_number_is_told_and_nothing_changes(string text, int line)
    {
        _files.Put("provision.txt", Encoding.ASCII.GetBytes(text + Whole));
        ProvisioningFile file = new();
        Assert.Equal(ProvisioningOutcome.LineWrong, file.TakeOver(_files));
        Assert.Equal(line, file.WrongLine);
        Assert.Equal(["provision.txt"], _files.Files.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("region eu868")]
    [InlineData("dev-eui 70B3D57ED0001234\napp-key 000102030405060708090a0b0c0d0e0f")]
    [InlineData("board pole-controller-r2\nregion eu868")]
    public void Given_less_than_an_identity_When_taken_over_Then_nothing_changes(string text)
    {
        Assert.Equal(ProvisioningOutcome.Incomplete, TakeOver(text));
        Assert.Equal(["provision.txt"], _files.Files.Keys);
    }

    [Fact]
    public void Given_a_file_that_is_too_long_When_taken_over_Then_it_is_refused()
    {
        Assert.Equal(ProvisioningOutcome.LineWrong, TakeOver(Whole + "# " + new string('x', ProvisioningFile.MaximumLength)));
        Assert.Equal(ProvisioningOutcome.None, new ProvisioningFile().TakeOver(new LittleFiles()));
    }

    [Fact]
    public void Given_any_bytes_and_damaged_files_When_taken_over_Then_nothing_throws_and_no_identity_is_invented()
    {
        Prop.ForAll<byte[], NonNegativeInt, byte>((bytes, at, value) =>
        {
            foreach (byte[] text in new[] { bytes, Damaged(at.Get, value) })
            {
                LittleFiles files = new();
                files.Put("provision.txt", text);
                ProvisioningOutcome outcome = new ProvisioningFile().TakeOver(files);
                LoRaWanIdentity identity = new();
                bool isThere = new IdentityStore(new FileStore(files), new byte[256]).TryLoad(identity);
                if (isThere != (outcome == ProvisioningOutcome.Taken && files.Files.ContainsKey("identity")))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Given_a_cut_at_any_moment_When_started_again_Then_it_is_taken_over_after_all()
    {
        for (int cut = 0; cut < 12; cut++)
        {
            LittleFiles files = new() { CutAt = cut };
            files.Put("provision.txt", Encoding.ASCII.GetBytes(Whole));
            try
            {
                new ProvisioningFile().TakeOver(files);
            }
            catch (PowerCutException)
            {
                // The next start.
            }

            files.CutAt = -1;
            new ProvisioningFile().TakeOver(files);
            Assert.True(new IdentityStore(new FileStore(files), new byte[256]).TryLoad(new LoRaWanIdentity()));
            Assert.Equal("pole-controller-r2", BoardFitting.Read(new FileStore(files)).BoardName);
            Assert.DoesNotContain("provision.txt", files.Files.Keys);
        }
    }

    [Fact]
    public void Given_a_store_that_refuses_When_taken_over_Then_the_file_stays_for_the_next_start()
    {
        _files.Refuses = (operation, name) => operation == "write" && name.StartsWith("identity", StringComparison.Ordinal);
        Assert.Equal(ProvisioningOutcome.StoreRefused, TakeOver(Whole));
        _files.Refuses = (_, _) => false;
        Assert.Equal(ProvisioningOutcome.Taken, new ProvisioningFile().TakeOver(_files));
    }

    private static byte[] Damaged(int at, byte value)
    {
        byte[] text = Encoding.ASCII.GetBytes(Whole);
        text[at % text.Length] = value;
        return text;
    }

    private ProvisioningOutcome TakeOver(string text)
    {
        _files.Put("provision.txt", Encoding.ASCII.GetBytes(text));
        return new ProvisioningFile().TakeOver(_files);
    }
}
