// How the pole stood when it was mounted: learnt when it has been still for a while, kept in the store, followed slowly where the part drifts with temperature and age.
using System;
using PoleController.Hal;

namespace PoleController.Sensing
{
    /// <summary>
    /// The zero of the tilt. Slots "tilt-a" and "tilt-b" in the store, body: acceleration along x, y, z in thousandths of standard gravity, 2 bytes each. It is written once
    /// after mounting and after a command.
    /// </summary>
    public sealed class TiltZero
    {
        /// <summary>
        /// How far the zero may follow a drift along one axis, in thousandths of standard gravity: 1.4 degrees. An LIS3DH drifts by 0.5 a degree Celsius (its data sheet's
        /// typical zero-g level change), 25 from a winter night to a summer noon.
        /// </summary>
        public const int MostDriftMilligravities = 25;

        /// <summary>How far two samples may be apart for the pole to be still, along one axis, in thousandths of standard gravity.</summary>
        public const int StillMilligravities = 30;

        private const int BodyLength = 6;

        // The drift follows by 1/128 of the difference a sample: with one in ten minutes, two thirds of it within a day.
        private const int DriftShift = 7;
        private const int DriftScale = 256;

        private readonly byte[] _buffer = new byte[SlottedRecord.OverheadLength + BodyLength + 1];
        private readonly SlottedRecord _record;
        private readonly int[] _drift = new int[3];
        private readonly int[] _sum = new int[3];
        private int _sumCount;
        private long _stillSinceMs;

        /// <summary>Makes it; nothing is read yet.</summary>
        public TiltZero(IStore store)
        {
            _record = new SlottedRecord(store, "tilt-a", "tilt-b", _buffer);
        }

        /// <summary>Whether the zero is known.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>Whether the zero is known and not kept: the store refused.</summary>
        public bool IsUnsaved { get; private set; }

        /// <summary>Acceleration at zero along x, y and z.</summary>
        public int[] Milligravities { get; } = new int[3];

        /// <summary>Reads the zero from the store.</summary>
        public void Load()
        {
            try
            {
                if (_record.ReadNewest() == BodyLength)
                {
                    for (int i = 0; i < 3; i++)
                    {
                        Milligravities[i] = (short)Wire.ReadUInt16(_buffer, SlottedRecord.BodyOffset + (i * 2));
                    }

                    // A record of zeros is a zero that was forgotten.
                    IsKnown = Milligravities[0] != 0 || Milligravities[1] != 0 || Milligravities[2] != 0;
                }
            }
            catch (Exception)
            {
                IsKnown = false;
            }
        }

        /// <summary>Forgets the zero: the pole was mounted anew. The next one is learnt.</summary>
        public void Forget()
        {
            IsKnown = false;
            _sumCount = 0;
            Array.Clear(Milligravities, 0, 3);
            Array.Clear(_drift, 0, 3);
            Save();
        }

        /// <summary>The angle of an acceleration against the zero, in tenths of a degree.</summary>
        public int AngleDecidegrees(int x, int y, int z)
        {
            return TiltAngle.Between(
                x, y, z, Milligravities[0] + (_drift[0] / DriftScale), Milligravities[1] + (_drift[1] / DriftScale), Milligravities[2] + (_drift[2] / DriftScale));
        }

        /// <summary>Learns from a sample while the zero is not known: the mean of the samples for as long as the pole was still.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="x">Acceleration along x.</param>
        /// <param name="y">Acceleration along y.</param>
        /// <param name="z">Acceleration along z.</param>
        /// <param name="stillForMs">How long it must have been still.</param>
        public void Learn(long nowMs, int x, int y, int z, long stillForMs)
        {
            if (_sumCount == 0 || IsApart(0, x) || IsApart(1, y) || IsApart(2, z))
            {
                Array.Clear(_sum, 0, 3);
                _sumCount = 0;
                _stillSinceMs = nowMs;
            }

            _sum[0] += x;
            _sum[1] += y;
            _sum[2] += z;
            _sumCount++;
            if (nowMs - _stillSinceMs < stillForMs)
            {
                return;
            }

            for (int i = 0; i < 3; i++)
            {
                Milligravities[i] = _sum[i] / _sumCount;
                _drift[i] = 0;
            }

            _sumCount = 0;
            IsKnown = true;
            Save();
        }

        /// <summary>Follows a slow drift, within its bounds: what leans farther leans.</summary>
        public void Follow(int x, int y, int z)
        {
            FollowAxis(0, x);
            FollowAxis(1, y);
            FollowAxis(2, z);
        }

        /// <summary>Writes the zero again after the store refused.</summary>
        public void Save()
        {
            for (int i = 0; i < 3; i++)
            {
                Wire.WriteUInt16(_buffer, SlottedRecord.BodyOffset + (i * 2), Milligravities[i]);
            }

            try
            {
                IsUnsaved = !_record.TryWrite(BodyLength);
            }
            catch (Exception)
            {
                IsUnsaved = true;
            }
        }

        private bool IsApart(int axis, int value)
        {
            int difference = value - (_sum[axis] / _sumCount);
            return difference > StillMilligravities || difference < -StillMilligravities;
        }

        private void FollowAxis(int axis, int value)
        {
            int most = MostDriftMilligravities * DriftScale;
            int target = (value - Milligravities[axis]) * DriftScale;
            int drift = _drift[axis] + ((target - _drift[axis]) >> DriftShift);
            _drift[axis] = drift > most ? most : (drift < -most ? -most : drift);
        }
    }
}
