// The ways to tell an alarm. Each says why it could not, or nothing when it did; none throws, none goes on for ever.
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Provisioning.Files;
using Provisioning.Problems;

namespace Provisioning.Alarms;

/// <summary>Webhook, mail file, command.</summary>
internal static class AlarmChannels
{
    private static readonly TimeSpan s_webhookTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_commandTime = TimeSpan.FromSeconds(30);

    // No redirection: an alarm goes where the recipient was set to, or nowhere.
    private static readonly HttpClient s_client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 16 }) { Timeout = s_webhookTime };

    /// <summary>Tells.</summary>
    /// <returns>Why it could not be told; null when it was.</returns>
    public static string? Tell(AlarmNotice notice, TimeProvider time)
    {
        try
        {
            return notice.Recipient.Kind switch
            {
                Recipient.Webhook => Post(notice, time),
                Recipient.Mail => Drop(notice, time),
                Recipient.Command => Run(notice),
                _ => notice.Recipient.Kind,
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException or UnauthorizedAccessException or Win32Exception or InvalidOperationException
            or ProblemException or FormatException)
        {
            return exception is ProblemException problem ? problem.Problems[0].Key : exception.Message;
        }
    }

    // Signed as github.com/standard-webhooks describes it: HMAC-SHA256 over id, timestamp and body.
    private static string? Post(AlarmNotice notice, TimeProvider time)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, notice.Recipient.Target) { Content = new ByteArrayContent(notice.Json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        string timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("webhook-id", notice.Delivery.Key);
        request.Headers.Add("webhook-timestamp", timestamp);
        if (notice.Recipient.SecretFile is { } file)
        {
            byte[] secret = Encoding.UTF8.GetBytes(File.ReadLines(file).First().Trim());
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{notice.Delivery.Key}.{timestamp}."), .. notice.Json];
            request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)));
        }

        using HttpResponseMessage response = s_client.Send(request, HttpCompletionOption.ResponseHeadersRead);
        return response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}";
    }

    // A message of RFC 5322 as a file of its own; that it is there already means that it was told and not ticked off.
    private static string? Drop(AlarmNotice notice, TimeProvider time)
    {
        IReadOnlyList<string> parts = notice.Recipient.TargetParts();
        string path = Path.Combine(parts[0], $"{notice.Delivery.Key}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Recipient.Name)))[..8]}.eml");
        if (File.Exists(path))
        {
            return null;
        }

        string date = time.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        StringBuilder mail = new();
        mail.Append("From: <").Append(parts[1]).Append(">\r\nTo: <").Append(parts[2]).Append(">\r\nDate: ").Append(date);
        mail.Append("\r\nMessage-ID: <").Append(notice.Delivery.Key).Append('.').Append(Guid.NewGuid().ToString("N")).Append("@polectl.invalid>\r\nSubject: ").Append(Encoded(notice.Text));
        mail.Append("\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        mail.Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(notice.Text + "\r\n" + string.Concat(notice.More.Select(line => line + "\r\n")) + "\r\n" + Encoding.UTF8.GetString(notice.Json) + "\r\n"), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
        NewFile.Write(path, Encoding.ASCII.GetBytes(mail.ToString()), isSecret: false);
        return null;
    }

    // RFC 2047: words of at most 75 characters, each whole characters; nothing of the text can end the header.
    private static string Encoded(string text)
    {
        List<string> words = [];
        StringBuilder part = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(part.ToString()) + rune.Utf8SequenceLength > 36)
            {
                words.Add(part.ToString());
                part.Clear();
            }

            part.Append(rune);
        }

        words.Add(part.ToString());
        return string.Join("\r\n ", words.Select(word => "=?utf-8?B?" + Convert.ToBase64String(Encoding.UTF8.GetBytes(word)) + "?="));
    }

    // No shell: program and arguments as they were set, the alarm on standard input.
    private static string? Run(AlarmNotice notice)
    {
        IReadOnlyList<string> parts = notice.Recipient.TargetParts();
        ProcessStartInfo start = new(parts[0], parts.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            process.StandardInput.BaseStream.Write(notice.Json);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read what it is given; its exit code says whether that was meant.
        }

        if (!process.WaitForExit(s_commandTime))
        {
            process.Kill(entireProcessTree: true);
            return "timeout";
        }

        return process.ExitCode == 0 ? null : $"exit code {process.ExitCode}";
    }
}
