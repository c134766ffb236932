// A multicast group as an application brings it that speaks TS005 itself: address and session keys are there, only frames are to be sent.
namespace Simulation.Network;

/// <summary>A class C multicast session on the parameters of RX2.</summary>
/// <param name="Name">Name in messages.</param>
/// <param name="McAddr">McAddr, of no device of this network.</param>
/// <param name="NetworkSessionKey">McNwkSKey, 16 bytes.</param>
/// <param name="ApplicationSessionKey">McAppSKey, 16 bytes.</param>
/// <param name="FrameCounter">Counter of the next frame.</param>
public sealed record MulticastSession(string Name, uint McAddr, byte[] NetworkSessionKey, byte[] ApplicationSessionKey, uint FrameCounter);
