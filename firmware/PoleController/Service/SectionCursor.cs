// Finds the values of a section of the settings by name: walks the section's text (SectionText, made from messages.yaml) and its bytes side by side. What a value
// means as text is SectionValue's, whether all of them fit together SettingsRules'.
namespace PoleController.Service
{
    /// <summary>
    /// A place in the bytes of a section. The text has a token a field, each with a blank behind it: <c>name:u2[60,3600]</c> is two bytes from 60 to 3,600.
    /// <c>u</c> 0 or more, <c>i</c> two's complement, <c>f</c> a flag, <c>e</c> an enum with its words in braces, <c>h</c> bytes as hexadecimal digits; the
    /// character behind it is the number of bytes, counted from '0'. Then what applies: <c>x9</c> so many of them, <c>#</c> it counts the items of the next
    /// group, <c>*10</c> steps, <c>?255</c> the number that means unknown. A group is <c>name(</c>, its fields, <c>)</c>.
    /// </summary>
    internal sealed class SectionCursor
    {
        /// <summary><see cref="Item"/> and <see cref="Repetition"/> of what is none of several.</summary>
        internal const int None = -1;

        // What it says are fields: a property is a call, and a walk looks at them for every field that it passes.
        private int _position;
        private int _nextOffset;
        private int _modifiers;
        private int _repeat;
        private int _count;
        private int _itemCount;
        private int _fieldsFrom;

        /// <summary>The section's text.</summary>
        internal string Text = "";

        /// <summary>The section's bytes; somebody else's buffer.</summary>
        internal byte[] Content = null!;

        /// <summary>How many there are.</summary>
        internal int Length;

        /// <summary>Where the field's name begins in the text.</summary>
        internal int NameFrom;

        /// <summary>Where it ends.</summary>
        internal int NameTo;

        /// <summary>Where the name of its group begins in the text; of use while <see cref="Item"/> is one.</summary>
        internal int GroupFrom;

        /// <summary>Where it ends.</summary>
        internal int GroupTo;

        /// <summary>Which item of its group; <see cref="None"/> outside of groups.</summary>
        internal int Item = None;

        /// <summary>Of a field of which there are several, which; else <see cref="None"/>.</summary>
        internal int Repetition = None;

        /// <summary>How its bytes are read: u, i, f, e or h.</summary>
        internal char Kind;

        /// <summary>How many bytes it has.</summary>
        internal int Size;

        /// <summary>Where they are.</summary>
        internal int Offset;

        /// <summary>Whether it counts the items of the next group.</summary>
        internal bool IsCount;

        /// <summary>Smallest value; after <see cref="ReadLimits"/>, as those that follow.</summary>
        internal long Minimum;

        /// <summary>Largest value.</summary>
        internal long Maximum;

        /// <summary>Values go by steps of this.</summary>
        internal int Step;

        /// <summary>Whether it can be unknown.</summary>
        internal bool HasUnknown;

        /// <summary>The number on the wire that means so.</summary>
        internal long Unknown;

        /// <summary>Where the words of an enum begin in the text, behind the brace.</summary>
        internal int WordsFrom;

        /// <summary>Begins before the first value.</summary>
        /// <param name="text">The section's text.</param>
        /// <param name="content">Its bytes.</param>
        /// <param name="length">How many there are.</param>
        internal void Begin(string text, byte[] content, int length)
        {
            Text = text;
            Content = content;
            Length = length;
            _position = 0;
            _nextOffset = 0;
            _repeat = 1;
            _count = 0;
            Item = None;
            Repetition = None;
        }

        /// <summary>Goes on with the same bytes, made anew.</summary>
        internal void Renew(byte[] content, int length)
        {
            Content = content;
            Length = length;
        }

        /// <summary>Goes to the next value, items of groups one by one.</summary>
        /// <returns>False when there is none.</returns>
        internal bool MoveNext()
        {
            Offset = _nextOffset;
            if (Repetition + 1 < _repeat && Repetition != None)
            {
                Repetition++;
                _nextOffset += Size;
                return true;
            }

            while (ReadToken())
            {
                if (Kind == '(')
                {
                    EnterGroup();
                }
                else if (Kind == ')')
                {
                    Item++;
                    _position = Item < _itemCount ? _fieldsFrom : _position;
                    Item = Item < _itemCount ? Item : None;
                }
                else
                {
                    Repetition = _repeat > 1 ? 0 : None;
                    _count = IsCount ? Content[Offset] : _count;
                    _nextOffset += Size;
                    return true;
                }
            }

            return false;
        }

        /// <summary>Goes to a value by its name: <c>field</c>, <c>field.INDEX</c> or <c>group.INDEX.field</c>.</summary>
        /// <param name="path">Characters with the name.</param>
        /// <param name="from">Where it begins.</param>
        /// <param name="to">Where it ends.</param>
        /// <returns>False when there is no such field, or no such item.</returns>
        internal bool Find(byte[] path, int from, int to)
        {
            Begin(Text, Content, Length);
            while (ReadToken())
            {
                if (Kind != '(')
                {
                    _count = IsCount ? Content[_nextOffset] : _count;
                    if (IsNamed(path, from, to))
                    {
                        return true;
                    }

                    _nextOffset += Size * _repeat;
                    continue;
                }

                EnterGroup();
                int items = _count;
                int fieldsFrom = _position;
                int named = Match(path, from, to, GroupFrom, GroupTo);
                int itemSize = MeasureItem();
                if (named >= 0 && named < to && path[named] == '.')
                {
                    int item = ReadIndex(path, named + 1, to, out int fieldFrom);
                    if (item < 0 || item >= items || fieldFrom >= to || path[fieldFrom] != '.')
                    {
                        return false;
                    }

                    Item = item;
                    _position = fieldsFrom;
                    _nextOffset += item * itemSize;
                    return FindInItem(path, fieldFrom + 1, to);
                }

                Item = None;
                _nextOffset += itemSize * items;
            }

            return false;
        }

        /// <summary>Reads what values the field can have.</summary>
        internal void ReadLimits()
        {
            int at = _modifiers + (_repeat > 1 ? 2 : (IsCount ? 1 : 0));
            Minimum = 0;
            Maximum = 1;
            Step = 1;
            HasUnknown = false;
            if (Text[at] == '{')
            {
                WordsFrom = at + 1;
            }
            else if (Text[at] == '[')
            {
                Minimum = ReadNumber(ref at);
                Maximum = ReadNumber(ref at);
                at++;
                if (Text[at] == '*')
                {
                    Step = (int)ReadNumber(ref at);
                }

                if (Text[at] == '?')
                {
                    HasUnknown = true;
                    Unknown = ReadNumber(ref at);
                }
            }
        }

        /// <summary>Has a count count so many: new items are zeros at the end, items too many go at the end. The count itself is not written.</summary>
        /// <returns>False when there is no room for them.</returns>
        internal bool Resize(int items)
        {
            int size = Size;
            int before = Content[Offset];
            int groupOffset = Offset + Size;
            while (ReadToken() && Kind != '(')
            {
                groupOffset += Size * _repeat;
            }

            GroupFrom = NameFrom;
            int itemSize = MeasureItem();
            Size = size;
            int from = groupOffset + (before * itemSize);
            int to = groupOffset + (items * itemSize);
            if (Length + to - from > Content.Length)
            {
                return false;
            }

            if (to > from)
            {
                for (int i = Length - 1; i >= from; i--)
                {
                    Content[i + to - from] = Content[i];
                }

                System.Array.Clear(Content, from, to - from);
            }
            else
            {
                for (int i = from; i < Length; i++)
                {
                    Content[i + to - from] = Content[i];
                }
            }

            Length += to - from;
            return true;
        }

        // Kind is '(' at the beginning of a group and ')' at its end.
        private bool ReadToken()
        {
            if (_position >= Text.Length)
            {
                return false;
            }

            int end = Text.IndexOf(' ', _position);
            NameFrom = _position;
            NameTo = end - 1;
            _position = end + 1;
            Kind = Text[end - 1];
            if (Kind == '(' || Kind == ')')
            {
                return true;
            }

            NameTo = Text.IndexOf(':', NameFrom);
            Kind = Text[NameTo + 1];
            Size = Text[NameTo + 2] - '0';
            _modifiers = NameTo + 3;
            char modifier = Text[_modifiers];
            IsCount = modifier == '#';
            _repeat = modifier == 'x' ? Text[_modifiers + 1] - '0' : 1;
            return true;
        }

        // Without items the group is passed over.
        private void EnterGroup()
        {
            GroupFrom = NameFrom;
            GroupTo = NameTo;
            _fieldsFrom = _position;
            _itemCount = _count;
            Item = 0;
            if (_itemCount == 0)
            {
                _position = Text.IndexOf(')', _position) + 2;
                Item = None;
            }
        }

        // Behind the group then.
        private int MeasureItem()
        {
            _position = Text.IndexOf('(', GroupFrom) + 2;
            int size = 0;
            while (ReadToken() && Kind != ')')
            {
                size += Size * _repeat;
            }

            return size;
        }

        private bool FindInItem(byte[] path, int from, int to)
        {
            while (ReadToken() && Kind != ')')
            {
                if (IsNamed(path, from, to))
                {
                    return true;
                }

                _nextOffset += Size * _repeat;
            }

            return false;
        }

        private bool IsNamed(byte[] path, int from, int to)
        {
            int at = Match(path, from, to, NameFrom, NameTo);
            Offset = _nextOffset;
            if (at < 0 || _repeat == 1)
            {
                return at == to;
            }

            if (at >= to || path[at] != '.')
            {
                return false;
            }

            Repetition = ReadIndex(path, at + 1, to, out int end);
            Offset += Repetition * Size;
            return end == to && Repetition >= 0 && Repetition < _repeat;
        }

        // Where the path goes on behind a name of the text; -1 when it does not begin with it.
        private int Match(byte[] path, int from, int to, int nameFrom, int nameTo)
        {
            if (to - from < nameTo - nameFrom)
            {
                return -1;
            }

            for (int i = nameFrom; i < nameTo; i++)
            {
                if (path[from] != Text[i])
                {
                    return -1;
                }

                from++;
            }

            return from;
        }

        // -1 when there are no digits, or too many.
        private static int ReadIndex(byte[] path, int from, int to, out int end)
        {
            int index = 0;
            end = from;
            while (end < to && path[end] >= '0' && path[end] <= '9' && end - from < 3)
            {
                index = (index * 10) + path[end] - '0';
                end++;
            }

            return end == from ? -1 : index;
        }

        // Behind the character at the place; the place is behind the number then.
        private long ReadNumber(ref int at)
        {
            at++;
            bool isNegative = Text[at] == '-';
            at += isNegative ? 1 : 0;
            long number = 0;
            for (char digit = Text[at]; digit >= '0' && digit <= '9'; digit = Text[at])
            {
                number = (number * 10) + digit - '0';
                at++;
            }

            return isNegative ? -number : number;
        }
    }
}
