// Port: one analogue input. Full scale and divider are the board's.
using System;
using System.Device.Adc;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>
    /// An analogue input. The runtime reads 12 bits at the largest attenuation and without the chip's calibration (nf-interpreter,
    /// targets/ESP32/_nanoCLR/System.Device.Adc): an ESP32-S3 is off by up to 6 % of full scale then, so the board states the full scale it was measured with.
    /// </summary>
    public sealed class Esp32AnalogInput : IAnalogInput
    {
        private const int FullCounts = 4095;
        private const int Samples = 4;

        private readonly int _channelNumber;
        private readonly int _fullScaleMillivolts;
        private AdcChannel? _channel;

        /// <summary>Makes it; nothing is opened yet.</summary>
        /// <param name="channel">The runtime's channel: 0 to 9 are ADC1, GPIO1 to GPIO10 on an ESP32-S3.</param>
        /// <param name="fullScaleMillivolts">Voltage before the divider at which the converter is at its end.</param>
        public Esp32AnalogInput(int channel, int fullScaleMillivolts)
        {
            _channelNumber = channel;
            _fullScaleMillivolts = fullScaleMillivolts;
        }

        /// <inheritdoc/>
        public bool TryRead(out int millivolts)
        {
            millivolts = 0;
            try
            {
                if (_channel == null)
                {
                    _channel = new AdcController().OpenChannel(_channelNumber);
                }

                int sum = 0;
                for (int i = 0; i < Samples; i++)
                {
                    sum += _channel.ReadValue();
                }

                millivolts = (int)((long)sum * _fullScaleMillivolts / (Samples * FullCounts));
                return true;
            }
            catch (Exception)
            {
                _channel = null;
                return false;
            }
        }
    }
}
