// Which channels are used: a bit a channel, in the groups of 16 that LinkADRReq and CFList speak of.
using System;

namespace PoleController.LoRaWan
{
    /// <summary>A set of channels, up to <see cref="Region.MaximumChannelCount"/>.</summary>
    public sealed class ChannelMask
    {
        /// <summary>Channels in a group.</summary>
        public const int GroupLength = 16;

        /// <summary>Groups; of the last one only the first eight channels exist.</summary>
        public const int GroupCount = (Region.MaximumChannelCount + GroupLength - 1) / GroupLength;

        private readonly int[] _groups = new int[GroupCount];

        /// <summary>Whether there is no channel in it.</summary>
        public bool IsEmpty
        {
            get
            {
                int any = 0;
                for (int i = 0; i < GroupCount; i++)
                {
                    any |= _groups[i];
                }

                return any == 0;
            }
        }

        /// <summary>Whether a channel is in it.</summary>
        public bool Has(int channel)
        {
            return (_groups[channel / GroupLength] & (1 << (channel % GroupLength))) != 0;
        }

        /// <summary>Puts a channel in.</summary>
        public void Add(int channel)
        {
            _groups[channel / GroupLength] |= 1 << (channel % GroupLength);
        }

        /// <summary>Takes a channel out.</summary>
        public void Remove(int channel)
        {
            _groups[channel / GroupLength] &= ~(1 << (channel % GroupLength));
        }

        /// <summary>Takes all channels out.</summary>
        public void Clear()
        {
            Array.Clear(_groups, 0, GroupCount);
        }

        /// <summary>A group of 16 channels as a number, the lowest channel in the lowest bit.</summary>
        public int Group(int index)
        {
            return _groups[index];
        }

        /// <summary>Sets a group of 16 channels.</summary>
        public void SetGroup(int index, int channels)
        {
            _groups[index] = channels & 0xFFFF;
        }

        /// <summary>Becomes equal to another.</summary>
        public void CopyFrom(ChannelMask other)
        {
            Array.Copy(other._groups, 0, _groups, 0, GroupCount);
        }

        /// <summary>Whether it has the same channels as another.</summary>
        public bool IsEqualTo(ChannelMask other)
        {
            int difference = 0;
            for (int i = 0; i < GroupCount; i++)
            {
                difference |= _groups[i] ^ other._groups[i];
            }

            return difference == 0;
        }

        /// <summary>How many of the first channels are in it.</summary>
        /// <param name="channelCount">How many channels to look at, from the first one.</param>
        public int CountBelow(int channelCount)
        {
            int count = 0;
            for (int i = 0; i < channelCount; i++)
            {
                count += Has(i) ? 1 : 0;
            }

            return count;
        }
    }
}
