// One passage in front of the radar: from the distances while somebody moves to a direction and a speed, and nothing else. It is forgotten as soon as it was counted.
namespace PoleController.Sensing
{
    /// <summary>Where somebody went, as far as a radar without bearing can say.</summary>
    public enum TravelDirection
    {
        /// <summary>Not to be told: passed by, stayed, too short, or no radar.</summary>
        Unknown = 0,

        /// <summary>Came nearer.</summary>
        Approaching = 1,

        /// <summary>Went away.</summary>
        Receding = 2,
    }

    /// <summary>How fast somebody went.</summary>
    public enum SpeedClass
    {
        /// <summary>Not to be told.</summary>
        Unknown = 0,

        /// <summary>As fast as people walk and run.</summary>
        Walking = 1,

        /// <summary>As fast as people cycle.</summary>
        Cycling = 2,

        /// <summary>Faster.</summary>
        Driving = 3,
    }

    /// <summary>
    /// A passage. The radar's distances come ten times a second in gates of about 0.75 m, so a speed over the least extent of 1.5 m is right to half of itself, over 4 m to
    /// a fifth; what crosses 6 m faster than 20 m/s gives fewer than the three reports needed.
    /// </summary>
    public sealed class TravelTrack
    {
        /// <summary>A leg that is shorter than this says nothing, in centimetres: two gates.</summary>
        public const int LeastExtentCentimetres = 150;

        /// <summary>A way back by more than this ends a leg, in centimetres.</summary>
        public const int ReversalCentimetres = 100;

        /// <summary>Movement by less than this is none, in centimetres.</summary>
        private const int StandingCentimetres = 20;

        private const int FewestReports = 3;

        private int _reports;
        private int _first;
        private long _firstMs;
        private int _extreme;
        private long _extremeMs;
        private int _sign;
        private int _approach;
        private int _approachSpeed;
        private int _recede;
        private int _recedeSpeed;

        /// <summary>Begins anew; nothing of the passage before is left.</summary>
        public void Clear()
        {
            Begin(0, 0);
            _reports = 0;
            _approach = 0;
            _approachSpeed = 0;
            _recede = 0;
            _recedeSpeed = 0;
        }

        /// <summary>Takes a distance.</summary>
        /// <param name="atMs">When, in milliseconds since start; not before the one before.</param>
        /// <param name="centimetres">The distance along the ground.</param>
        public void Add(long atMs, int centimetres)
        {
            if (_reports == 0)
            {
                Begin(atMs, centimetres);
                return;
            }

            int way = centimetres - _first;
            if (_sign == 0)
            {
                if (way > -StandingCentimetres && way < StandingCentimetres)
                {
                    // Stands: the leg begins when it leaves.
                    _firstMs = atMs;
                    return;
                }

                _sign = way > 0 ? 1 : -1;
            }

            _reports++;
            if ((centimetres - _extreme) * _sign > 0)
            {
                _extreme = centimetres;
                _extremeMs = atMs;
            }
            else if ((_extreme - centimetres) * _sign > ReversalCentimetres)
            {
                EndLeg();
                Begin(atMs, centimetres);
            }
        }

        /// <summary>Ends the passage, so that direction and speed can be read.</summary>
        public void End()
        {
            EndLeg();
            _reports = 0;
        }

        /// <summary>The direction: unknown when there is no leg, or two of similar length (passed by, paced up and down).</summary>
        public TravelDirection Direction
        {
            get
            {
                if (_approach > _recede * 2)
                {
                    return TravelDirection.Approaching;
                }

                return _recede > _approach * 2 ? TravelDirection.Receding : TravelDirection.Unknown;
            }
        }

        /// <summary>The speed on the longest leg in centimetres a second; 0 when there is none.</summary>
        public int SpeedCentimetresPerSecond
        {
            get { return _approach > _recede ? _approachSpeed : _recedeSpeed; }
        }

        private void Begin(long atMs, int centimetres)
        {
            _reports = 1;
            _sign = 0;
            _first = centimetres;
            _firstMs = atMs;
            _extreme = centimetres;
            _extremeMs = atMs;
        }

        private void EndLeg()
        {
            int extent = (_extreme - _first) * _sign;
            long elapsed = _extremeMs - _firstMs;
            if (_reports < FewestReports || extent < LeastExtentCentimetres || elapsed <= 0)
            {
                return;
            }

            int speed = (int)(extent * 1000L / elapsed);
            if (_sign < 0 && extent > _approach)
            {
                _approach = extent;
                _approachSpeed = speed;
            }
            else if (_sign > 0 && extent > _recede)
            {
                _recede = extent;
                _recedeSpeed = speed;
            }
        }
    }
}
