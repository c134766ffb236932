// Rules NF0024 to NF0029: what costs heap memory on the pole.
namespace NanoFrameworkSubset.Tests;

public sealed class MemoryTests
{
    [Theory]
    [InlineData("class A { void B() { P p; p.X = 1; } } // NF0024")]
    [InlineData("class A { void B(P p) { } } // NF0024")]
    [InlineData("class A { void B(in P p) { } } // NF0024")]
    [InlineData("class A { void B(out P p) { // NF0024\np = default; } } // NF0024")]
    [InlineData("class A { P B() { // NF0024\nreturn new P(); } } // NF0024")]
    [InlineData("class A { P b; void C() { b = new P(); } } // NF0024")]
    [InlineData("class A { long b = System.DateTime.UtcNow.Ticks; } // NF0024")]
    [InlineData("class A { void B() { var t = System.TimeSpan.FromSeconds(1); } } // NF0024")]
    [InlineData("class A { P C { get; set; } // NF0024\nint D() { return C.X; } } // NF0024")]
    [InlineData("class A { void B(int a) { if (a is int c) { long d = c; } } }")]
    [InlineData("class A { void B(object a) { if (a is P p) { } } } // NF0024")]
    [InlineData("class A { P b; int C(ref P p) { return b.X + p.X; } void D() { ref P p = ref b; p.X = 2; } }")]
    [InlineData("enum E { X } class A { E b; int C(E e, int f, double g, bool h, char i, nint j) { E k = e; return (int)k + f; } }")]
    public void Given_a_struct_When_it_is_a_local_parameter_or_temporary_Then_it_is_refused(string source) => Guard.Verify("struct P { public int X; }\n" + source);

    [Theory]
    [InlineData("class A { P[] b = // NF0025\nnew P[4]; } // NF0025")]
    [InlineData("class A { System.DateTime[]? b; } // NF0025")]
    [InlineData("enum E { X } class A { int[] b = new int[4]; E[] c = { E.X }; object[]? d; byte[][]? e; nint[]? f; }")]
    public void Given_an_array_of_structs_When_declared_Then_it_is_refused(string source) => Guard.Verify("struct P { public int X; }\n" + source);

    [Theory]
    [InlineData("object B(int c) { return c; } // NF0026")]
    [InlineData("void B(object c) { } void D() { B(3); } // NF0026")]
    [InlineData("interface I { } struct S : I { } S s; I B() { return s; } // NF0026")]
    [InlineData("void B(params object[] c) { } void D(int e) { B(\"x\", e); } // NF0026")]
    [InlineData("int B(System.DayOfWeek d) { return d.GetHashCode(); } // NF0026")]
    [InlineData("bool B(int c, object d) { return d.Equals(c); } // NF0026")]
    [InlineData("void B(int c) { throw new System.ArgumentException(string.Format(\"{0}\", c)); }")]
    [InlineData("string B(int c) { return \"x\" + c + c.ToString(); } object C(string d) { return d; } int D(object e) { return (int)e; }")]
    public void Given_a_value_When_it_becomes_an_object_Then_it_is_refused(string source) => Guard.Verify(Guard.Whole(source));

    [Theory]
    [InlineData("void B(System.Collections.ArrayList c) { foreach (object d in c) { } } // NF0027")]
    [InlineData("void B(System.Collections.IEnumerable c) { foreach (object d in c) { } } // NF0027")]
    [InlineData("int B(int[] c, string d) { int sum = 0; foreach (int e in c) { sum += e; } foreach (char e in d) { sum += e; } return sum; }")]
    public void Given_foreach_When_it_does_not_go_over_an_array_or_string_Then_it_is_refused(string source) => Guard.Verify(Guard.Whole(source));

    private const string Start = "class A { string name = \"a\"; int count; byte[] buffer = new byte[8]; public long Step(long nowMs) { B(); return nowMs; }\n";

    [Theory]
    [InlineData("void B() { name = name + count; } } // NF0028")]
    [InlineData("void B() { name = $\"{count}\"; } } // NF0028")]
    [InlineData("void B() { name += \"x\"; } } // NF0028")]
    [InlineData("void B() { name = count.ToString(); } } // NF0028")]
    [InlineData("void B() { name = name.Substring(1); } } // NF0028")]
    [InlineData("void B() { name = new string('x', 3); } } // NF0028")]
    [InlineData("void B() { name = \"a\" + \"b\"; C(); } string C() { return name; } string Other() { return name + count; } }")]
    [InlineData("void B() { if (count < 0) { throw new System.InvalidOperationException(\"count is \" + count); } } }")]
    public void Given_text_When_it_is_built_in_a_step_Then_it_is_refused(string source) => Guard.Verify(Start + source);

    [Theory]
    [InlineData("void B() { buffer = new byte[4]; } } // NF0029")]
    [InlineData("void B() { byte[] c = { 1, 2 }; buffer = c; } } // NF0029")]
    [InlineData("void B() { object c = new object(); } } // NF0029")]
    [InlineData("void B() { A c = new(); } } // NF0029")]
    [InlineData("void B() { C(1, 2); } void C(params int[] d) { } } // NF0029")]
    [InlineData("delegate int Get(); void B() { Get c = () => count; } } // NF0029")]
    [InlineData("delegate int Get(); void B() { int d = count; Get c = () => d; } } // NF0029")]
    [InlineData("void B() { int d = count;\nC(); void C() { d++; } } } // NF0029")]
    [InlineData("void B() { C(1); void C(int e) { count += e; int f = e; count += f; } } }")]
    [InlineData("delegate void Do(); void B() { Do c = B; } } // NF0029")]
    [InlineData("void B() { object c = buffer.Clone(); char[] d = name.ToCharArray(); } } // NF0029")]
    [InlineData("void B() { int d = C; } int C { get {\nreturn new A().count; } } } // NF0029")]
    [InlineData("void B() { D = 1; } int D { get { return 1; } set {\nbuffer = new byte[value]; } } } // NF0029")]
    [InlineData("void B() { D d = E; d.F(); } D E = new G(); }\nclass D { public virtual void F() { } } class G : D { public override void F() {\nobject h = new object(); } } // NF0029")]
    [InlineData("void B() { E.F(); } D E = new G(); }\ninterface D { void F(); } class G : D { public void F() {\nobject h = new object(); } } // NF0029")]
    [InlineData("void B() { Inner(); void Inner() {\nobject h = new object(); } } } // NF0029")]
    [InlineData("void B() { try { count++; } catch (System.Exception) { throw new System.InvalidOperationException(\"x\"); } } }")]
    [InlineData("delegate int Get(int x); void B() { Get c = x => x + 1; count = c(2); buffer[0] = (byte)count; } }")]
    [InlineData("void B() { count = D; } int D { get { return 1; } set { buffer = new byte[value]; } } }")]
    [InlineData("void B() { } void Start() { buffer = new byte[4]; } }")]
    public void Given_an_allocation_When_a_step_can_reach_it_Then_it_is_refused(string source) => Guard.Verify(Start + source);

    [Theory]
    [InlineData("class A { public int Step(int now) { object b = new object(); return now; } }")]
    [InlineData("class A { public static long Step(long now) { object b = new object(); return now; } }")]
    public void Given_another_method_called_Step_When_it_allocates_Then_nothing_is_said(string source) => Guard.Verify(source);
}
