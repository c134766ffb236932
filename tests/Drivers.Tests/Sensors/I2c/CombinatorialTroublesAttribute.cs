// Every I2C sensor with every trouble of the bus, and what the fault is called; null where it depends on what the sensor asks first.
using System.Reflection;
using PoleController.Hal;
using Simulation.Parts.Sensors;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Drivers.Tests.Sensors.I2c;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class CombinatorialTroublesAttribute : DataAttribute
{
    private static readonly (I2cBusTrouble Trouble, SensorFaultKind? Kind)[] Troubles =
    [
        (I2cBusTrouble.Silent, SensorFaultKind.NoAnswer),
        (I2cBusTrouble.Partial, SensorFaultKind.CommandRefused),
        (I2cBusTrouble.ClockHeld, SensorFaultKind.BusFailed),
        (I2cBusTrouble.Stuck, SensorFaultKind.BusFailed),
        (I2cBusTrouble.AlwaysZero, null),
        (I2cBusTrouble.AlwaysOne, null),
    ];

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. I2cCase.Names.SelectMany(name => Troubles.Select(trouble => new TheoryDataRow(name, trouble.Trouble, trouble.Kind)))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
