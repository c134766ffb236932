// The AES block cipher of simulated poles and of servers: AES instructions where the processor has them, the system's AES elsewhere.
// Keeps the expanded keys last used, so that thousands of poles can share a thread without expanding keys for every frame.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using PoleController.Hal;
using Aes = System.Security.Cryptography.Aes;
using HardwareAes = System.Runtime.Intrinsics.X86.Aes;
using PaddingMode = System.Security.Cryptography.PaddingMode;

namespace Simulation.Parts;

/// <summary>
/// AES-128 (FIPS 197), one block at a time. Holds up to three expanded keys of 176 bytes each (a pole has NwkSKey, AppSKey and AppKey)
/// and finds them by their content, so a key array may be refilled. Not thread-safe: one owner each.
/// </summary>
public sealed class AesBlock : IAesBlock
{
    private const int KeyCount = 3;
    private const int RoundKeyCount = 11;
    private const int BlockLength = 16;

    private readonly bool _useInstructions;
    private readonly Vector128<byte>[]?[] _schedules = new Vector128<byte>[]?[KeyCount];
    private readonly Vector128<byte>[] _keys = new Vector128<byte>[KeyCount];
    private readonly bool[] _isUsed = new bool[KeyCount];
    private Aes?[]? _systemAes;
    private int _selected;
    private int _nextVictim;

    /// <summary>Makes one without keys.</summary>
    /// <param name="allowInstructions">False forces the system's AES, as on a processor without AES instructions.</param>
    public AesBlock(bool allowInstructions = true) => _useInstructions = allowInstructions && HardwareAes.IsSupported;

    /// <inheritdoc/>
    public void SelectKey(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, BlockLength);
        Vector128<byte> wanted = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(key));
        if (_isUsed[_selected] && _keys[_selected] == wanted)
        {
            return;
        }

        for (int i = 0; i < KeyCount; i++)
        {
            if (_isUsed[i] && _keys[i] == wanted)
            {
                _selected = i;
                return;
            }
        }

        Expand(wanted, key);
    }

    /// <inheritdoc/>
    public void EncryptBlock(byte[] data, int offset)
    {
        ref byte block = ref BlockAt(data, offset);
        if (!_useInstructions)
        {
            Span<byte> span = MemoryMarshal.CreateSpan(ref block, BlockLength);
            SystemAes().EncryptEcb(span, span, PaddingMode.None);
            return;
        }

        ref Vector128<byte> keys = ref Schedule();
        Vector128<byte> state = Vector128.LoadUnsafe(ref block) ^ keys;
        state = HardwareAes.Encrypt(state, Unsafe.Add(ref keys, 1));
        state = HardwareAes.Encrypt(state, Unsafe.Add(ref keys, 2));
        state = HardwareAes.Encrypt(state, Unsafe.Add(ref keys, 3));
        state = HardwareAes.Encrypt(state, Unsafe.Add(ref keys, 4));
        state = HardwareAes.Encrypt(state, Unsafe.Add(ref keys, 5));
        state = HardwareAes.Encrypt(state, Unsafe.Add(ref keys, 6));
        state = HardwareAes.Encrypt(state, Unsafe.Add(ref keys, 7));
        state = HardwareAes.Encrypt(state, Unsafe.Add(ref keys, 8));
        state = HardwareAes.Encrypt(state, Unsafe.Add(ref keys, 9));
        HardwareAes.EncryptLast(state, Unsafe.Add(ref keys, 10)).StoreUnsafe(ref block);
    }

    /// <summary>Decrypts the 16 bytes at <paramref name="offset"/> in place: what a join server does to a join-accept, and no device needs.</summary>
    public void DecryptBlock(byte[] data, int offset)
    {
        ref byte block = ref BlockAt(data, offset);
        if (!_useInstructions)
        {
            Span<byte> span = MemoryMarshal.CreateSpan(ref block, BlockLength);
            SystemAes().DecryptEcb(span, span, PaddingMode.None);
            return;
        }

        // The equivalent inverse cipher (FIPS 197, 5.3.5). Joins are rare, so the inverse round keys are not kept.
        ref Vector128<byte> keys = ref Schedule();
        Vector128<byte> state = Vector128.LoadUnsafe(ref block) ^ Unsafe.Add(ref keys, RoundKeyCount - 1);
        for (int round = RoundKeyCount - 2; round > 0; round--)
        {
            state = HardwareAes.Decrypt(state, HardwareAes.InverseMixColumns(Unsafe.Add(ref keys, round)));
        }

        HardwareAes.DecryptLast(state, keys).StoreUnsafe(ref block);
    }

    private static ref byte BlockAt(byte[] data, int offset)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, data.Length - BlockLength);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(data), offset);
    }

    private ref Vector128<byte> Schedule()
    {
        Vector128<byte>[]? schedule = _schedules[_selected];
        return ref MemoryMarshal.GetArrayDataReference(schedule ?? throw new InvalidOperationException("No key was selected."));
    }

    private Aes SystemAes() => _systemAes?[_selected] ?? throw new InvalidOperationException("No key was selected.");

    private void Expand(Vector128<byte> wanted, byte[] key)
    {
        int slot = _nextVictim;
        _nextVictim = (slot + 1) % KeyCount;
        if (_useInstructions)
        {
            Vector128<byte>[] schedule = _schedules[slot] ??= new Vector128<byte>[RoundKeyCount];
            ExpandWithInstructions(wanted, schedule);
        }
        else
        {
            _systemAes ??= new Aes?[KeyCount];
            Aes aes = _systemAes[slot] ??= Aes.Create();
            aes.Key = key;
        }

        _keys[slot] = wanted;
        _isUsed[slot] = true;
        _selected = slot;
    }

    // FIPS 197, 5.2. The round constant must be an immediate operand, hence the ten calls.
    private static void ExpandWithInstructions(Vector128<byte> key, Vector128<byte>[] schedule)
    {
        schedule[0] = key;
        schedule[1] = key = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x01));
        schedule[2] = key = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x02));
        schedule[3] = key = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x04));
        schedule[4] = key = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x08));
        schedule[5] = key = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x10));
        schedule[6] = key = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x20));
        schedule[7] = key = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x40));
        schedule[8] = key = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x80));
        schedule[9] = key = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x1B));
        schedule[10] = NextRoundKey(key, HardwareAes.KeygenAssist(key, 0x36));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> NextRoundKey(Vector128<byte> key, Vector128<byte> assist)
    {
        Vector128<byte> rotated = Sse2.Shuffle(assist.AsInt32(), 0xFF).AsByte();
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 4);
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 8);
        return key ^ rotated;
    }
}
