// Every recorded operation of both wirings of the SX1276.
using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Drivers.Tests.Reference;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class CombinatorialOperationsAttribute(bool isTransmission) : DataAttribute
{
    public bool IsTransmission => isTransmission;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        List<ITheoryDataRow> rows = [];
        foreach (bool isPaBoost in new[] { false, true })
        {
            Recording recording = Sx1276ReferenceTests.Load(isPaBoost);
            int count = (isTransmission ? recording.Transmit : recording.Receive).Count;
            rows.AddRange(Enumerable.Range(0, count).Select(index => new TheoryDataRow(isPaBoost, index)));
        }

        return new(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
