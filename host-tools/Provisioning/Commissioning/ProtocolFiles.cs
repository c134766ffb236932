// The protocol as files: a PDF for people, a JSON for programs with the signature beside the protocol; and whether such a JSON is what the journal says.
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Files;
using Provisioning.Language;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Commissioning;

/// <summary>Writes and checks protocols.</summary>
public static class ProtocolFiles
{
    private const long LargestFile = 10_000_000;
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A protocol and its signature as JSON.</summary>
    public static JsonObject ToJson(CommissioningProtocol protocol, CommissioningSignature? signature)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return new JsonObject
        {
            ["protocol"] = protocol.ToJson(),
            ["signature"] = signature is null ? null : new JsonObject
            {
                ["protocolSha256"] = Convert.ToHexStringLower(signature.ProtocolHash),
                ["journalEntry"] = signature.Entry,
                ["journalEntrySha256"] = Convert.ToHexStringLower(signature.EntryHash),
                ["member"] = signature.Member,
                ["account"] = signature.Account,
            },
        };
    }

    /// <summary>Writes both files into a folder; what is there already with the same content is left alone.</summary>
    /// <returns>Paths of the PDF and the JSON.</returns>
    /// <exception cref="ProblemException">There is no such folder, or it cannot be written.</exception>
    public static (string Pdf, string Json) Write(Workspace workspace, CommissioningProtocol protocol, string folder, TextLanguage language)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        CommissioningSignature? signature = CommissioningStore.SignatureOf(workspace, protocol.Id);
        string name = Path.Combine(folder, $"commissioning-{FileNameOf(protocol.PoleId)}-{protocol.Id}");
        string pdf = $"{name}.{(language == TextLanguage.German ? "de" : "en")}.pdf";
        Put(pdf, ProtocolPdf.Make(protocol, signature, language));
        Put(name + ".json", Encoding.UTF8.GetBytes(ToJson(protocol, signature).ToJsonString(s_options) + "\n"));
        return (pdf, name + ".json");
    }

    /// <summary>Compares a JSON file with the workspace and its journal.</summary>
    /// <returns>The protocol.</returns>
    /// <exception cref="ProblemException">The file is no protocol, is not of this workspace, is not signed, or is not what was signed.</exception>
    public static CommissioningProtocol Check(Workspace workspace, string path)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        JsonNode node = Read(path);
        CommissioningProtocol protocol;
        try
        {
            protocol = CommissioningProtocol.Parse(node.ToJsonString());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw NoProtocol(path);
        }

        if (protocol.Workspace != workspace.Identifier)
        {
            throw new ProblemException(new Problem("problem.protocol.workspace") { File = path, Field = "workspace", Value = protocol.Workspace });
        }

        string signed = workspace.Read(connection => CommissioningStore.SignedHash(connection, protocol.Id))
            ?? throw new ProblemException(new Problem("problem.protocol.unsigned") { File = path, Field = "id", Value = protocol.Id });
        string found = Convert.ToHexStringLower(CommissioningProtocol.Hash(node));
        return signed == found ? protocol : throw new ProblemException(new Problem("problem.protocol.changed", signed) { File = path, Field = "SHA-256", Value = found });
    }

    private static JsonNode Read(string path)
    {
        try
        {
            return !File.Exists(path) ? throw new ProblemException(new Problem("problem.file.absent") { Kind = ProblemKind.WrongUse, File = path })
                : new FileInfo(path).Length > LargestFile ? throw NoProtocol(path)
                : JsonNode.Parse(File.ReadAllText(path))?["protocol"] ?? throw NoProtocol(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = path });
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw NoProtocol(path);
        }
    }

    private static ProblemException NoProtocol(string path) => new(new Problem("problem.protocol.none") { Kind = ProblemKind.WrongUse, File = path });

    private static void Put(string path, byte[] bytes)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            NewFile.Write(path, bytes, isSecret: false);
        }
    }

    // Numbers of poles may hold anything; what file systems do not take becomes a hyphen.
    private static string FileNameOf(string poleId) => string.Concat(poleId.Select(character => char.IsLetterOrDigit(character) || character is '-' or '_' ? character : '-'));
}
