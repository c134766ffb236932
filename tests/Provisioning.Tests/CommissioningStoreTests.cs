// Commissionings in the workspace, on a file and on a server: gone on with, given up, signed, backed up.
using Provisioning.Audit;
using Provisioning.Commissioning;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.ServicePort;
using Provisioning.Storage;
using Provisioning.Workspaces;
using Xunit;

namespace Provisioning.Tests;

public abstract partial class StoreTests
{
    [Fact]
    public void Given_a_commissioning_then_it_is_gone_on_with_until_it_ends_is_signed_once_and_comes_back_from_a_backup()
    {
        WorkspaceAddress address = Create();
        using Workspace workspace = Open(address);
        ServiceIdentity identity = MakeController(workspace);

        CommissioningProtocol begun = CommissioningStore.Begin(workspace, null, identity, isAnew: false);
        CommissioningProtocol saved = CommissioningStore.Save(workspace, begun, CommissioningStep.Passed(StepNames.Identity));
        CommissioningProtocol goneOn = CommissioningStore.Begin(workspace, null, identity, isAnew: false);
        CommissioningProtocol ended = CommissioningStore.Finish(workspace, CommissioningStore.Save(workspace, goneOn, CommissioningStep.Failed(StepNames.Lamp, "full", StepReasons.PowerTooLow)));
        CommissioningSignature signature = CommissioningStore.SignatureOf(workspace, ended.Id)!;
        string backup = Folder.PathOf(Guid.NewGuid().ToString("N") + ".polectl");
        WorkspaceBackup.Make(workspace, backup, false);

        Assert.Equal((begun.Id, 1), (goneOn.Id, goneOn.Steps.Count));
        Assert.Equal((CommissioningState.Failed, FirstMember), (ended.State, signature.Member));
        Assert.Equal(CommissioningProtocol.Hash(ended.ToJson()), signature.ProtocolHash);
        Assert.Equal("problem.commissioning.ended", Assert.Throws<ProblemException>(() => CommissioningStore.Save(workspace, saved, CommissioningStep.Passed(StepNames.Clock))).Problems[0].Key);
        Assert.NotEqual(begun.Id, CommissioningStore.Begin(workspace, null, identity, isAnew: false).Id);
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
        using Workspace copy = Workspace.Open(WorkspaceAddress.Parse(backup), new Author(FirstMember, "anna@test"));
        Assert.Equal(ended.ToJson().ToJsonString(), CommissioningStore.Get(copy, ended.Id).ToJson().ToJsonString());
        Tamper(address, $"UPDATE commissioning SET state = 'Passed' WHERE commissioning_id = '{ended.Id}'");
        Assert.Contains(AuditVerifier.Verify(workspace).Findings, finding => finding.Key == "problem.audit.row");
    }

    [Fact]
    public void Given_a_cable_in_another_pole_then_the_interrupted_commissioning_of_the_first_stays_and_anew_gives_it_up()
    {
        using Workspace workspace = Open(Create());
        ServiceIdentity identity = MakeController(workspace);
        ServiceIdentity other = identity with { DevEui = "70b3d50000000002" };

        CommissioningProtocol first = CommissioningStore.Begin(workspace, "P-1", identity, isAnew: false);
        CommissioningStore.Begin(workspace, "P-1", other, isAnew: false);
        CommissioningProtocol goneOn = CommissioningStore.Begin(workspace, "P-1", identity, isAnew: false);
        CommissioningProtocol anew = CommissioningStore.Begin(workspace, "P-1", identity, isAnew: true);

        Assert.Equal(first.Id, goneOn.Id);
        Assert.NotEqual(first.Id, anew.Id);
        Assert.Equal(CommissioningState.Abandoned, CommissioningStore.Get(workspace, first.Id).State);
        Assert.Equal("problem.pole.absent", Assert.Throws<ProblemException>(() => CommissioningStore.Begin(workspace, "P-9", identity, isAnew: false)).Problems[0].Key);
    }

    [Fact]
    public void Given_two_runs_at_one_controller_then_the_first_to_go_on_stays_and_the_other_is_told_and_no_step_is_overwritten()
    {
        WorkspaceAddress address = Create();
        using Workspace workspace = Open(address);
        using Workspace other = Open(address);
        ServiceIdentity identity = MakeController(workspace);
        CommissioningProtocol one = CommissioningStore.Begin(workspace, null, identity, isAnew: false);
        CommissioningProtocol two = CommissioningStore.Begin(other, null, identity, isAnew: false);

        one = CommissioningStore.Save(workspace, one, CommissioningStep.Passed(StepNames.Identity));
        string refused = Assert.Throws<ProblemException>(() => CommissioningStore.Save(other, two, CommissioningStep.Failed(StepNames.Identity, "", StepReasons.PowerTooLow))).Problems[0].Key;
        string notEnded = Assert.Throws<ProblemException>(() => CommissioningStore.Finish(other, two)).Problems[0].Key;
        CommissioningProtocol ended = CommissioningStore.Finish(workspace, one);

        Assert.Equal((one.Id, "problem.commissioning.changed", "problem.commissioning.changed"), (two.Id, refused, notEnded));
        Assert.Equal((CommissioningState.Passed, 1), (ended.State, ended.Steps.Count));
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public async Task Given_two_poles_that_are_commissioned_at_once_then_each_protocol_has_its_own_steps_only()
    {
        WorkspaceAddress address = Create();
        using Workspace workspace = Open(address);
        ServiceIdentity identity = MakeController(workspace);

        CommissioningProtocol[] ended = await Task.WhenAll(Enumerable.Range(1, 2).Select(number => Task.Run(() =>
        {
            using Workspace own = Open(address);
            CommissioningProtocol protocol = CommissioningStore.Begin(own, $"P-{number}", identity with { DevEui = $"70b3d5000000000{number}" }, isAnew: false);
            for (int step = 0; step < 20; step++)
            {
                protocol = CommissioningStore.Save(own, protocol, CommissioningStep.Passed(StepNames.Component, $"part-{number}-{step}"));
            }

            return CommissioningStore.Finish(own, protocol);
        }, TestContext.Current.CancellationToken)));

        Assert.All(Enumerable.Range(1, 2), number =>
        {
            CommissioningProtocol kept = CommissioningStore.Get(workspace, ended[number - 1].Id);
            Assert.Equal(($"P-{number}", $"70b3d5000000000{number}", 20), (kept.PoleId, kept.DevEui, kept.Steps.Count));
            Assert.All(kept.Steps, step => Assert.StartsWith($"part-{number}-", step.Part, StringComparison.Ordinal));
        });
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    private ServiceIdentity MakeController(Workspace workspace)
    {
        Import(workspace, Poles(2));
        UnlockSecret secret = new("correct horse battery staple", null);
        Change(workspace, writer => KeyVault.AddWay(writer, "way", secret, null, 1_000));
        using KeyVault vault = KeyVault.Open(workspace, secret);
        IdentityRequest request = new() { JoinEui = "70b3d57ed0000001", Board = "b", Region = "eu868", EuiPrefix = "70b3d5", Poles = new PoleFilter() };
        workspace.Write(Permission.Plan, false, writer => IdentityFactory.Make(writer, vault, request));
        return new ServiceIdentity("70b3d50000000001", true, "b", "0.1.0", 1);
    }
}
