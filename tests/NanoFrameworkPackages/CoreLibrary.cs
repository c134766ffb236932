// Of mscorlib (nanoFramework.CoreLibrary): the span of bytes, which .NET has as a generic type.
namespace System;

public readonly ref struct SpanByte
{
    private readonly byte[] _array;
    private readonly int _start;

    public SpanByte(byte[] array, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (start < 0 || length < 0 || start + length > array.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(length));
        }

        _array = array;
        _start = start;
        Length = length;
    }

    internal int Length { get; }

    internal Span<byte> Bytes => _array.AsSpan(_start, Length);
}
