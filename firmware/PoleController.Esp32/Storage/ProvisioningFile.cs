// The provisioning file: who the pole is, its keys and what hangs at it, as text that a person or a tool puts on the internal partition. It is taken over whole or
// not at all, into the records that the controller reads, and removed then.
using System;
using PoleController.Boards;
using PoleController.Hal;
using PoleController.LoRaWan;

namespace PoleController.Esp32.Storage
{
    /// <summary>What became of the provisioning file.</summary>
    public enum ProvisioningOutcome
    {
        /// <summary>There is none.</summary>
        None = 0,

        /// <summary>It was taken over.</summary>
        Taken = 1,

        /// <summary>A line is wrong; nothing was changed.</summary>
        LineWrong = 2,

        /// <summary>Something is missing that an identity needs; nothing was changed.</summary>
        Incomplete = 3,

        /// <summary>The store refused; the file is still there and is taken over at the next start.</summary>
        StoreRefused = 4,
    }

    /// <summary>
    /// Lines of a word and its value, ASCII; empty lines and lines that begin with # say nothing. dev-eui and join-eui with 16 hexadecimal digits, app-key,
    /// gen-app-key and service-key with 32, region with its name, board with the words of <see cref="BoardFitting"/>. An identity needs the first three; region is eu868
    /// where it is not named, the other keys none. A file with only a board changes the board.
    /// </summary>
    public sealed class ProvisioningFile
    {
        /// <summary>Name of the file.</summary>
        public const string FileName = "provision.txt";

        /// <summary>The longest file that is read, in bytes; a longer one is refused.</summary>
        public const int MaximumLength = 1024;

        private const int HasDevEui = 1;
        private const int HasJoinEui = 2;
        private const int HasAppKey = 4;
        private const int HasIdentity = HasDevEui | HasJoinEui | HasAppKey;
        private const int HasMore = 8;

        private readonly byte[] _text = new byte[MaximumLength + 1];
        private readonly byte[] _board = new byte[BoardFitting.MaximumLength];
        private readonly LoRaWanIdentity _identity = new LoRaWanIdentity();
        private int _length;
        private int _boardLength;
        private int _found;

        /// <summary>The line that is wrong, from 1; 0 when none is.</summary>
        public int WrongLine { get; private set; }

        /// <summary>Takes the file over, if there is one.</summary>
        /// <param name="files">The internal partition.</param>
        public ProvisioningOutcome TakeOver(IRecordFiles files)
        {
            if (!files.Exists(FileName))
            {
                return ProvisioningOutcome.None;
            }

            _length = files.Read(FileName, _text);
            ProvisioningOutcome outcome = Read();
            if (outcome == ProvisioningOutcome.Taken && !Write(new FileStore(files)))
            {
                outcome = ProvisioningOutcome.StoreRefused;
            }

            if (outcome == ProvisioningOutcome.Taken)
            {
                files.TryDelete(FileName);
            }

            Forget();
            return outcome;
        }

        private ProvisioningOutcome Read()
        {
            int line = 0;
            int begin = 0;
            for (int i = 0; i <= _length; i++)
            {
                if (i == _length || _text[i] == (byte)'\n')
                {
                    line++;
                    if (i > MaximumLength || !TakeLine(begin, EndOf(begin, i)))
                    {
                        WrongLine = line;
                        return ProvisioningOutcome.LineWrong;
                    }

                    begin = i + 1;
                }
            }

            bool isWhole = (_found & HasIdentity) == HasIdentity || (_found == 0 && _boardLength > 0);
            return isWhole ? ProvisioningOutcome.Taken : ProvisioningOutcome.Incomplete;
        }

        // Without blanks and carriage returns at the end.
        private int EndOf(int begin, int end)
        {
            while (end > begin && _text[end - 1] <= (byte)' ')
            {
                end--;
            }

            return end;
        }

        private bool TakeLine(int begin, int end)
        {
            if (begin >= end || _text[begin] == (byte)'#')
            {
                return true;
            }

            int value = begin;
            while (value < end && _text[value] > (byte)' ')
            {
                value++;
            }

            int wordEnd = value;
            while (value < end && _text[value] <= (byte)' ')
            {
                value++;
            }

            return TakeValue(begin, wordEnd - begin, value, end - value);
        }

        private bool TakeValue(int word, int wordLength, int value, int length)
        {
            if (Is(word, wordLength, "dev-eui"))
            {
                return TakeHex(value, length, _identity.DevEui, HasDevEui);
            }

            if (Is(word, wordLength, "join-eui"))
            {
                return TakeHex(value, length, _identity.JoinEui, HasJoinEui);
            }

            if (Is(word, wordLength, "app-key"))
            {
                return TakeHex(value, length, _identity.AppKey, HasAppKey);
            }

            if (Is(word, wordLength, "gen-app-key"))
            {
                return TakeHex(value, length, _identity.GenAppKey, HasMore);
            }

            if (Is(word, wordLength, "service-key"))
            {
                return TakeHex(value, length, _identity.ServiceKey, HasMore);
            }

            if (Is(word, wordLength, "region"))
            {
                return TakeRegion(value, length);
            }

            return Is(word, wordLength, "board") && TakeBoard(value, length);
        }

        private bool TakeHex(int value, int length, byte[] into, int found)
        {
            if (length != 2 * into.Length)
            {
                return false;
            }

            for (int i = 0; i < into.Length; i++)
            {
                int high = Digit(_text[value + (2 * i)]);
                int low = Digit(_text[value + (2 * i) + 1]);
                if (high < 0 || low < 0)
                {
                    return false;
                }

                into[i] = (byte)((high << 4) | low);
            }

            _found |= found;
            return true;
        }

        private bool TakeRegion(int value, int length)
        {
            _found |= HasMore;
            for (int i = 0; i < RegionWords.Count; i++)
            {
                if (Is(value, length, RegionWords.WordAt(i)))
                {
                    _identity.Region = RegionWords.RegionAt(i);
                    return true;
                }
            }

            return false;
        }

        private bool TakeBoard(int value, int length)
        {
            if (length <= 0 || length > _board.Length)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                _board[i] = _text[value + i];
            }

            _boardLength = length;
            return true;
        }

        private bool Write(IStore store)
        {
            if (_boardLength > 0 && !store.TryWrite(BoardFitting.RecordName, _board, _boardLength))
            {
                return false;
            }

            if (_found == 0)
            {
                return true;
            }

            byte[] record = new byte[IdentityStore.RecordLength];
            bool isWritten = store.TryWrite(IdentityStore.RecordName, record, IdentityStore.Encode(_identity, record));
            Array.Clear(record, 0, record.Length);
            return isWritten;
        }

        // The keys stay in the record alone.
        private void Forget()
        {
            Array.Clear(_text, 0, _text.Length);
            Array.Clear(_identity.AppKey, 0, _identity.AppKey.Length);
            Array.Clear(_identity.GenAppKey, 0, _identity.GenAppKey.Length);
            Array.Clear(_identity.ServiceKey, 0, _identity.ServiceKey.Length);
        }

        private bool Is(int at, int length, string word)
        {
            if (length != word.Length)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                if (_text[at + i] != (byte)word[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static int Digit(byte letter)
        {
            if (letter >= (byte)'0' && letter <= (byte)'9')
            {
                return letter - (byte)'0';
            }

            int lower = letter | 0x20;
            return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
        }
    }
}
