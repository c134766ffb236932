// Port: a LoRa transceiver, in the terms of its data sheet. Nothing of LoRaWAN is in it. One operation at a time: starting one ends
// the one before. The radio raises an event when something ended; the event wakes the pole and the next step polls it. A radio that
// waits for its chip (reset, start-up, a busy line, a time-out) never blocks: it says when it wants to be polled again.
namespace PoleController.Hal
{
    /// <summary>What ended in the radio since the last poll.</summary>
    public enum LoRaRadioEvent
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>The frame has left; <see cref="ILoRaRadio.EventTimeMs"/> is when.</summary>
        TransmitDone = 1,

        /// <summary>A frame with a right payload CRC, or a downlink (which has none), was received.</summary>
        ReceiveDone = 2,

        /// <summary>No preamble came within the window.</summary>
        ReceiveTimeout = 3,

        /// <summary>The radio failed or does not answer; start it again with the next operation.</summary>
        Fault = 4,
    }

    /// <summary>
    /// A LoRa transceiver. Coding rate 4/5, explicit header and the public sync word 0x34 are fixed. <see cref="Poll"/> tells it the time and is
    /// called in every step before any other member.
    /// </summary>
    public interface ILoRaRadio
    {
        /// <summary>Starts to transmit (normal IQ, payload CRC on: an uplink).</summary>
        /// <param name="frequencyHz">Centre frequency in hertz.</param>
        /// <param name="spreadingFactor">7 to 12.</param>
        /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
        /// <param name="powerDbm">Output power (EIRP) in dBm, -9 to 22.</param>
        /// <param name="frame">The PHY payload; copied before the call returns.</param>
        /// <param name="length">Bytes of it, 1 to 255.</param>
        /// <returns>False when the radio did not take it.</returns>
        bool TryTransmit(int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, byte[] frame, int length);

        /// <summary>Starts to receive (inverted IQ, no payload CRC: a downlink).</summary>
        /// <param name="frequencyHz">Centre frequency in hertz.</param>
        /// <param name="spreadingFactor">7 to 12.</param>
        /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
        /// <param name="windowMs">How long a preamble may take to come; 0 listens until the next operation.</param>
        /// <returns>False when the radio did not take it.</returns>
        bool TryReceive(int frequencyHz, int spreadingFactor, int bandwidthHz, int windowMs);

        /// <summary>Ends whatever goes on.</summary>
        void Sleep();

        /// <summary>Goes on with whatever the radio waits for, and takes the oldest event that was not taken yet.</summary>
        /// <param name="nowMs">Milliseconds since start; holds for the operations begun until the next poll.</param>
        LoRaRadioEvent Poll(long nowMs);

        /// <summary>
        /// When the radio wants to be polled again though no event wakes the pole, in milliseconds since start; <see cref="long.MaxValue"/> when it
        /// does not. May change with every call of another member. Earlier polls do no harm.
        /// </summary>
        long NextWakeMs { get; }

        /// <summary>
        /// When the event last taken happened, in milliseconds since start: the clock of <see cref="Controller.Step"/>. A radio that only knows
        /// when it was polled gives that time: late by a step of the loop at most.
        /// </summary>
        long EventTimeMs { get; }

        /// <summary>Copies the frame last received.</summary>
        /// <param name="buffer">256 bytes or more.</param>
        /// <returns>Its length; 0 when there is none.</returns>
        int ReadFrame(byte[] buffer);

        /// <summary>Signal strength of the frame last received, in dBm.</summary>
        int RssiDbm { get; }

        /// <summary>Signal-to-noise ratio of the frame last received, in quarters of a decibel.</summary>
        int SnrQuarterDecibel { get; }
    }
}
