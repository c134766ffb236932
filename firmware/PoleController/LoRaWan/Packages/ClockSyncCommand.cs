// The commands of application layer clock synchronisation on the wire, both directions. What they do is ClockSync's.
namespace PoleController.LoRaWan.Packages
{
    /// <summary>
    /// One command of TS003-1.0.0 or TS003-2.0.0, whose layouts are the same. Made once, filled again and again; which fields mean
    /// something is said by <see cref="PackageCommand.Cid"/> and the direction. Bits reserved for future use are sent as 0 and ignored.
    /// </summary>
    public sealed class ClockSyncCommand : PackageCommand
    {
        /// <summary>AppTimeReq (up), AppTimeAns (down).</summary>
        public const int AppTime = 0x01;

        /// <summary>DeviceAppTimePeriodicityReq (down), DeviceAppTimePeriodicityAns (up).</summary>
        public const int DeviceAppTimePeriodicity = 0x02;

        /// <summary>ForceDeviceResyncReq (down); it has no answer.</summary>
        public const int ForceDeviceResync = 0x03;

        /// <summary>Bytes of the longest command with its CID.</summary>
        public const int MaximumLength = 6;

        /// <summary>AppTimeReq and DeviceAppTimePeriodicityAns: the device's time, seconds since the GPS epoch modulo 2^32.</summary>
        public uint DeviceTimeS;

        /// <summary>AppTimeReq: AnsRequired, whether the server answers even if the time is right.</summary>
        public bool IsAnswerRequired;

        /// <summary>AppTimeReq and AppTimeAns: TokenReq and TokenAns, 0 to 15.</summary>
        public int Token;

        /// <summary>AppTimeAns: seconds to add to the device's time; the smallest and the largest value stand for "that or more".</summary>
        public int TimeCorrectionS;

        /// <summary>DeviceAppTimePeriodicityReq: Period, 0 to 15; the device asks every 128 * 2^Period seconds.</summary>
        public int Period;

        /// <summary>DeviceAppTimePeriodicityAns: NotSupported.</summary>
        public bool IsNotSupported;

        /// <summary>ForceDeviceResyncReq: NbTransmissions, 0 to 7.</summary>
        public int TransmissionCount;

        /// <summary>Reads a command that a server sent.</summary>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="offset">Where the command begins.</param>
        /// <param name="end">Where the message ends.</param>
        /// <returns>Bytes of the command; 0 when there is no such command or it is cut short, so that what follows cannot be read.</returns>
        public int DecodeDownlink(byte[] buffer, int offset, int end)
        {
            int length = offset < end ? DownlinkLength(buffer[offset]) : 0;
            if (length == 0 || offset + length > end)
            {
                return 0;
            }

            Cid = buffer[offset];
            int body = offset + 1;
            switch (Cid)
            {
                case AppTime:
                    TimeCorrectionS = (int)(long)Wire.ReadUInt32(buffer, body);
                    Token = buffer[body + 4] & 0x0F;
                    break;
                case DeviceAppTimePeriodicity:
                    Period = buffer[body] & 0x0F;
                    break;
                case ForceDeviceResync:
                    TransmissionCount = buffer[body] & 0x07;
                    break;
                default:
                    break;
            }

            return length;
        }

        /// <summary>Writes a command of a server.</summary>
        /// <returns>Bytes written, at most <see cref="MaximumLength"/>; 0 when a server has no such command.</returns>
        public int EncodeDownlink(byte[] buffer, int offset)
        {
            int length = DownlinkLength(Cid);
            if (length == 0)
            {
                return 0;
            }

            buffer[offset] = (byte)Cid;
            int body = offset + 1;
            switch (Cid)
            {
                case AppTime:
                    Wire.WriteUInt32(buffer, body, (uint)TimeCorrectionS);
                    buffer[body + 4] = (byte)(Token & 0x0F);
                    break;
                case DeviceAppTimePeriodicity:
                    buffer[body] = (byte)(Period & 0x0F);
                    break;
                case ForceDeviceResync:
                    buffer[body] = (byte)(TransmissionCount & 0x07);
                    break;
                default:
                    break;
            }

            return length;
        }

        /// <summary>Reads a command that a device sent.</summary>
        /// <returns>Bytes of the command; 0 when there is no such command or it is cut short.</returns>
        public int DecodeUplink(byte[] buffer, int offset, int end)
        {
            int length = offset < end ? UplinkLength(buffer[offset]) : 0;
            if (length == 0 || offset + length > end)
            {
                return 0;
            }

            Cid = buffer[offset];
            int body = offset + 1;
            switch (Cid)
            {
                case PackageId.PackageVersion:
                    ReadVersionAnswer(buffer, body);
                    break;
                case AppTime:
                    DeviceTimeS = Wire.ReadUInt32(buffer, body);
                    Token = buffer[body + 4] & 0x0F;
                    IsAnswerRequired = (buffer[body + 4] & 0x10) != 0;
                    break;
                default:
                    IsNotSupported = (buffer[body] & 0x01) != 0;
                    DeviceTimeS = Wire.ReadUInt32(buffer, body + 1);
                    break;
            }

            return length;
        }

        /// <summary>Writes a command of a device.</summary>
        /// <returns>Bytes written, at most <see cref="MaximumLength"/>; 0 when a device has no such command.</returns>
        public int EncodeUplink(byte[] buffer, int offset)
        {
            int length = UplinkLength(Cid);
            if (length == 0)
            {
                return 0;
            }

            buffer[offset] = (byte)Cid;
            int body = offset + 1;
            switch (Cid)
            {
                case PackageId.PackageVersion:
                    WriteVersionAnswer(buffer, body);
                    break;
                case AppTime:
                    Wire.WriteUInt32(buffer, body, DeviceTimeS);
                    buffer[body + 4] = (byte)((Token & 0x0F) | (IsAnswerRequired ? 0x10 : 0));
                    break;
                default:
                    buffer[body] = (byte)(IsNotSupported ? 1 : 0);
                    Wire.WriteUInt32(buffer, body + 1, DeviceTimeS);
                    break;
            }

            return length;
        }

        private static int DownlinkLength(int cid)
        {
            switch (cid)
            {
                case PackageId.PackageVersion:
                    return 1;
                case AppTime:
                    return 6;
                case DeviceAppTimePeriodicity:
                case ForceDeviceResync:
                    return 2;
                default:
                    return 0;
            }
        }

        private static int UplinkLength(int cid)
        {
            switch (cid)
            {
                case PackageId.PackageVersion:
                    return VersionAnswerLength;
                case AppTime:
                case DeviceAppTimePeriodicity:
                    return 6;
                default:
                    return 0;
            }
        }
    }
}
