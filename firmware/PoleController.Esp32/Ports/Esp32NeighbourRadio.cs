// Port: the short-range radio between neighbouring poles, as Bluetooth LE advertisements with manufacturer data. What is in them is the controller's.
using System;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using PoleController.Esp32.Loop;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>
    /// Broadcasts and hears broadcasts. The stable package runs its stack either as server (it advertises) or as client (it scans), never as both
    /// (nanoFramework.Device.Bluetooth, BluetoothNanoDevice), so a pole does not hear while it tells. The chip filters what it has heard from an address
    /// before, whatever is in it, until a scan begins anew: it does every second.
    /// </summary>
    public sealed class Esp32NeighbourRadio : INeighbourRadio, IWakeSource
    {
        /// <summary>Bytes of manufacturer data beside flags and headers in a legacy advertisement of 31 bytes.</summary>
        public const int DataLength = 24;

        /// <summary>How long a scan goes on before it begins anew, in milliseconds.</summary>
        public const int ScanMs = 1000;

        /// <summary>Company identifier of what has none of its own, for internal use (Bluetooth Assigned Numbers, Company Identifiers).</summary>
        public const ushort CompanyId = 0xFFFF;

        private readonly IBoardClock _clock;
        private readonly BroadcastQueue _heard = new BroadcastQueue(DataLength);
        private BluetoothLEAdvertisementWatcher? _watcher;
        private BluetoothLEAdvertisementPublisher? _publisher;
        private long _changeMs;
        private bool _isFailed;
        private int _seen;

        /// <summary>Makes it; the stack starts when the radio is first looked at.</summary>
        public Esp32NeighbourRadio(IBoardClock clock)
        {
            _clock = clock;
        }

        /// <inheritdoc/>
        public int MaximumLength
        {
            get { return DataLength; }
        }

        /// <inheritdoc/>
        public bool TryBroadcast(byte[] data, int length, int durationMs)
        {
            try
            {
                StopScan();
                StopBroadcast();
                byte[] copy = new byte[length];
                Array.Copy(data, copy, length);
                BluetoothLEAdvertisement advertisement = new BluetoothLEAdvertisement();
                advertisement.ManufacturerData.Add(new BluetoothLEManufacturerData(CompanyId, new nanoFramework.Device.Bluetooth.Buffer(copy)));
                _publisher = new BluetoothLEAdvertisementPublisher(advertisement);
                _publisher.Start();
                _changeMs = _clock.NowMs + durationMs;
                _isFailed = false;
                return true;
            }
            catch (Exception)
            {
                _isFailed = true;
                return false;
            }
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, out int rssiDbm)
        {
            Tend(_clock.NowMs);
            int length = _heard.Take(buffer, out rssiDbm);
            return length == 0 && _isFailed ? -1 : length;
        }

        /// <inheritdoc/>
        public bool HasNews(long nowMs)
        {
            // Only what came since the last look: what nobody takes must not keep the loop awake.
            Tend(nowMs);
            int added = _heard.AddedCount;
            bool hasNews = added != _seen;
            _seen = added;
            return hasNews;
        }

        // Goes back to listening when a broadcast has lasted long enough, and begins the scan anew now and then.
        private void Tend(long nowMs)
        {
            if (nowMs < _changeMs)
            {
                return;
            }

            _changeMs = nowMs + ScanMs;
            try
            {
                StopBroadcast();
                StopScan();
                if (_watcher == null)
                {
                    _watcher = new BluetoothLEAdvertisementWatcher();
                    _watcher.ScanningMode = BluetoothLEScanningMode.Passive;
                    _watcher.Received += OnReceived;
                }

                _watcher.Start();
                _isFailed = false;
            }
            catch (Exception)
            {
                _isFailed = true;
            }
        }

        private void StopBroadcast()
        {
            BluetoothLEAdvertisementPublisher? publisher = _publisher;
            _publisher = null;
            if (publisher != null)
            {
                publisher.Stop();
            }
        }

        private void StopScan()
        {
            if (_watcher != null && _watcher.Status == BluetoothLEAdvertisementWatcherStatus.Started)
            {
                _watcher.Stop();
            }
        }

        // On the Bluetooth thread. Hostile or foreign advertisements end here or are too long for the queue; nothing thrown may reach that thread.
        private void OnReceived(BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementReceivedEventArgs args)
        {
            try
            {
                for (int i = 0; i < args.Advertisement.ManufacturerData.Count; i++)
                {
                    BluetoothLEManufacturerData found = (BluetoothLEManufacturerData)args.Advertisement.ManufacturerData[i]!;
                    if (found.CompanyId == CompanyId && found.Data.Length > 0 && found.Data.Length <= DataLength)
                    {
                        byte[] data = new byte[found.Data.Length];
                        DataReader.FromBuffer(found.Data).ReadBytes(data);
                        _heard.Add(data, data.Length, args.RawSignalStrengthInDBm);
                    }
                }
            }
            catch (Exception)
            {
                // An advertisement that the package could not take apart.
            }
        }
    }
}
