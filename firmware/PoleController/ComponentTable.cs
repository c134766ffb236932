// The controller's components in the order of a step: who they are, what they threw, who is left alone for how long. It runs them; what follows for
// the lamp is Controller's.
using System;

namespace PoleController
{
    /// <summary>The components, in the order in which they are started and stepped.</summary>
    public sealed class ComponentTable
    {
        /// <summary>How many components there can be.</summary>
        public const int Capacity = 20;

        /// <summary>Where <see cref="ExceptionCountOf"/> stays.</summary>
        public const int MaximumExceptionCount = 255;

        private readonly Component[] _components = new Component[Capacity];
        private readonly byte[] _ids = new byte[Capacity];
        private readonly bool[] _isSensor = new bool[Capacity];
        private readonly byte[] _exceptionCounts = new byte[Capacity];
        private readonly byte[] _exceptionKinds = new byte[Capacity];
        private readonly long[] _notBeforeMs = new long[Capacity];
        private int _running = Capacity;
        private bool _isNobodyResting;
        private long _wakeMs;

        /// <summary>Components.</summary>
        public int Count { get; private set; }

        /// <summary>Index of the component that runs at the moment; <see cref="Count"/> or more when none does.</summary>
        public int RunningIndex
        {
            get { return _running; }
        }

        /// <summary>The component that runs at the moment; none between steps.</summary>
        public ComponentId RunningId
        {
            get { return _running < Count ? (ComponentId)_ids[_running] : ComponentId.None; }
        }

        /// <summary>How many exceptions components have thrown since the start.</summary>
        public int ExceptionCount { get; private set; }

        /// <summary>Whether sensors are switched off, because the controller restarted again and again.</summary>
        public bool AreSensorsOff { get; private set; }

        /// <summary>Appends a component; at construction only.</summary>
        /// <param name="id">Which it is.</param>
        /// <param name="component">The component.</param>
        public void Add(ComponentId id, Component component)
        {
            _components[Count] = component;
            _ids[Count] = (byte)id;
            Count++;
        }

        /// <summary>Appends a component that only senses: lamp, radio and service do without it, so it is switched off when the controller restarts again and again.</summary>
        /// <param name="id">Which it is.</param>
        /// <param name="component">The component.</param>
        public void AddSensor(ComponentId id, Component component)
        {
            _isSensor[Count] = true;
            Add(id, component);
        }

        /// <summary>A component.</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        public Component ComponentAt(int index)
        {
            return _components[index];
        }

        /// <summary>Which component it is.</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        public ComponentId IdAt(int index)
        {
            return (ComponentId)_ids[index];
        }

        /// <summary>How many exceptions it has thrown since the start, 0 to 255 (it stays there).</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        public int ExceptionCountOf(int index)
        {
            return _exceptionCounts[index];
        }

        /// <summary>What it threw last.</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        public ExceptionKind LastExceptionOf(int index)
        {
            return (ExceptionKind)_exceptionKinds[index];
        }

        /// <summary>Starts a component.</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="isPowerReturn">Whether the start follows a return of power.</param>
        public void StartAt(int index, long nowMs, bool isPowerReturn)
        {
            _running = index;
            if (!_components[index].IsFitted)
            {
                _notBeforeMs[index] = Wake.Never;
            }

            _components[index].Start(nowMs, isPowerReturn);
            _running = Capacity;
        }

        /// <summary>Begins a step: <see cref="StepRest"/> follows.</summary>
        /// <param name="isNobodyResting">Whether those that rest are stepped too: settings have changed, or the clock was set.</param>
        public void BeginStep(bool isNobodyResting)
        {
            _running = 0;
            _wakeMs = Wake.Never;
            _isNobodyResting = isNobodyResting;
        }

        /// <summary>
        /// Steps the components that have not been in this step, but for those that are left alone and those that rest. When one throws, this throws: after
        /// <see cref="PassOver"/> it is called again for the others. One frame for all of them, because a call and a protected region cost more than most steps.
        /// </summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <returns>When the first of them wants to run again.</returns>
        public long StepRest(long nowMs)
        {
            int count = Count;
            Component[] components = _components;
            long[] notBeforeMs = _notBeforeMs;
            for (int i = _running; i < count; i++)
            {
                long wakeMs = notBeforeMs[i];
                if (wakeMs <= nowMs)
                {
                    Component component = components[i];
                    wakeMs = component.RestsUntilMs;
                    if (wakeMs <= nowMs || _isNobodyResting)
                    {
                        _running = i;
                        wakeMs = component.Step(nowMs);
                    }
                }

                if (wakeMs < _wakeMs)
                {
                    _wakeMs = wakeMs;
                }
            }

            _running = count;
            return _wakeMs;
        }

        /// <summary>Goes on behind the component that threw.</summary>
        /// <param name="wakeMs">When it wants to run again.</param>
        public void PassOver(long wakeMs)
        {
            if (wakeMs < _wakeMs)
            {
                _wakeMs = wakeMs;
            }

            _running++;
        }

        /// <summary>Leaves a component alone that threw.</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        /// <param name="exception">What it threw.</param>
        /// <param name="untilMs">Until when.</param>
        public void Isolate(int index, Exception exception, long untilMs)
        {
            NoteException(index, exception);
            if (_notBeforeMs[index] < untilMs)
            {
                _notBeforeMs[index] = untilMs;
            }

            // Whatever it was to find, it has not found it.
            _components[index].RestsUntilMs = 0;
            _components[index].Health.SetFailed(HealthReason.Exception);
        }

        /// <summary>Counts an exception.</summary>
        /// <param name="index">Whose: from 0 up to <see cref="Count"/>.</param>
        /// <param name="exception">The exception.</param>
        public void NoteException(int index, Exception exception)
        {
            ExceptionCount++;
            _exceptionKinds[index] = (byte)ExceptionKinds.Of(exception);
            if (_exceptionCounts[index] < MaximumExceptionCount)
            {
                _exceptionCounts[index]++;
            }
        }

        /// <summary>Steps no sensor any more; after the start, before the first step.</summary>
        public void SwitchSensorsOff()
        {
            AreSensorsOff = true;
            for (int i = 0; i < Count; i++)
            {
                if (_isSensor[i] && _components[i].IsFitted)
                {
                    _notBeforeMs[i] = Wake.Never;
                    _components[i].Health.SetDegraded(HealthReason.RestartedTooOften);
                }
            }
        }

        /// <summary>Steps the sensors again.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        public void SwitchSensorsOn(long nowMs)
        {
            AreSensorsOff = false;
            for (int i = 0; i < Count; i++)
            {
                if (_isSensor[i] && _components[i].IsFitted)
                {
                    _notBeforeMs[i] = nowMs;
                    _components[i].RestsUntilMs = 0;
                    _components[i].Health.SetOk();
                }
            }
        }
    }
}
