// Answers to commands that wait to be sent, with the time from which each may be. A fixed number; the oldest gives way and is counted.
using System;

namespace PoleController.Messages
{
    /// <summary>A first-in, first-out queue of up to four answers.</summary>
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

        /// <summary>From when on the oldest may be sent; <see cref="Wake.Never"/> when none waits.</summary>
        public long NextMs
        {
            get { return Count == 0 ? Wake.Never : _notBeforeMs[0]; }
        }

        /// <summary>Adds an answer of <see cref="CommandAnswer.Length"/> bytes.</summary>
        public void Add(byte[] answer, long notBeforeMs)
        {
            if (Count == Capacity)
            {
                RemoveOldest();
                LostCount++;
            }

            Array.Copy(answer, 0, _answers, Count * CommandAnswer.Length, CommandAnswer.Length);
            _notBeforeMs[Count] = notBeforeMs;
            Count++;
        }

        /// <summary>Copies the oldest answer; there must be one.</summary>
        public int CopyOldest(byte[] buffer)
        {
            Array.Copy(_answers, 0, buffer, 0, CommandAnswer.Length);
            return CommandAnswer.Length;
        }

        /// <summary>Removes the oldest answer; there must be one.</summary>
        public void RemoveOldest()
        {
            Count--;
            Array.Copy(_answers, CommandAnswer.Length, _answers, 0, Count * CommandAnswer.Length);
            for (int i = 0; i < Count; i++)
            {
                _notBeforeMs[i] = _notBeforeMs[i + 1];
            }
        }
    }
}
