// The clock of polectl in these tests: the moment of the district's world, so that what is late there is late here.
namespace EndToEnd.Tests;

/// <summary>A clock that is set.</summary>
internal sealed class DistrictClock : TimeProvider
{
    private long _utcMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public void Set(DateTimeOffset moment) => Interlocked.Exchange(ref _utcMs, moment.ToUnixTimeMilliseconds());

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _utcMs));
}
