// Registration against both stand-ins: what is made, compared, corrected, deleted and left alone.
using System.Text.Json.Nodes;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.Registration;
using Provisioning.Poles;
using RepositoryFiles;

namespace NetworkServers.Tests;

public sealed class RegistrationTests
{
    private static readonly string[] s_writing = ["Create", "Update", "Set", "Delete", "Enqueue", "Push"];

    [Theory]
    [InlineData(City.ChirpStackKind)]
    [InlineData(City.ThingsStackKind)]
    public async Task Given_controllers_that_the_server_does_not_have_when_registered_then_a_second_plan_is_empty_and_writes_nothing(string kind)
    {
        await using City city = await City.BuildAsync(kind, 7);

        RegistrationPlan plan = await city.PlanAsync();
        Assert.Equal(7, plan.Count(PlannedAction.Create));
        RegistrationResult result = await city.RunAsync(plan);
        Assert.True(result.IsWhole);
        int writes = Writes(city);
        RegistrationPlan second = await city.PlanAsync();

        Assert.True(second.IsEmpty);
        Assert.Equal(7, second.Count(PlannedAction.Keep));
        await city.RunAsync(second);
        Assert.Equal(writes, Writes(city));
    }

    [Theory]
    [InlineData(City.ChirpStackKind, 2)]
    [InlineData(City.ThingsStackKind, 4)]
    public async Task Given_many_new_controllers_then_each_costs_only_the_requests_that_the_server_needs_for_one(string kind, int requests)
    {
        const int Poles = 30;
        await using City city = await City.BuildAsync(kind, Poles);
        RegistrationPlan plan = await city.PlanAsync();

        long before = city.Server.RequestCount;
        RegistrationResult result = await city.RunAsync(plan);

        Assert.True(result.IsWhole);
        Assert.InRange(city.Server.RequestCount - before, Poles * requests, (Poles * requests) + 3);
    }

    [Fact]
    public async Task Given_a_LoRaWAN_1_0_4_controller_when_registered_at_ChirpStack_then_its_AppKey_is_the_nwkKey_and_its_GenAppKey_is_there()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 1);

        await city.RegisterAsync();

        string devEui = city.Controllers[0].DevEui;
        JsonObject keys = city.ChirpStack.KeyState[devEui];
        Assert.Equal(city.AppKey(devEui), keys["nwkKey"]!.GetValue<string>());
        Assert.Equal(city.GenAppKey(devEui), keys["genAppKey"]!.GetValue<string>());
        Assert.Equal(new string('0', 32), keys["appKey"]!.GetValue<string>());
        JsonObject device = city.ChirpStack.DeviceState[devEui];
        Assert.Equal("P-0001", device["name"]!.GetValue<string>());
        Assert.Equal("70b3d57ed0000001", device["joinEui"]!.GetValue<string>());
        Assert.Equal("""{"pole":"P-0001","lighting-group":"odd"}""", device["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task Given_a_region_when_registered_at_ChirpStack_then_it_has_a_profile_with_the_codec_of_this_repository()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 1);

        await city.RegisterAsync();

        JsonObject profile = Assert.Single(city.ChirpStack.ProfileState.Values);
        Assert.Equal("pole-controller eu868", profile["name"]!.GetValue<string>());
        Assert.Equal("EU868", profile["region"]!.GetValue<string>());
        Assert.Equal("LORAWAN_1_0_4", profile["macVersion"]!.GetValue<string>());
        Assert.Equal("RP002_1_0_3", profile["regParamsRevision"]!.GetValue<string>());
        Assert.True(profile["supportsClassC"]!.GetValue<bool>());
        Assert.True(profile["supportsOtaa"]!.GetValue<bool>());
        Assert.Equal("default", profile["adrAlgorithmId"]!.GetValue<string>());
        Assert.Equal("JS", profile["payloadCodecRuntime"]!.GetValue<string>());
        Assert.Equal(File.ReadAllText(RepositoryRoot.PathOf("host-tools", "payload-codec", "codec.js")), profile["payloadCodecScript"]!.GetValue<string>());
        Assert.Equal(city.ChirpStack.DeviceState.Values.First()["deviceProfileId"]!.GetValue<string>(), profile["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Given_a_controller_when_registered_at_The_Things_Stack_then_all_four_servers_have_their_part_and_the_application_the_codec()
    {
        await using City city = await City.BuildAsync(City.ThingsStackKind, 1);

        await city.RegisterAsync();

        string devEui = city.Controllers[0].DevEui;
        string id = "eui-" + devEui;
        JsonObject identity = city.ThingsStack.IdentityState[id];
        Assert.Equal("127.0.0.1", identity["network_server_address"]!.GetValue<string>());
        Assert.Equal("P-0001", identity["name"]!.GetValue<string>());
        Assert.Equal(city.AppKey(devEui), city.ThingsStack.JoinState[id]["root_keys"]!["app_key"]!["key"]!.GetValue<string>());
        JsonObject network = city.ThingsStack.NetworkState[id];
        Assert.Equal("MAC_V1_0_4", network["lorawan_version"]!.GetValue<string>());
        Assert.Equal("RP002_V1_0_3", network["lorawan_phy_version"]!.GetValue<string>());
        Assert.Equal("EU_863_870_TTN", network["frequency_plan_id"]!.GetValue<string>());
        Assert.True(network["supports_class_c"]!.GetValue<bool>());
        Assert.True(network["supports_join"]!.GetValue<bool>());
        Assert.True(city.ThingsStack.ServiceState.ContainsKey(id));
        JsonNode formatters = city.ThingsStack.Link!["default_formatters"]!;
        Assert.Equal("FORMATTER_JAVASCRIPT", formatters["up_formatter"]!.GetValue<string>());
        Assert.Equal(Wanted.Codec, formatters["up_formatter_parameter"]!.GetValue<string>());
        Assert.Equal(Wanted.Codec, formatters["down_formatter_parameter"]!.GetValue<string>());
    }

    [Fact]
    public async Task Given_a_device_that_was_changed_at_ChirpStack_when_planned_then_every_field_is_named_and_what_is_not_the_workspaces_stays()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 2);
        await city.RegisterAsync();
        string devEui = city.Controllers[0].DevEui;
        city.ChirpStack.Tamper((devices, keys, _) =>
        {
            JsonObject device = devices[devEui];
            device["name"] = "renamed";
            device["joinEui"] = "1111111111111111";
            device["isDisabled"] = true;
            device["description"] = "a note by somebody";
            device["variables"] = new JsonObject { ["secret"] = "theirs" };
            device["tags"] = new JsonObject { ["pole"] = "X", ["district"] = "theirs" };
            keys[devEui]["nwkKey"] = new string('a', 32);
        });

        RegistrationPlan plan = await city.PlanAsync();
        PlannedDevice changed = Assert.Single(plan.Devices, device => device.Action == PlannedAction.Change);
        await city.RunAsync(plan);

        Assert.Equal(
            ["name renamed P-0001", "joinEui 1111111111111111 70b3d57ed0000001", "disabled true false", "tags.pole X P-0001", "tags.lighting-group  odd", "appKey  "],
            changed.Differences.Select(difference => $"{difference.Field} {difference.Before} {difference.After}"));
        JsonObject after = city.ChirpStack.DeviceState[devEui];
        Assert.Equal("P-0001", after["name"]!.GetValue<string>());
        Assert.Equal("a note by somebody", after["description"]!.GetValue<string>());
        Assert.Equal("theirs", after["variables"]!["secret"]!.GetValue<string>());
        Assert.Equal("theirs", after["tags"]!["district"]!.GetValue<string>());
        Assert.Equal(city.AppKey(devEui), city.ChirpStack.KeyState[devEui]["nwkKey"]!.GetValue<string>());
        Assert.True((await city.PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Given_a_device_that_was_changed_at_The_Things_Stack_when_planned_then_every_field_is_named_and_corrected()
    {
        await using City city = await City.BuildAsync(City.ThingsStackKind, 2);
        await city.RegisterAsync();
        string devEui = city.Controllers[0].DevEui;
        string id = "eui-" + devEui;
        city.ThingsStack.Tamper((identity, join, network) =>
        {
            identity[id]["name"] = "renamed";
            identity[id]["attributes"] = new JsonObject { ["theirs"] = "stays" };
            join[id]["root_keys"]!["app_key"]!["key"] = new string('A', 32);
            network[id]["lorawan_version"] = "MAC_V1_0_2";
            network[id]["supports_class_c"] = false;
            network[id]["mac_settings"] = new JsonObject { ["adr"] = new JsonObject { ["disabled"] = new JsonObject() } };
        });

        RegistrationPlan plan = await city.PlanAsync();
        PlannedDevice changed = Assert.Single(plan.Devices, device => device.Action == PlannedAction.Change);
        await city.RunAsync(plan);

        Assert.Equal(["name", "tags.pole", "tags.lighting-group", "macVersion", "supportsClassC", "usesAdr", "appKey"], changed.Differences.Select(difference => difference.Field));
        Assert.Equal("stays", city.ThingsStack.IdentityState[id]["attributes"]!["theirs"]!.GetValue<string>());
        Assert.Equal(city.AppKey(devEui), city.ThingsStack.JoinState[id]["root_keys"]!["app_key"]!["key"]!.GetValue<string>());
        Assert.True((await city.PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Given_another_JoinEUI_at_The_Things_Stack_where_it_cannot_be_changed_then_the_device_is_made_anew()
    {
        await using City city = await City.BuildAsync(City.ThingsStackKind, 1);
        await city.RegisterAsync();
        string id = "eui-" + city.Controllers[0].DevEui;
        city.ThingsStack.Tamper((identity, _, _) => identity[id]["ids"]!["join_eui"] = "1111111111111111");

        await city.RegisterAsync();

        Assert.Equal("70B3D57ED0000001", city.ThingsStack.IdentityState[id]["ids"]!["join_eui"]!.GetValue<string>());
        Assert.True((await city.PlanAsync()).IsEmpty);
    }

    [Theory]
    [InlineData(City.ChirpStackKind)]
    [InlineData(City.ThingsStackKind)]
    public async Task Given_a_retired_controller_and_a_foreign_device_then_the_one_is_deleted_and_the_other_never_touched(string kind)
    {
        await using City city = await City.BuildAsync(kind, 3);
        await city.RegisterAsync();
        string retired = city.Controllers[1].DevEui;
        city.Workspace.Write(Permission.Plan, false, writer => ControllerInventory.Retire(writer, retired));
        ServerDevice foreign = new()
        {
            DevEui = "0102030405060708", JoinEui = "0102030405060708", Name = "theirs", Keys = new RootKeys(new string('1', 32), kind == City.ChirpStackKind ? new string('2', 32) : null),
            ProfileId = kind == City.ChirpStackKind ? city.ChirpStack.ProfileState.Keys.First() : null,
            Radio = kind == City.ChirpStackKind ? null : ControllerRadio.In("", "EU_863_870_TTN"),
        };
        Assert.True((await city.Server.CreateDeviceAsync(foreign, CancellationToken.None)).IsOk);

        RegistrationPlan plan = await city.PlanAsync();
        await city.RunAsync(plan);

        Assert.Equal([foreign.DevEui], plan.Foreign);
        Assert.Equal(retired, Assert.Single(plan.Devices, device => device.Action == PlannedAction.Delete).DevEui);
        ServerAnswer<IReadOnlyList<ServerDevice>> after = await city.Server.ListDevicesAsync(CancellationToken.None);
        Assert.Equal([foreign.DevEui, city.Controllers[0].DevEui, city.Controllers[2].DevEui], after.Value.Select(device => device.DevEui));
        Assert.Equal(foreign.Keys, (await city.Server.FindDeviceAsync(foreign.DevEui, CancellationToken.None)).Value!.Keys);
    }

    [Theory]
    [InlineData(City.ChirpStackKind)]
    [InlineData(City.ThingsStackKind)]
    public async Task Given_rotated_keys_then_the_server_keeps_the_old_until_they_are_settled_and_gets_the_new_then(string kind)
    {
        await using City city = await City.BuildAsync(kind, 2);
        await city.RegisterAsync();
        string devEui = city.Controllers[0].DevEui;
        city.Workspace.Write(Permission.Keys, false, writer =>
        {
            KeyStore.Rotate(writer, city.Vault, devEui);
            return true;
        });
        Assert.True((await city.PlanAsync()).IsEmpty);
        city.Workspace.Write(Permission.Keys, false, writer =>
        {
            KeyStore.Settle(writer, devEui);
            return true;
        });

        RegistrationPlan plan = await city.PlanAsync();
        await city.RunAsync(plan);

        PlannedDevice changed = Assert.Single(plan.Devices, device => device.Action == PlannedAction.Change);
        Assert.Contains(new FieldDifference("appKey", null, null), changed.Differences);
        Assert.Equal(city.AppKey(devEui), (await city.Server.FindDeviceAsync(devEui, CancellationToken.None)).Value!.Keys!.AppKey);
    }

    [Theory]
    [InlineData(City.ChirpStackKind)]
    [InlineData(City.ThingsStackKind)]
    public async Task Given_a_DevEUI_that_is_registered_in_another_application_then_only_this_device_fails_and_it_says_why(string kind)
    {
        await using City city = await City.BuildAsync(kind, 3);
        string taken = city.Controllers[1].DevEui;
        if (kind == City.ChirpStackKind)
        {
            city.ChirpStack.TakeElsewhere(taken);
        }
        else
        {
            city.ThingsStack.TakeElsewhere(taken.ToUpperInvariant());
        }

        RegistrationResult result = await city.RunAsync(await city.PlanAsync());

        Assert.Equal(2, result.Done[PlannedAction.Create]);
        Assert.Equal(0, result.NotTried);
        Assert.Equal(("problem.networkServer.elsewhere", taken), (Assert.Single(result.Problems).Key, result.Problems[0].Value));
    }

    [Fact]
    public async Task Given_a_choice_of_poles_then_only_their_controllers_are_registered_and_nothing_is_deleted()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 4);
        await city.RegisterAsync();
        string retired = city.Controllers[0].DevEui;
        city.Workspace.Write(Permission.Plan, false, writer => ControllerInventory.Retire(writer, retired));
        city.ChirpStack.Tamper((devices, _, _) =>
        {
            foreach (JsonObject device in devices.Values)
            {
                device["name"] = "renamed";
            }
        });

        RegistrationPlan plan = await city.PlanAsync(new PoleFilter { Group = "even" });

        Assert.Equal(2, plan.Count(PlannedAction.Change));
        Assert.Equal(2, plan.Devices.Count);
    }

    [Theory]
    [InlineData(City.ChirpStackKind)]
    [InlineData(City.ThingsStackKind)]
    public async Task Given_a_changed_codec_at_the_server_then_it_is_found_and_put_back(string kind)
    {
        await using City city = await City.BuildAsync(kind, 1);
        await city.RegisterAsync();
        if (kind == City.ChirpStackKind)
        {
            city.ChirpStack.Tamper((_, _, profiles) =>
            {
                profiles.Values.First()["payloadCodecScript"] = "function decodeUplink() {}";
                profiles.Values.First()["classCTimeout"] = 17;
            });
        }
        else
        {
            city.ThingsStack.Link!["default_formatters"]!["down_formatter_parameter"] = "other";
        }

        RegistrationPlan plan = await city.PlanAsync();
        await city.RunAsync(plan);

        Assert.Equal([new FieldDifference("codec", null, null)], Assert.Single(plan.Profiles).Differences);
        Assert.True((await city.PlanAsync()).IsEmpty);
        if (kind == City.ChirpStackKind)
        {
            Assert.Equal(17, city.ChirpStack.ProfileState.Values.First()["classCTimeout"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Given_a_registration_then_the_journal_says_whose_keys_went_where_before_they_went()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 2);
        await city.RegisterAsync();

        IReadOnlyList<Provisioning.Audit.JournalEntry> entries = ControllerInventory.History(city.Workspace, city.Controllers[0].DevEui);

        Assert.Contains(entries, entry => entry.Action == "keys.register" && entry.Detail.Contains("\"server\":\"city\"", StringComparison.Ordinal));
        Assert.Empty(Provisioning.Audit.AuditVerifier.Verify(city.Workspace).Findings);
        Assert.DoesNotContain(entries, entry => entry.Detail.Contains(City.Token, StringComparison.Ordinal));
    }

    private static int Writes(City city) => city.Host.Counts.Where(pair => s_writing.Any(word => pair.Key.Contains("_" + word, StringComparison.Ordinal))).Sum(pair => pair.Value);
}
