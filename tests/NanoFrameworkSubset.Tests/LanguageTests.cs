// Rules NF0001 to NF0019, NF0022, NF0034 and NF0035: what the language offers and nanoFramework does not have.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NanoFrameworkSubset.Tests;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("class Ring<T> { } // NF0001")]
    [InlineData("interface IRing<T> { } // NF0001")]
    [InlineData("struct Ring<T> { } // NF0001")]
    [InlineData("delegate void Changed<T>(T value); // NF0001")]
    [InlineData("class A { object Make() { return new { Level = 1 }; } } // NF0001")]
    [InlineData("class A { class Inner { } delegate void Changed(int value); event Changed? Happened; void Raise() { if (Happened != null) { Happened(1); } } }")]
    public void Given_own_generic_types_When_compiled_Then_the_declaration_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { T Same<T>(T value) { return value; } } // NF0002")]
    [InlineData("class A { int B() { return Same(1); T Same<T>(T value) { return value; } } } // NF0002")]
    [InlineData("class A { int Same(int value) { return value; } int B() { return Twice(1); int Twice(int x) { return x * 2; } } }")]
    public void Given_own_generic_methods_When_compiled_Then_the_declaration_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { System.Collections.Generic.List<int>? b; } // NF0003")]
    [InlineData("using System; class A { Action? b; } // NF0003")]
    [InlineData("using System; class A { Action<int>? b; } // NF0003")]
    [InlineData("using System; class A { Func<int>? b; } // NF0003")]
    [InlineData("class A { void B(int[] c) { System.Array.Resize(ref c, 4); } } // NF0003")]
    [InlineData("class A { int B(int[] c) { return System.Array.IndexOf(c, 4); } } // NF0003")]
    [InlineData("class A { object B() { return System.Array.Empty<int>(); } } // NF0003")]
    [InlineData("class A { object B() { return new System.Collections.Generic.Dictionary<int, int>(); } } // NF0003")]
    [InlineData("class A : System.IEquatable<A> { public bool Equals(A? other) { return false; } } // NF0003")]
    [InlineData("delegate void Changed(int value); class A { Changed b = value => { }; int[] c = new int[4]; /// <see cref=\"System.Action\"/>\n int D; }")]
    public void Given_generic_library_types_When_used_Then_the_use_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("using System.Linq; // NF0004\nclass A { int B(int[] c) { return c.Sum(); } } // NF0004")]
    [InlineData("using System.Linq; // NF0004\nclass A { object B(int[] c) {\nreturn from d in c select d; } } // NF0004")]
    [InlineData("class A { int B(int[] c) { int sum = 0; for (int i = 0; i < c.Length; i++) { sum += c[i]; } return sum; } }")]
    public void Given_linq_When_used_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { async void B() { } } // NF0005")]
    [InlineData("using System.Threading.Tasks; class A { async Task B() { // NF0005\nawait Task.Delay(1); } } // NF0005")]
    [InlineData("class A { System.Threading.Tasks.Task? b; } // NF0005")]
    [InlineData("class A { bool isAsync; bool Await() { return isAsync; } }")]
    public void Given_async_code_When_compiled_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { void B(System.Span<byte> c) { } } // NF0006")]
    [InlineData("class A { System.ReadOnlyMemory<byte> b; } // NF0006")]
    [InlineData("using System; class A { void B(byte[] c) { c.AsSpan(); } } // NF0006")]
    [InlineData("class A { void B(byte[] c, int offset, int length) { } }")]
    public void Given_spans_When_used_Then_they_are_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { int? b; } // NF0007")]
    [InlineData("class A { void B(string? c) { bool d = c?.Length == 1; } } // NF0007")]
    [InlineData("class A { void B(System.Nullable<long> c) { } } // NF0007")]
    [InlineData("class A { A? b; A? C() { return b?.b; } string? D; int[]? E; }")]
    public void Given_nullable_values_When_used_Then_they_are_refused_but_nullable_references_are_not(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { (int, int) B() { // NF0008\nreturn (1, 2); } } // NF0008")]
    [InlineData("class A { void B(int c, int d) { (c, d) = (d, c); } } // NF0008")]
    [InlineData("class A { void Deconstruct(out int x, out int y) { x = 0; y = 0; } void B() { var (x, y) = this; } } // NF0008")]
    [InlineData("class A { System.Tuple<int>? b; } // NF0008")]
    [InlineData("class A { void B(out int c, out int d) { c = (1); d = (c + 1) * 2; } }")]
    public void Given_tuples_When_used_Then_they_are_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("record A { } // NF0009")]
    [InlineData("sealed class A { }")]
    public void Given_a_record_When_declared_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { System.Collections.IEnumerable B() {\nyield return this; // NF0010\nyield break; } } // NF0010")]
    [InlineData("class A { int yield; int B() { return yield; } }")]
    public void Given_an_iterator_When_compiled_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { int B(int[] c) { return c[^1]; } } // NF0011")]
    [InlineData("class A { string B(string c) { return c[1..]; } } // NF0011")]
    [InlineData("class A { int B(int[] c) { return c[c.Length - 1] ^ 1; } }")]
    public void Given_ranges_When_used_Then_they_are_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { decimal b; } // NF0012")]
    [InlineData("class A { bool B() { return 1.0m > 0; } } // NF0012")]
    [InlineData("class A { System.Decimal b; } // NF0012")]
    [InlineData("class A { double b = 1.0; long millis = 1; }")]
    public void Given_decimal_When_used_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { dynamic? b; } // NF0013")]
    [InlineData("class A { object? b; int @dynamic; }")]
    public void Given_dynamic_When_used_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { volatile int b; } // NF0014")]
    [InlineData("class A { readonly object gate = new object(); int b; int B() { lock (gate) { return b; } } }")]
    public void Given_a_volatile_field_When_declared_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("using System.Runtime.InteropServices; [StructLayout(LayoutKind.Explicit)] // NF0015\nstruct A { [FieldOffset(0)] int b; } // NF0015")]
    [InlineData("using System.Runtime.InteropServices; [StructLayout(LayoutKind.Sequential)] struct A { int b; }")]
    public void Given_explicit_layout_When_declared_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { int[,]? b; } // NF0016")]
    [InlineData("class A { void B() { var c = new int[2, 2]; } } // NF0016")]
    [InlineData("class A { void B() { var c = new[,] { { 1 } }; } } // NF0016")]
    [InlineData("class A { int[][] b = new int[2][]; }")]
    public void Given_multidimensional_arrays_When_used_Then_they_are_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { unsafe void B() { // NF0018\nint* c = stackalloc int[4]; } } // NF0017 NF0018")]
    [InlineData("class A { int B() { System.Span<int> c = // NF0006\nstackalloc[] { 1 }; return c.Length; } } // NF0006 NF0017")]
    [InlineData("class A { int[] b = new int[4]; }")]
    public void Given_stackalloc_When_used_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { unsafe void B(byte[] c) { // NF0018\nfixed (byte* d = c) { } } } // NF0018")]
    [InlineData("unsafe struct A { // NF0018\nfixed byte b[4]; } // NF0018")]
    [InlineData("class A { void B() { int c = 0;\nunsafe { } } } // NF0018")]
    [InlineData("class A { int B(int a, int b) { return a & b; } int C(ref int d) { return d * 2; } }")]
    public void Given_unsafe_code_When_compiled_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("interface IA { int B() { return 1; } } // NF0019")]
    [InlineData("interface IA { static int B() { return 1; } } // NF0019")]
    [InlineData("interface IA { int B => 1; } // NF0019")]
    [InlineData("interface IA { int B { get; set; } int C(int d); event Changed E; } delegate void Changed();")]
    public void Given_an_interface_member_with_a_body_When_declared_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { public virtual A B() { return this; } public virtual A C => this; }\nclass D : A { public override D B() { return this; } } // NF0035")]
    [InlineData("class A { public virtual A C => this; }\nclass D : A { public override D C => this; } // NF0035")]
    [InlineData("class A { public virtual A B() { return this; } } class D : A { public override A B() { return this; } }")]
    public void Given_an_override_that_returns_another_type_When_declared_Then_it_is_refused(string source) => Guard.Verify(source);

    [Theory]
    [InlineData("class A { int B(int c) { return checked(c + 1); } } // NF0022")]
    [InlineData("class A { void B(int c) { checked { c++; } } } // NF0022")]
    [InlineData("class A { int B(int c) { unchecked { return c + 1; } } }")]
    public void Given_checked_arithmetic_When_used_Then_it_is_refused(string source) => Guard.Verify(source);

    [Fact]
    public void Given_a_project_compiled_with_overflow_checks_When_built_Then_it_is_refused()
    {
        Diagnostic found = Assert.Single(Guard.Run("class A { }", checkOverflow: true));
        Assert.Equal("NF0022", found.Id);
    }

    [Fact]
    public void Given_a_newer_language_version_When_built_Then_it_is_refused()
    {
        Diagnostic found = Assert.Single(Guard.Run("class A { }", version: LanguageVersion.CSharp10));
        Assert.Equal("NF0034", found.Id);
        Assert.Empty(Guard.Run("class A { }", version: LanguageVersion.CSharp8));
    }

    [Theory]
    [InlineData("#pragma warning disable\nclass A<T> { } // NF0001")]
    [InlineData("#pragma warning disable NF0001\nclass A<T> { } // NF0001")]
    [InlineData("// <auto-generated/>\nclass A<T> { } // NF0001")]
    public void Given_a_pragma_or_generated_code_When_a_rule_is_broken_Then_it_is_refused_all_the_same(string source) => Guard.Verify(source);
}
