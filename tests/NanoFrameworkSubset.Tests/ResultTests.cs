// Rules NF0020, NF0021, NF0023 and NF0031 to NF0033: the same source with another result on the pole.
namespace NanoFrameworkSubset.Tests;

public sealed class ResultTests
{
    [Theory]
    [InlineData("int B(uint u) { return (int)u; } // NF0020")]
    [InlineData("int B(uint u) { return (int)u >> 2; } // NF0020")]
    [InlineData("long B(uint u) { return (long)(int)u; } // NF0020")]
    [InlineData("double B(uint u) { return (double)(int)u; } // NF0020")]
    [InlineData("int B(uint u) { return unchecked((int)u); } // NF0020")]
    [InlineData("int B(uint u) { int x = (int)u; return x % 7; } // NF0020")]
    [InlineData("int B(uint u) { return (int)(u & 0xFF) - 300; } // NF0020")]
    [InlineData("long B(ulong u) { return (long)u; } // NF0020")]
    [InlineData("long B(ulong u) { return (long)(u >> 1) / 3; } // NF0020")]
    [InlineData("nint B(nuint u) { return (nint)u; } // NF0020")]
    [InlineData("enum E : uint { X } int B(E e) { return (int)e; } // NF0020")]
    [InlineData("enum E { X } E B(uint u) { return (E)u; } // NF0020")]
    [InlineData("int sum; void B(uint[] u) { foreach (int x in u) { sum += x; } } // NF0020")]
    [InlineData("int f; int B(uint u) { return f = (int)u; } // NF0020")]
    [InlineData("int P { get; set; } void B(uint u) { P = (int)u; } // NF0020")]
    [InlineData("void C(int x) { } void B(uint u) { C((int)u); } // NF0020")]
    public void Given_a_cast_that_only_changes_the_sign_When_the_result_is_used_Then_it_is_refused(string source) => Guard.Verify(Guard.Whole(source));

    [Theory]
    [InlineData("int B(uint u) { return (int)(long)u; }")]
    [InlineData("long B(ulong u) { return ((long)(int)(long)(u >> 32) << 32) | (long)(uint)u; }")]
    [InlineData("int B() { return unchecked((int)0xFFFFFFFFu); }")]
    [InlineData("const uint Bits = 0x80000000u; int B() { return unchecked((int)Bits); }")]
    [InlineData("short B(uint u) { return (short)u; } sbyte C(uint u) { return (sbyte)u; } byte D(uint u) { return (byte)u; }")]
    [InlineData("short B(uint u) { return (short)(int)u; } byte C(ulong u) { return (byte)((long)(u >> 8)); }")]
    [InlineData("uint B(int i) { return (uint)i >> 3; } ulong C(long l) { return (ulong)l % 5; } uint D(uint a, uint b) { return a * b; }")]
    [InlineData("int B(ulong u) { return (int)u; } long C(uint u) { return u; } int D(ushort u) { return u; } int E(byte b) { return b << 3; }")]
    [InlineData("int f; int[] a = new int[1]; void B(uint u) { f = (int)u; a[0] = (int)u; }")]
    [InlineData("int B(int i, uint u) { i += (int)(long)u; i |= 3; i <<= 2; return i; }")]
    [InlineData("static readonly int[] Table = { unchecked((int)0xEDB88320u) };")]
    [InlineData("int sum; void B(int[] a, byte[] b) { foreach (int x in a) { sum += x; } foreach (int x in b) { sum += x; } }")]
    public void Given_an_exact_conversion_When_used_Then_nothing_is_said(string source) => Guard.Verify(Guard.Whole(source));

    private const string Other = "static class Other { public static int Count = 3; public const int Limit = 4; public static int Next { get; } = 5; public static int Sum(int a) { return a + Limit; } public static int Counted() { return Count; } }\n";

    [Theory]
    [InlineData("class A { static int b = Other.Count; } // NF0021")]
    [InlineData("class A { static readonly int B = 1 + Other.Next; } // NF0021")]
    [InlineData("class A { static int B { get; } = Other.Count; } // NF0021")]
    [InlineData("class A { static int b; static A() { b = Other.Count; } } // NF0021")]
    [InlineData("class A { static int b; static A() { Other.Count = 1; b = 2; } } // NF0021")]
    [InlineData("class A { static int b = Other.Counted(); } // NF0021")]
    [InlineData("class A { static int b = C(); static int C() { return Other.Count; } } // NF0021")]
    [InlineData("class C { int d = Other.Count; } class A { static C b = new C(); } // NF0021")]
    [InlineData("class C { int d; public C() { d = Other.Count; } } class D : C { } class A { static C b = new D(); } // NF0021")]
    [InlineData("class C { static C shared = new C(); int d = Other.Count; } // NF0021")]
    [InlineData("class A { static string b = string.Empty; } // NF0021")]
    public void Given_a_static_that_needs_another_types_static_When_compiled_Then_it_is_refused(string source) => Guard.Verify(Other + source);

    [Theory]
    [InlineData("class A { static int b = Other.Limit; static long c = long.MaxValue; }")]
    [InlineData("class A { static int b = 3; static int c = b + 1; static int[] d = new int[Other.Limit]; }")]
    [InlineData("class A { static int b = Other.Sum(2); }")]
    [InlineData("class C { int d = 1; public C(int e) { d += e; } } class A { static C b = new C(4); }")]
    [InlineData("class A { int b = Other.Count; int c = Other.Next; int D() { return Other.Count; } }")]
    [InlineData("delegate int D(); class A { static D b = () => Other.Count; static string c = nameof(Other.Count); }")]
    [InlineData("enum E { X } class A { static E b = E.X; static int[] c = { 1, 2 }; static readonly object Gate = new object(); }")]
    public void Given_a_static_that_stands_by_itself_When_compiled_Then_nothing_is_said(string source) => Guard.Verify(Other + source);

    [Theory]
    [InlineData("string B(double d) { return d.ToString(); } // NF0023")]
    [InlineData("string B(float d) { return d.ToString(); } // NF0023")]
    [InlineData("string B(double d) { return d.ToString(\"G\"); } // NF0023")]
    [InlineData("string B(double d) { return d.ToString(\"E3\"); } // NF0023")]
    [InlineData("string B(double d, string format) { return d.ToString(format); } // NF0023")]
    [InlineData("string B(double d) { return \"x\" + d; } // NF0023")]
    [InlineData("string B(double d) { return d + \"x\"; } // NF0023")]
    [InlineData("string B(double d) { string s = \"x\"; s += d; return s; } // NF0023")]
    [InlineData("string B(double d) { return $\"{d}\"; } // NF0023")]
    [InlineData("string B(double d) { return $\"{d:E2}\"; } // NF0023")]
    [InlineData("string B(double d) { return string.Format(\"{0}\", d); } // NF0023 NF0026")]
    [InlineData("delegate string Text(); Text B(double d) { return d.ToString; } // NF0023")]
    [InlineData("string B(double d) { return d.ToString(\"F3\"); } string C(double d) { return $\"{d:F0}\"; }")]
    [InlineData("string B(int i) { return i.ToString() + i + $\"{i}\" + \"x\"; } double C(double d) { return d + d; }")]
    public void Given_a_floating_point_value_When_it_becomes_text_Then_only_F_formats_pass(string source) => Guard.Verify(Guard.Whole(source));

    [Theory]
    [InlineData("double B(double a, double b) { return a / b; } // NF0031")]
    [InlineData("double B(double a, double b) { return a % b; } // NF0031")]
    [InlineData("double B(double a, int b) { return a / b; } // NF0031")]
    [InlineData("float B(float a, float b) { a /= b; return a; } // NF0031")]
    [InlineData("double B(double a, double b) { double c = a / b; return b == 0 ? 0 : c; } // NF0031")]
    [InlineData("double B(double a, double b) { if (b - 1 == 0) { return 0; } return a / (b - 1); } // NF0031")]
    [InlineData("double B(double a, double b) { if (a == 0) { return 0; } return a / b; } // NF0031")]
    [InlineData("double B(double a) { return a / System.Math.Cos(a); } // NF0031")]
    [InlineData("double B(double a, double b) { if (b == 0) { return 0; } return a / (int)b; } // NF0031")]
    [InlineData("double B(double a) { const double zero = 0; return a / zero; } // NF0031")]
    [InlineData("double B(double a) { return a / 2 + a % 360.0; } const double Degrees = 180; double C(double a) { a /= Degrees; return a; }")]
    [InlineData("double B(double a, double b) { return b == 0 ? 0 : a / b; }")]
    [InlineData("double B(double a, double b) { if (b > 1e-9) { return a / b; } return 0; }")]
    [InlineData("double B(double a, int b) { if (b <= 0) { return 0; } return a / b; }")]
    [InlineData("double B(double a, double b) { if (System.Math.Abs(b) < 1e-9) { return 0; } return a / (2 * b) + a / -b; }")]
    [InlineData("double B(double a, int b) { switch (b) { case 0: return 0; default: return a / b; } }")]
    [InlineData("int B(int a, int b) { return a / b; } uint C(uint a, uint b) { return a % b; }")]
    public void Given_a_floating_point_division_When_nobody_looked_at_the_divisor_Then_it_is_refused(string source) => Guard.Verify(Guard.Whole(source));

    [Theory]
    [InlineData("void B(System.Collections.Hashtable t, object key) { t[key] = \"x\"; t.Add(this, \"x\"); } // NF0032")]
    [InlineData("bool B(System.Collections.Hashtable t, long key) { return t.Contains(key); } // NF0032 NF0026")]
    [InlineData("void B(System.Collections.Hashtable t, string key) { t[key] = \"x\"; t.Add(\"y\", this); } void C(object key) { }")]
    public void Given_a_hash_table_When_the_key_is_neither_string_nor_int_Then_it_is_refused(string source) => Guard.Verify(Guard.Whole(source));

    [Theory]
    [InlineData("string B(System.DayOfWeek d) { return d.ToString(); } // NF0033 NF0026")]
    [InlineData("string B(System.DayOfWeek d) { return \"x\" + d; } // NF0033")]
    [InlineData("string B(System.DayOfWeek d) { return $\"{d}\"; } // NF0033")]
    [InlineData("string B(System.DayOfWeek d) { return \"x\" + (int)d; } bool C(System.DayOfWeek d) { return d == System.DayOfWeek.Monday; }")]
    public void Given_an_enumeration_When_it_becomes_text_Then_it_is_refused(string source) => Guard.Verify(Guard.Whole(source));
}
