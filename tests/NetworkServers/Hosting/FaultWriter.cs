// Carries faults out on an HTTP exchange.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NetworkServers.Faults;

namespace NetworkServers.Hosting;

/// <summary>Carries faults out.</summary>
internal static class FaultWriter
{
    private const string Page = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>";

    /// <summary>Faults that come before the call is carried out.</summary>
    /// <returns>Whether the exchange is over.</returns>
    public static async Task<bool> BeforeAsync(HttpContext context, Fault fault)
    {
        ApiAnswer? answer = fault.Kind switch
        {
            FaultKind.TooMany => ApiAnswer.Fail(429, "rate limit exceeded") with { RetryAfterSeconds = fault.RetryAfterSeconds },
            FaultKind.Error => ApiAnswer.Fail(500, "database is locked"),
            FaultKind.Unauthorised => ApiAnswer.Fail(401, "invalid token"),
            FaultKind.Forbidden => ApiAnswer.Fail(403, "no rights"),
            _ => null,
        };
        if (answer is not null)
        {
            await StandInHost.WriteAsync(context, answer).ConfigureAwait(false);
            return true;
        }

        switch (fault.Kind)
        {
            case FaultKind.BadGateway:
                await PageAsync(context, 502).ConfigureAwait(false);
                return true;
            case FaultKind.CutBefore:
                context.Abort();
                return true;
            case FaultKind.Redirect:
                context.Response.StatusCode = 302;
                context.Response.Headers.Location = "https://elsewhere.example/login?from=here";
                return true;
            default:
                return false;
        }
    }

    /// <summary>Faults that come after the call was carried out.</summary>
    /// <returns>Whether the exchange is over.</returns>
    public static async Task<bool> AfterAsync(HttpContext context, Fault fault, ApiAnswer answer)
    {
        switch (fault.Kind)
        {
            case FaultKind.BadGatewayAfter:
                await PageAsync(context, 502).ConfigureAwait(false);
                return true;
            case FaultKind.CutAfter:
                context.Abort();
                return true;
            case FaultKind.Html:
                await PageAsync(context, 200).ConfigureAwait(false);
                return true;
            case FaultKind.Silence:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
                return true;
            case FaultKind.Truncated:
                string text = answer.Body.ToJsonString();
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(text[..(text.Length / 2)]).ConfigureAwait(false);
                return true;
            case FaultKind.WrongTypes:
                await StandInHost.WriteAsync(context, answer with { Body = Spoil(answer.Body).AsObject() }).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private static async Task PageAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync(Page).ConfigureAwait(false);
    }

    // Every text becomes a number, and every number an object.
    private static JsonNode Spoil(JsonNode node) => node switch
    {
        JsonObject json => new JsonObject(json.Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : Spoil(pair.Value)))),
        JsonArray array => new JsonArray([.. array.Select(item => item is null ? null : Spoil(item))]),
        JsonValue value when value.TryGetValue<string>(out _) => 7,
        JsonValue value when value.TryGetValue<bool>(out _) => "yes",
        _ => new JsonObject(),
    };
}
