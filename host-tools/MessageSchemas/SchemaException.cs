// What is wrong with a schema, with the place.
namespace MessageSchemas;

/// <summary>The schema cannot be used; the message says where and why.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>Makes it without a place.</summary>
    public SchemaException()
    {
    }

    /// <summary>Makes it without a place.</summary>
    public SchemaException(string message)
        : base(message)
    {
    }

    /// <summary>Makes it without a place.</summary>
    public SchemaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes it with the line at which the fault is.</summary>
    public SchemaException(string file, long line, string message)
        : base(FormattableString.Invariant($"{file}:{line}: {message}"))
    {
        Line = line;
    }

    /// <summary>The line, from 1; 0 when unknown.</summary>
    public long Line { get; }
}
