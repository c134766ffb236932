// The languages that people are spoken to in.
namespace Provisioning.Language;

/// <summary>A language of messages and help.</summary>
public enum TextLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>German.</summary>
    German,
}
