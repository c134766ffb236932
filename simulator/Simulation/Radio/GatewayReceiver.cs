// A gateway's receiver: its demodulators, and the times in which it hears nothing.
namespace Simulation.Radio;

/// <summary>
/// The demodulators of one gateway. Transmitting or failing frees them all and spoils what they were working on; the generation tells
/// a demodulator taken before such a break from one taken after it.
/// </summary>
internal sealed class GatewayReceiver
{
    private readonly int _demodulatorCount;
    private int _free;
    private int _transmitting;
    private int _outages;
    private UplinkLossCause _breakCause;

    /// <summary>Makes a working receiver with all its demodulators free.</summary>
    public GatewayReceiver(int demodulatorCount)
    {
        _demodulatorCount = demodulatorCount;
        _free = demodulatorCount;
    }

    /// <summary>Counts the breaks.</summary>
    public int Generation { get; private set; }

    /// <summary>Whether it is out of order.</summary>
    public bool IsDown => _outages > 0;

    /// <summary>Takes a demodulator for a frame that begins. Returns None, or why there is none.</summary>
    public UplinkLossCause TryLock()
    {
        if (IsDown)
        {
            return UplinkLossCause.GatewayDown;
        }

        if (_transmitting > 0)
        {
            return UplinkLossCause.GatewayTransmitting;
        }

        if (_free == 0)
        {
            return UplinkLossCause.NoDemodulator;
        }

        _free--;
        return UplinkLossCause.None;
    }

    /// <summary>Gives the demodulator back. Returns None, or what broke the reception.</summary>
    /// <param name="generation">The generation it was taken in.</param>
    public UplinkLossCause Release(int generation)
    {
        if (generation != Generation)
        {
            return _breakCause;
        }

        _free++;
        return UplinkLossCause.None;
    }

    /// <summary>Begins to transmit.</summary>
    public void StartTransmitting()
    {
        _transmitting++;
        Break(UplinkLossCause.GatewayTransmitting);
    }

    /// <summary>Ends a transmission.</summary>
    public void StopTransmitting() => _transmitting--;

    /// <summary>Fails.</summary>
    public void GoDown()
    {
        _outages++;
        Break(UplinkLossCause.GatewayDown);
    }

    /// <summary>Works again.</summary>
    public void ComeBack() => _outages--;

    private void Break(UplinkLossCause cause)
    {
        Generation++;
        _breakCause = cause;
        _free = _demodulatorCount;
    }
}
