// Answers to commands that wait to be sent, with the time from which each may be. A fixed number; the oldest gives way and is counted.
using System;

namespace PoleController.Messages
{
    /// <summary>
    /// Up to four answers, sent in the order of their times: an answer to a group's command may wait for minutes and must not keep one to this
    /// pole alone waiting.
    /// </summary>
    internal sealed class AnswerQueue
    {
        /// <summary>Answers it holds. An operator waits for an answer before the next command, so more than one is rare.</summary>
        public const int Capacity = 4;

        private readonly byte[] _answers = new byte[Capacity * CommandAnswer.Length];
        private readonly long[] _notBeforeMs = new long[Capacity];

        /// <summary>Answers that wait.</summary>
        public int Count { get; private set; }

        /// <summary>Answers that gave way to newer ones since start.</summary>
        public int LostCount { get; private set; }

        /// <summary>From when on the next may be sent; <see cref="Wake.Never"/> when none waits.</summary>
        public long NextMs
        {
            get { return Count == 0 ? Wake.Never : _notBeforeMs[Next()]; }
        }

        /// <summary>Adds an answer of <see cref="CommandAnswer.Length"/> bytes.</summary>
        public void Add(byte[] answer, long notBeforeMs)
        {
            if (Count == Capacity)
            {
                Remove(0);
                LostCount++;
            }

            Array.Copy(answer, 0, _answers, Count * CommandAnswer.Length, CommandAnswer.Length);
            _notBeforeMs[Count] = notBeforeMs;
            Count++;
        }

        /// <summary>Copies the next answer; there must be one.</summary>
        public int CopyNext(byte[] buffer)
        {
            Array.Copy(_answers, Next() * CommandAnswer.Length, buffer, 0, CommandAnswer.Length);
            return CommandAnswer.Length;
        }

        /// <summary>Removes the next answer; there must be one.</summary>
        public void RemoveNext()
        {
            Remove(Next());
        }

        // The one that may be sent first; of several the one that was added first.
        private int Next()
        {
            int next = 0;
            for (int i = 1; i < Count; i++)
            {
                if (_notBeforeMs[i] < _notBeforeMs[next])
                {
                    next = i;
                }
            }

            return next;
        }

        private void Remove(int index)
        {
            Count--;
            Array.Copy(
                _answers,
                (index + 1) * CommandAnswer.Length,
                _answers,
                index * CommandAnswer.Length,
                (Count - index) * CommandAnswer.Length);
            for (int i = index; i < Count; i++)
            {
                _notBeforeMs[i] = _notBeforeMs[i + 1];
            }
        }
    }
}
