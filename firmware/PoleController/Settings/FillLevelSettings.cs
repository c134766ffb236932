// What an operator says of a container and of how its fill level is measured. The geometry itself is Sensing/ContainerGeometry's.
namespace PoleController.Settings
{
    /// <summary>Shape of a container.</summary>
    public enum ContainerShape
    {
        /// <summary>Straight walls: the fill goes with the height.</summary>
        Straight = 0,

        /// <summary>A cone or a pyramid with its top cut off: wider or narrower at the top than at the bottom.</summary>
        Cone = 1,

        /// <summary>A cylinder that lies on its side.</summary>
        LyingCylinder = 2,

        /// <summary>A table of distances and fill levels.</summary>
        Table = 3,
    }

    /// <summary>
    /// The settings of the fill level. On the wire: shape 1, empty distance 2, full distance 2, bottom width 2, top width 2, warning 1, alarm 1, hysteresis 1,
    /// emptied drop 1, pings 1, interval 2, near interval 2, substitute temperature 2, number of points 1, then distance 2 and percent 1 of each.
    /// </summary>
    public sealed class FillLevelSettings : SettingsPart
    {
        /// <summary>Most points of the table.</summary>
        public const int MaximumPoints = 8;

        /// <summary>Value of <see cref="SubstituteCentidegrees"/> that means: none, use the distance as the part gives it.</summary>
        public const int NoSubstitute = -32768;

        /// <summary>Largest distance that can be set, in millimetres.</summary>
        public const int MaximumDistanceMillimetres = 20000;

        /// <summary>Shape of the container: a <see cref="ContainerShape"/>.</summary>
        public int Shape;

        /// <summary>Distance from the sensor to the bottom of the empty container, up to 20,000 mm; 0 when not known (then only the distance is reported).</summary>
        public int EmptyDistanceMillimetres;

        /// <summary>Distance from the sensor at which the container is full, 0 to less than the empty distance, in mm.</summary>
        public int FullDistanceMillimetres;

        /// <summary>Cone: width at the bottom, 0 to 20,000 mm.</summary>
        public int BottomWidthMillimetres;

        /// <summary>Cone: width where it is full, 0 to 20,000 mm.</summary>
        public int TopWidthMillimetres;

        /// <summary>Fill level from which it is yellow, 1 to 99 percent.</summary>
        public int WarningPercent;

        /// <summary>Fill level from which it is red, more than the warning, up to 100 percent.</summary>
        public int AlarmPercent;

        /// <summary>How far below a threshold the level must fall to end a state, 1 to 30 percent points.</summary>
        public int HysteresisPercent;

        /// <summary>A fall by this much, confirmed by a second burst, means that the container was emptied: 10 to 100 percent points.</summary>
        public int EmptiedDropPercent;

        /// <summary>Pings of a burst, 5 to 9.</summary>
        public int PingCount;

        /// <summary>Time between bursts, 60 to 43,200 s.</summary>
        public int IntervalSeconds;

        /// <summary>Time between bursts near a threshold, 60 s up to the interval.</summary>
        public int NearIntervalSeconds;

        /// <summary>Air temperature to assume when none is measured, -4,000 to 8,500 hundredths of a degree; <see cref="NoSubstitute"/> for none.</summary>
        public int SubstituteCentidegrees;

        /// <summary>Points of the table in use, 0 to 8; 2 at least where the shape is a table.</summary>
        public int PointCount;

        /// <summary>Distances of the table, falling, in mm.</summary>
        public readonly ushort[] PointDistanceMillimetres = new ushort[MaximumPoints];

        /// <summary>Fill levels of the table, not falling, 0 to 100 percent.</summary>
        public readonly byte[] PointPercent = new byte[MaximumPoints];

        /// <summary>Makes it with the defaults.</summary>
        public FillLevelSettings()
            : base(SettingsSection.FillLevel)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            Shape = (int)ContainerShape.Straight;
            EmptyDistanceMillimetres = 0;
            FullDistanceMillimetres = 0;
            BottomWidthMillimetres = 0;
            TopWidthMillimetres = 0;
            WarningPercent = 75;
            AlarmPercent = 90;
            HysteresisPercent = 5;
            EmptiedDropPercent = 30;
            PingCount = 7;
            IntervalSeconds = 900;
            NearIntervalSeconds = 300;
            SubstituteCentidegrees = NoSubstitute;
            PointCount = 0;
        }

        /// <summary>A number that is another one when the container is another one: shape, distances, widths, table.</summary>
        public int ShapeHash()
        {
            int hash = Shape + 1;
            hash = (hash * 31) + EmptyDistanceMillimetres;
            hash = (hash * 31) + FullDistanceMillimetres;
            hash = (hash * 31) + BottomWidthMillimetres;
            hash = (hash * 31) + TopWidthMillimetres;
            for (int i = 0; i < PointCount; i++)
            {
                hash = (((hash * 31) + PointDistanceMillimetres[i]) * 31) + PointPercent[i];
            }

            return hash;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (!IsContainer())
            {
                return SettingsFault.FillLevelContainer;
            }

            if (!IsWithin(WarningPercent, 1, 99) || !IsWithin(AlarmPercent, WarningPercent + 1, 100)
                || !IsWithin(HysteresisPercent, 1, 30) || !IsWithin(EmptiedDropPercent, 10, 100))
            {
                return SettingsFault.FillLevelThresholds;
            }

            bool isSubstitute = SubstituteCentidegrees == NoSubstitute || IsWithin(SubstituteCentidegrees, -4000, 8500);
            return isSubstitute && IsWithin(PingCount, 5, 9) && IsWithin(IntervalSeconds, 60, 43200) && IsWithin(NearIntervalSeconds, 60, IntervalSeconds)
                ? SettingsFault.None
                : SettingsFault.FillLevelMeasuring;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(Shape);
            writer.Put16(EmptyDistanceMillimetres);
            writer.Put16(FullDistanceMillimetres);
            writer.Put16(BottomWidthMillimetres);
            writer.Put16(TopWidthMillimetres);
            writer.Put8(WarningPercent);
            writer.Put8(AlarmPercent);
            writer.Put8(HysteresisPercent);
            writer.Put8(EmptiedDropPercent);
            writer.Put8(PingCount);
            writer.Put16(IntervalSeconds);
            writer.Put16(NearIntervalSeconds);
            writer.Put16(SubstituteCentidegrees);
            writer.Put8(PointCount);
            for (int i = 0; i < PointCount; i++)
            {
                writer.Put16(PointDistanceMillimetres[i]);
                writer.Put8(PointPercent[i]);
            }
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            Shape = reader.Get8();
            EmptyDistanceMillimetres = reader.Get16();
            FullDistanceMillimetres = reader.Get16();
            BottomWidthMillimetres = reader.Get16();
            TopWidthMillimetres = reader.Get16();
            WarningPercent = reader.Get8();
            AlarmPercent = reader.Get8();
            HysteresisPercent = reader.Get8();
            EmptiedDropPercent = reader.Get8();
            PingCount = reader.Get8();
            IntervalSeconds = reader.Get16();
            NearIntervalSeconds = reader.Get16();
            SubstituteCentidegrees = reader.GetSigned16();
            PointCount = reader.Get8();
            if (PointCount > MaximumPoints)
            {
                PointCount = 0;
                return false;
            }

            for (int i = 0; i < PointCount; i++)
            {
                PointDistanceMillimetres[i] = (ushort)reader.Get16();
                PointPercent[i] = (byte)reader.Get8();
            }

            return true;
        }

        private bool IsContainer()
        {
            bool isKnown = EmptyDistanceMillimetres != 0 || FullDistanceMillimetres != 0;
            if (!IsWithin(Shape, (int)ContainerShape.Straight, (int)ContainerShape.Table)
                || !IsWithin(EmptyDistanceMillimetres, 0, MaximumDistanceMillimetres)
                || (isKnown && !IsWithin(FullDistanceMillimetres, 0, EmptyDistanceMillimetres - 1))
                || !IsWithin(BottomWidthMillimetres, 0, MaximumDistanceMillimetres)
                || !IsWithin(TopWidthMillimetres, 0, MaximumDistanceMillimetres)
                || (Shape == (int)ContainerShape.Cone && BottomWidthMillimetres + TopWidthMillimetres == 0)
                || !IsWithin(PointCount, Shape == (int)ContainerShape.Table ? 2 : 0, MaximumPoints))
            {
                return false;
            }

            for (int i = 0; i < PointCount; i++)
            {
                if (PointPercent[i] > 100
                    || (i > 0 && (PointDistanceMillimetres[i] >= PointDistanceMillimetres[i - 1] || PointPercent[i] < PointPercent[i - 1])))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
