// Numbers of IEC 62386-102 and -207 that the driver sends: commands, queries, special commands, memory banks. Names only.
namespace PoleController.Drivers
{
    /// <summary>Commands to control gear (second byte of a forward frame whose first one has its lowest bit set), and special commands (first byte).</summary>
    public static class DaliCommand
    {
        /// <summary>SET SYSTEM FAILURE LEVEL: from DTR0, to be sent twice.</summary>
        public const int SetSystemFailureLevel = 0x2C;

        /// <summary>SET POWER ON LEVEL: from DTR0, to be sent twice.</summary>
        public const int SetPowerOnLevel = 0x2D;

        /// <summary>SET FADE TIME: from DTR0, to be sent twice.</summary>
        public const int SetFadeTime = 0x2E;

        /// <summary>ENABLE WRITE MEMORY: to be sent twice; any other command but those for DTRs and memory ends it.</summary>
        public const int EnableWriteMemory = 0x81;

        /// <summary>QUERY STATUS.</summary>
        public const int QueryStatus = 0x90;

        /// <summary>QUERY CONTENT DTR0.</summary>
        public const int QueryContentDtr0 = 0x98;

        /// <summary>QUERY DEVICE TYPE.</summary>
        public const int QueryDeviceType = 0x99;

        /// <summary>QUERY ACTUAL LEVEL.</summary>
        public const int QueryActualLevel = 0xA0;

        /// <summary>QUERY POWER ON LEVEL.</summary>
        public const int QueryPowerOnLevel = 0xA3;

        /// <summary>QUERY SYSTEM FAILURE LEVEL.</summary>
        public const int QuerySystemFailureLevel = 0xA4;

        /// <summary>QUERY FADE TIME/FADE RATE: the fade time is the upper four bits.</summary>
        public const int QueryFadeTimeFadeRate = 0xA5;

        /// <summary>READ MEMORY LOCATION: bank in DTR1, location in DTR0, which goes on by one.</summary>
        public const int ReadMemoryLocation = 0xC5;

        /// <summary>QUERY DIMMING CURVE (IEC 62386-207, after ENABLE DEVICE TYPE 6): 0 logarithmic, 1 linear.</summary>
        public const int QueryDimmingCurve = 0xEE;

        /// <summary>DTR0: special, the value in the second byte.</summary>
        public const int Dtr0 = 0xA3;

        /// <summary>ENABLE DEVICE TYPE: special.</summary>
        public const int EnableDeviceType = 0xC1;

        /// <summary>DTR1: special.</summary>
        public const int Dtr1 = 0xC3;

        /// <summary>WRITE MEMORY LOCATION - NO REPLY: special.</summary>
        public const int WriteMemoryLocationNoReply = 0xC9;

        /// <summary>First byte of a level (DAPC) to all gear; of a command one more. To a short address: the address times two.</summary>
        public const int BroadcastLevel = 0xFE;

        /// <summary>Device type of LED modules (IEC 62386-207).</summary>
        public const int DeviceTypeLed = 6;

        /// <summary>Bit of the status: the control gear does not work.</summary>
        public const int StatusGearFailure = 0x01;

        /// <summary>Bit of the status: the lamp does not work.</summary>
        public const int StatusLampFailure = 0x02;

        /// <summary>Bit of the status: the level asked for is beyond the gear's lowest or highest.</summary>
        public const int StatusLimitError = 0x08;

        /// <summary>Bit of the status: a fade goes on.</summary>
        public const int StatusFadeRunning = 0x10;

        /// <summary>Bit of the status: the gear has had no level since it was fed.</summary>
        public const int StatusPowerCycleSeen = 0x80;

        /// <summary>MASK: no value, or (actual level) not known yet.</summary>
        public const int Mask = 255;
    }
}
