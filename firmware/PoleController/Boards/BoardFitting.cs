// Which board this is and what hangs at it: a line of words that is put into the store with the identity. One image serves every board.
using PoleController.Hal;

namespace PoleController.Boards
{
    /// <summary>
    /// The record "board": the name of a board file, then a word for everything that is fitted, with blanks between, in ASCII. What is not named is not
    /// asked for and cannot be missing.
    /// </summary>
    public sealed class BoardFitting
    {
        /// <summary>Name of the record.</summary>
        public const string RecordName = "board";

        /// <summary>The longest record that is read, in bytes.</summary>
        public const int MaximumLength = 256;

        /// <summary>Most words.</summary>
        public const int MaximumWords = 20;

        private readonly string[] _words = new string[MaximumWords];
        private readonly bool[] _isUsed = new bool[MaximumWords];
        private int _count;

        /// <summary>Name of the board; empty when there is none.</summary>
        public string BoardName
        {
            get { return _count == 0 ? "" : _words[0]; }
        }

        /// <summary>The first word after the board's name that nothing has asked for: a spelling mistake, or a part that this board cannot have. Empty when there is none.</summary>
        public string UnknownWord
        {
            get
            {
                for (int i = 1; i < _count; i++)
                {
                    if (!_isUsed[i])
                    {
                        return _words[i];
                    }
                }

                return "";
            }
        }

        /// <summary>Reads the record; without one no board is named.</summary>
        /// <param name="store">The store.</param>
        public static BoardFitting Read(IStore store)
        {
            byte[] text = new byte[MaximumLength];
            int length = store.Read(RecordName, text);
            BoardFitting fitting = new BoardFitting();
            int begin = 0;
            for (int i = 0; i <= length; i++)
            {
                if (i == length || !IsPartOfWord(text[i]))
                {
                    fitting.Add(text, begin, i - begin);
                    begin = i + 1;
                }
            }

            return fitting;
        }

        /// <summary>Whether something is fitted.</summary>
        /// <param name="word">Its word.</param>
        public bool Has(string word)
        {
            bool isThere = false;
            for (int i = 1; i < _count; i++)
            {
                if (_words[i] == word)
                {
                    _isUsed[i] = true;
                    isThere = true;
                }
            }

            return isThere;
        }

        private static bool IsPartOfWord(byte letter)
        {
            return (letter >= (byte)'a' && letter <= (byte)'z') || (letter >= (byte)'0' && letter <= (byte)'9') || letter == (byte)'-';
        }

        private void Add(byte[] text, int begin, int length)
        {
            if (length <= 0 || _count == MaximumWords)
            {
                return;
            }

            char[] word = new char[length];
            for (int i = 0; i < length; i++)
            {
                word[i] = (char)text[begin + i];
            }

            _words[_count++] = new string(word);
        }
    }
}
