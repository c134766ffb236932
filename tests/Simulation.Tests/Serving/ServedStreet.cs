// A fleet of provisioned controllers behind an open network server, and what it told.
using Simulation.Operation;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.Serving;
using Simulation.Tests.ProvisioningFiles;

namespace Simulation.Tests.Serving;

/// <summary>Three controllers in a street, at night.</summary>
internal sealed class ServedStreet : IDisposable
{
    private readonly ProvisionedStreet _street = new ProvisionedStreet().Controller(1).Controller(2).Controller(3);

    public ServedStreet(int threads = 1, string more = "") => Fleet = new ServedFleet(_street.Load(more), new RunOptions { ThreadCount = threads }, Events.Add);

    public ServedFleet Fleet { get; }

    public List<ServedEvent> Events { get; } = [];

    public static byte[] JoinEui => Convert.FromHexString("70b3d57ed0000001");

    /// <summary>Registers a controller with the keys of its files.</summary>
    public ServedStreet Register(params int[] numbers)
    {
        foreach (int number in numbers)
        {
            Fleet.Register(ProvisionedStreet.DevEui(number), JoinEui, [.. Enumerable.Repeat((byte)number, 16)]);
        }

        return this;
    }

    public ServedStreet RunTo(double minutes)
    {
        Fleet.RunTo((long)(minutes * 60e6), CancellationToken.None);
        return this;
    }

    public IEnumerable<T> Of<T>(int number)
        where T : ServedEvent => Events.OfType<T>().Where(served => served.DevEui == ProvisionedStreet.DevEui(number));

    /// <summary>The light in permille, in steps of 20: the gear behind 0-10 V is a little off.</summary>
    public int Light(int number) => (int)Math.Round(Fleet.Fleet.Poles[number - 1].Parts.Luminaire.LightPermille / 20.0) * 20;

    /// <summary>A command to a level, as an application sends it.</summary>
    public static byte[] SetLevel(int levelPermille) => CommandPayload.Create(new SetLevelAction { LevelPermille = levelPermille, DurationMinutes = 60 }, []);

    public void Dispose()
    {
        Fleet.Dispose();
        _street.Dispose();
    }
}
