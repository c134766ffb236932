// What follows from a frame that the radio has received: an accept begins a session, a data frame is told to everyone it concerns. Whether
// a frame is genuine and ours is judged by OverTheAirActivation, DownlinkReceiver and MulticastReceiver.
using PoleController.Hal;
using PoleController.LoRaWan.Packages;

namespace PoleController.LoRaWan
{
    /// <summary>Takes received frames.</summary>
    internal sealed class Reception
    {
        private readonly ILoRaRadio _radio;
        private readonly Region _region;
        private readonly Session _session;
        private readonly StoreSupervisor _storeSupervisor;
        private readonly RadioSupervisor _radioSupervisor;
        private readonly Exchange _exchange;
        private readonly AdrBackoff _adr;
        private readonly TimeRequest _time;
        private readonly MacAnswers _answers;
        private readonly MacCommands _commands;
        private readonly UplinkBuilder _builder;
        private readonly UplinkFrame _frame;
        private readonly DownlinkReceiver _receiver;
        private readonly MulticastReceiver _multicast;
        private readonly PackageHandler _packages;
        private readonly OverTheAirActivation _activation;
        private readonly UplinkSender _sender;
        private readonly UplinkOutcome _outcome;
        private readonly byte[] _received = new byte[256];

        /// <summary>Makes it over the parts of a device.</summary>
        internal Reception(DeviceParts parts, OverTheAirActivation activation, UplinkSender sender, UplinkOutcome outcome)
        {
            _radio = parts.Radio;
            _region = parts.Region;
            _session = parts.Session;
            _storeSupervisor = parts.StoreSupervisor;
            _radioSupervisor = parts.RadioSupervisor;
            _exchange = parts.Exchange;
            _adr = parts.AdrBackoff;
            _time = parts.TimeRequest;
            _answers = parts.Answers;
            _commands = parts.Commands;
            _builder = parts.Builder;
            _frame = parts.Frame;
            _receiver = parts.Receiver;
            _multicast = parts.MulticastReceiver;
            _packages = parts.Packages;
            _activation = activation;
            _sender = sender;
            _outcome = outcome;
        }

        /// <summary>When the last downlink came; the start of the device before there was one.</summary>
        internal long LastDownlinkMs { get; private set; }

        /// <summary>Whether a downlink of the session, or its join-accept, has come since the start: the network knows the session.</summary>
        internal bool HasHeardNetwork { get; private set; }

        /// <summary>Counts what has shown that the network hears this device: downlinks in class A windows, acknowledgements, join-accepts.</summary>
        internal int HeardCount { get; private set; }

        /// <summary>Signal strength of the last downlink, dBm.</summary>
        internal int LastRssiDbm { get; private set; }

        /// <summary>Signal-to-noise ratio of the last downlink, in quarters of a decibel.</summary>
        internal int LastSnrQuarterDecibel { get; private set; }

        /// <summary>Starts.</summary>
        internal void Start(long nowMs)
        {
            LastDownlinkMs = nowMs;
            HasHeardNetwork = false;
        }

        /// <summary>Takes the frame that the radio has just received.</summary>
        internal void OnFrameReceived(long nowMs)
        {
            int length = _radio.ReadFrame(_received);
            if (length <= 0 || length > FrameCodec.MaximumFrameLength)
            {
                return;
            }

            if (_activation.IsUnderWay)
            {
                if (_activation.TryAccept(nowMs, _received, length))
                {
                    OnJoined(nowMs);
                }
            }
            else if (_session.IsActive)
            {
                OnDataReceived(nowMs, length);
            }
        }

        private void OnJoined(long nowMs)
        {
            NoteSignal(nowMs);
            HasHeardNetwork = true;
            HeardCount++;
            _adr.Reset();
            _sender.ForgetAnswers();
            _time.Begin(nowMs);
            _exchange.Finish();
        }

        private void OnDataReceived(long nowMs, int length)
        {
            bool answersUplink = IsInClassAWindow(length);
            if (!_receiver.TryAccept(_received, length, answersUplink))
            {
                if (_receiver.HasStoreFailed)
                {
                    _storeSupervisor.Note(false, nowMs);
                }
                else if (_receiver.IsForOtherAddress)
                {
                    OnOtherReceived(nowMs, length);
                }

                return;
            }

            _storeSupervisor.Note(true, nowMs);
            NoteSignal(nowMs);
            HasHeardNetwork = true;
            if (answersUplink || _receiver.Header.IsAcknowledge)
            {
                HeardCount++;
                _adr.Reset();
                _answers.OnHeard();
            }

            _receiver.Deliver(_received, _builder.IsAdaptiveDataRate, LastSnrQuarterDecibel);
            TellPackages(nowMs, MulticastReceiver.None);
            if (_commands.HasDeviceTime && answersUplink && _frame.HasTimeRequest)
            {
                _time.OnAnswer(nowMs, _exchange.Windows.UplinkEndMs, _commands.DeviceTimeGpsS, _commands.DeviceTimeFraction);
                _frame.HasTimeRequest = false;
            }

            if (_commands.HasChanged && !_exchange.OwnsRadio)
            {
                // RX2 may have moved.
                _radioSupervisor.Sleep();
            }

            _sender.PlanAnswer(nowMs, _receiver.MustAcknowledge, !answersUplink);
            _outcome.OnDownlink(nowMs, answersUplink, _receiver.Header.IsAcknowledge);
        }

        // A group's frame says nothing of the session: the network may have lost it, and other devices of the group go on.
        private void OnOtherReceived(long nowMs, int length)
        {
            DataFrame header = _receiver.Header;
            if (!_multicast.TryAccept(header, _received, length))
            {
                if (_multicast.HasStoreFailed)
                {
                    _storeSupervisor.Note(false, nowMs);
                }

                return;
            }

            LastRssiDbm = _radio.RssiDbm;
            LastSnrQuarterDecibel = _radio.SnrQuarterDecibel;
            if (PackageId.IsPackagePort(header.FPort))
            {
                TellPackages(nowMs, _multicast.GroupId);
            }
            else
            {
                _receiver.TryPut(header, _multicast.GroupId, _received);
            }
        }

        private void TellPackages(long nowMs, int groupId)
        {
            DataFrame header = _receiver.Header;
            if (!PackageId.IsPackagePort(header.FPort))
            {
                return;
            }

            int maximumLength = _builder.MaximumMessageLength(nowMs);
            if (!_packages.OnDownlink(nowMs, header.FPort, groupId, _received, header.PayloadOffset, header.PayloadLength, maximumLength))
            {
                _storeSupervisor.Note(false, nowMs);
            }
        }

        // A frame in RX1, or one that began when RX2 opened: the network has heard the last uplink. Any other one is class C.
        private bool IsInClassAWindow(int length)
        {
            if (_exchange.Phase == ExchangePhase.InRx1)
            {
                return true;
            }

            long airTimeMs = _region.DownlinkUs(_session.Parameters.Rx2DataRate, length) / 1000;
            return _exchange.TransmissionCount > 0 && _exchange.Windows.IsInRx2(_radio.EventTimeMs - airTimeMs);
        }

        private void NoteSignal(long nowMs)
        {
            LastDownlinkMs = nowMs;
            LastRssiDbm = _radio.RssiDbm;
            LastSnrQuarterDecibel = _radio.SnrQuarterDecibel;
        }
    }
}
