// The kind of an exception as a number: its text would have to be built, and there is no room for it in a record.
using System;

namespace PoleController
{
    /// <summary>What kind of exception it was.</summary>
    public enum ExceptionKind
    {
        /// <summary>None.</summary>
        None = 0,

        /// <summary>NullReferenceException.</summary>
        NullReference = 1,

        /// <summary>IndexOutOfRangeException.</summary>
        IndexOutOfRange = 2,

        /// <summary>OutOfMemoryException.</summary>
        OutOfMemory = 3,

        /// <summary>InvalidCastException.</summary>
        InvalidCast = 4,

        /// <summary>InvalidOperationException.</summary>
        InvalidOperation = 5,

        /// <summary>ArgumentException and those derived from it.</summary>
        Argument = 6,

        /// <summary>NotSupportedException.</summary>
        NotSupported = 7,

        /// <summary>TimeoutException.</summary>
        Timeout = 8,

        /// <summary>Any other.</summary>
        Other = 255,
    }

    /// <summary>Tells exceptions apart.</summary>
    public static class ExceptionKinds
    {
        /// <summary>The kind of an exception.</summary>
        public static ExceptionKind Of(Exception exception)
        {
            return exception switch
            {
                NullReferenceException _ => ExceptionKind.NullReference,
                IndexOutOfRangeException _ => ExceptionKind.IndexOutOfRange,
                OutOfMemoryException _ => ExceptionKind.OutOfMemory,
                InvalidCastException _ => ExceptionKind.InvalidCast,
                InvalidOperationException _ => ExceptionKind.InvalidOperation,
                ArgumentException _ => ExceptionKind.Argument,
                NotSupportedException _ => ExceptionKind.NotSupported,
                TimeoutException _ => ExceptionKind.Timeout,
                _ => ExceptionKind.Other,
            };
        }
    }
}
