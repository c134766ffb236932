// Of nanoFramework.Device.Bluetooth: advertising and scanning. The stack does one of them at a time, as the package's does.
using System.Collections;
using NanoFrameworkPackages;
using nanoFramework.Device.Bluetooth.Advertisement;

namespace nanoFramework.Device.Bluetooth
{
    public class Buffer
    {
        public Buffer(byte[] array) => Data = array;

        public uint Length => (uint)Data.Length;

        internal byte[] Data { get; }
    }

    public class DataReader
    {
        private readonly Buffer _buffer;

        private DataReader(Buffer buffer) => _buffer = buffer;

        public static DataReader FromBuffer(Buffer buffer) => new(buffer);

        public void ReadBytes(byte[] value) => Array.Copy(_buffer.Data, value, value.Length);
    }

    public enum BluetoothLEAdvertisementWatcherStatus
    {
        Started = 1,
    }

    public class BluetoothLEAdvertisementWatcher
    {
        public delegate void BluetoothLEAdvertisementReceivedHandler(BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementReceivedEventArgs args);

        public event BluetoothLEAdvertisementReceivedHandler? Received;

        public BluetoothLEScanningMode ScanningMode { get; set; }

        public BluetoothLEAdvertisementWatcherStatus Status { get; private set; }

        public void Start()
        {
            SimulatedChip chip = SimulatedChip.Current;
            if (chip.IsBluetoothBroken)
            {
                throw new InvalidOperationException();
            }

            chip.Advertisement = null;
            chip.Bluetooth.Add("scan");
            chip.Watcher = this;
            Status = BluetoothLEAdvertisementWatcherStatus.Started;
        }

        public void Stop()
        {
            SimulatedChip.Current.Bluetooth.Add("stop scan");
            SimulatedChip.Current.Watcher = null;
            Status = 0;
        }

        internal void Hear(BluetoothLEAdvertisement advertisement, short rssiDbm) =>
            Received?.Invoke(this, new BluetoothLEAdvertisementReceivedEventArgs(advertisement, rssiDbm));
    }
}

namespace nanoFramework.Device.Bluetooth.Advertisement
{
    public enum BluetoothLEScanningMode
    {
        Passive = 0,
    }

    public class BluetoothLEManufacturerData
    {
        public BluetoothLEManufacturerData(ushort companyId, Buffer data)
        {
            CompanyId = companyId;
            Data = data;
        }

        public ushort CompanyId { get; set; }

        public Buffer Data { get; set; }
    }

    public class BluetoothLEAdvertisement
    {
        public ArrayList ManufacturerData { get; } = [];
    }

    public class BluetoothLEAdvertisementReceivedEventArgs
    {
        internal BluetoothLEAdvertisementReceivedEventArgs(BluetoothLEAdvertisement advertisement, short rssiDbm)
        {
            Advertisement = advertisement;
            RawSignalStrengthInDBm = rssiDbm;
        }

        public BluetoothLEAdvertisement Advertisement { get; }

        public short RawSignalStrengthInDBm { get; }
    }

    public class BluetoothLEAdvertisementPublisher
    {
        private readonly BluetoothLEAdvertisement _advertisement;

        public BluetoothLEAdvertisementPublisher(BluetoothLEAdvertisement advertisement) => _advertisement = advertisement;

        public void Start()
        {
            SimulatedChip chip = SimulatedChip.Current;
            if (chip.IsBluetoothBroken || chip.Watcher is not null)
            {
                throw new InvalidOperationException();
            }

            chip.Bluetooth.Add("advertise");
            chip.Advertisement = _advertisement;
        }

        public void Stop()
        {
            SimulatedChip.Current.Bluetooth.Add("stop advertise");
            SimulatedChip.Current.Advertisement = null;
        }
    }
}
