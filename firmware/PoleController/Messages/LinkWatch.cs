// Whether the network hears this pole. Status messages are not acknowledged, so now and then one asks; what follows from the answer, or from
// none, is decided here. What is done with messages that may not have arrived is IntervalLog's.
using PoleController.LoRaWan;

namespace PoleController.Messages
{
    /// <summary>Judges whether uplinks are heard.</summary>
    internal sealed class LinkWatch
    {
        /// <summary>
        /// One status in so many asks for an answer (LinkCheckReq), unless the network was heard anyway: at an interval of ten minutes every two hours.
        /// A downlink of 15 bytes for twelve uplinks costs a gateway with 1,000 poles 23 s of airtime an hour at SF7.
        /// </summary>
        public const int StatusesPerCheck = 12;

        /// <summary>After so many in a row without an answer the link counts as down; before, every status asks.</summary>
        public const int UnansweredUntilDown = 3;

        private readonly EndDevice _device;
        private int _seenHeardCount;
        private int _statusCount;
        private int _unansweredCount;
        private bool _isAsked;

        /// <summary>Makes it.</summary>
        public LinkWatch(EndDevice device)
        {
            _device = device;
        }

        /// <summary>Whether the network was heard in this start, and has not been in doubt since.</summary>
        public bool IsProven { get; private set; }

        /// <summary>Whether it has to be assumed that nothing arrives.</summary>
        public bool IsDown { get; private set; }

        /// <summary>Starts: nothing is known.</summary>
        public void Start()
        {
            _seenHeardCount = _device.HeardCount;
            IsProven = false;
            IsDown = false;
        }

        /// <summary>Looks whether the network has shown that it hears.</summary>
        /// <returns>Whether it has since the last look.</returns>
        public bool Look()
        {
            int heardCount = _device.HeardCount;
            if (heardCount == _seenHeardCount)
            {
                return false;
            }

            _seenHeardCount = heardCount;
            _statusCount = 0;
            _unansweredCount = 0;
            IsProven = true;
            IsDown = false;
            return true;
        }

        /// <summary>A status is about to be handed over: it asks if it is time to.</summary>
        public void BeforeStatus()
        {
            _statusCount++;
            _isAsked = !IsProven || _unansweredCount > 0 || _statusCount >= StatusesPerCheck;
            if (_isAsked)
            {
                _device.RequestLinkCheck();
            }
        }

        /// <summary>A status has been sent, and nothing was heard in its receive windows.</summary>
        public void OnStatusUnheard()
        {
            if (_isAsked)
            {
                OnUnanswered();
            }
        }

        /// <summary>Something that asked for an answer got none.</summary>
        public void OnUnanswered()
        {
            _unansweredCount++;
            if (_unansweredCount >= UnansweredUntilDown)
            {
                OnGivenUp();
            }
        }

        /// <summary>A confirmed message was given up after all its tries.</summary>
        public void OnGivenUp()
        {
            if (_unansweredCount < UnansweredUntilDown)
            {
                _unansweredCount = UnansweredUntilDown;
            }

            IsProven = false;
            IsDown = true;
        }
    }
}
