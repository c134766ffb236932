// Which lamps stand in the same street, and where along it. A lamp without a street is a street of its own.
namespace Simulation.World;

/// <summary>Streets made of the lamps that share a street name.</summary>
public sealed class StreetLayout
{
    private readonly int[] _streetOfPole;
    private readonly double[] _positionMetres;
    private readonly double[] _lengthMetres;

    /// <summary>Makes the streets.</summary>
    /// <param name="lamps">All lamps of the run.</param>
    public StreetLayout(IReadOnlyList<Lamp> lamps)
    {
        ArgumentNullException.ThrowIfNull(lamps);
        _streetOfPole = new int[lamps.Count];
        _positionMetres = new double[lamps.Count];
        Dictionary<string, int> byName = new(StringComparer.Ordinal);
        List<List<int>> streets = [];
        for (int i = 0; i < lamps.Count; i++)
        {
            string? name = lamps[i].Street;
            if (name is null || !byName.TryGetValue(name, out int street))
            {
                street = streets.Count;
                streets.Add([]);
                if (name is not null)
                {
                    byName.Add(name, street);
                }
            }

            streets[street].Add(i);
            _streetOfPole[i] = street;
        }

        _lengthMetres = new double[streets.Count];
        for (int street = 0; street < streets.Count; street++)
        {
            _lengthMetres[street] = Place(lamps, streets[street]);
        }
    }

    /// <summary>Number of streets.</summary>
    public int StreetCount => _lengthMetres.Length;

    /// <summary>The street of a pole, 0 to <see cref="StreetCount"/> - 1.</summary>
    /// <param name="pole">Position of the pole among the lamps.</param>
    public int StreetOf(int pole) => _streetOfPole[pole];

    /// <summary>Metres from the street's beginning to the pole, along the street's principal axis.</summary>
    /// <param name="pole">Position of the pole among the lamps.</param>
    public double PositionMetres(int pole) => _positionMetres[pole];

    /// <summary>Metres from the street's first pole to its last.</summary>
    /// <param name="street">The street.</param>
    public double LengthMetres(int street) => _lengthMetres[street];

    private double Place(IReadOnlyList<Lamp> lamps, List<int> poles)
    {
        LocalPlane plane = new(lamps[poles[0]].Latitude, lamps[poles[0]].Longitude);
        double meanEast = poles.Average(pole => plane.EastMetres(lamps[pole].Longitude));
        double meanNorth = poles.Average(pole => plane.NorthMetres(lamps[pole].Latitude));
        double eastEast = 0;
        double northNorth = 0;
        double eastNorth = 0;
        foreach (int pole in poles)
        {
            double east = plane.EastMetres(lamps[pole].Longitude) - meanEast;
            double north = plane.NorthMetres(lamps[pole].Latitude) - meanNorth;
            eastEast += east * east;
            northNorth += north * north;
            eastNorth += east * north;
        }

        // Direction of the largest spread: the first principal axis of the positions.
        double angle = 0.5 * Math.Atan2(2 * eastNorth, eastEast - northNorth);
        double axisEast = Math.Cos(angle);
        double axisNorth = Math.Sin(angle);
        double first = double.MaxValue;
        double last = double.MinValue;
        foreach (int pole in poles)
        {
            double along = (plane.EastMetres(lamps[pole].Longitude) * axisEast) + (plane.NorthMetres(lamps[pole].Latitude) * axisNorth);
            _positionMetres[pole] = along;
            first = Math.Min(first, along);
            last = Math.Max(last, along);
        }

        foreach (int pole in poles)
        {
            _positionMetres[pole] -= first;
        }

        return last - first;
    }
}
