// Rule NF0030: library types and members only from the list, and the list only what nanoFramework has.
using RepositoryFiles;

namespace NanoFrameworkSubset.Tests;

public sealed class AllowListTests
{
    private const string Math = "T:System.Math\nM:System.Math.Sqrt(System.Double)\n";

    [Fact]
    public void Given_a_listed_member_When_used_Then_nothing_is_said()
    {
        Guard.VerifyWithList(Math, "class A { double B(double c) { return System.Math.Sqrt(c); } }");
    }

    [Theory]
    [InlineData("class A { double B(double c) { return System.Math.Sin(c); } } // NF0030")]
    [InlineData("class A { double B() { return System.Math.PI; } } // NF0030")]
    [InlineData("class A { int B() { return int.MaxValue; } } // NF0030")]
    [InlineData("class A { int B(string c) { return c.Length; } } // NF0030")]
    [InlineData("class A { object B() { return new System.Text.StringBuilder(); } } // NF0030")]
    [InlineData("class A { System.Text.StringBuilder? b; } // NF0030")]
    [InlineData("class A { void B() { try { } catch (System.Exception) { } } } // NF0030")]
    [InlineData("class A : System.IDisposable { public void Dispose() { } } // NF0030")]
    [InlineData("class A { System.Type B() { return typeof(A); } } // NF0030")]
    [InlineData("[System.Obsolete] class A { } // NF0030")]
    [InlineData("[System.Diagnostics.Conditional(\"X\")] class A : System.Attribute { } // NF0030")]
    [InlineData("class A { bool B(System.Version c, System.Version d) { // NF0030\nreturn c == d; } } // NF0030")]
    [InlineData("class A { string B(object c) { return c.ToString()!; } } // NF0030")]
    [InlineData("class A { void B() { System.Threading.Thread.Sleep(1); } } // NF0030")]
    [InlineData("delegate string Text(); class A { Text B() { return ToString; } string C = nameof(System.Math.Cos); } // NF0030")]
    public void Given_a_member_that_is_not_listed_When_used_Then_it_is_refused(string source)
    {
        Guard.VerifyWithList(Math, source);
    }

    [Theory]
    [InlineData("class A { string B(string c) { return c == \"x\" ? c + c : nameof(B); } char C(string d) { return d[0]; } }")]
    [InlineData("class A { int Length { get; set; } int B(int[] c, A d) { lock (d) { return c[0] + d.Length; } } }")]
    [InlineData("/// <summary><see cref=\"System.Text.StringBuilder\"/></summary>\nclass A { object b = new object(); string? c; byte[] d = { 1, 2 }; }")]
    [InlineData("delegate int Sum(int a); class A { int B(Sum c) { return c(1) + c.Invoke(2); } enum E { X, Y } bool F(E e) { return e == E.Y; } }")]
    public void Given_the_language_and_own_code_When_used_Then_no_list_is_asked(string source)
    {
        Guard.VerifyWithList(string.Empty, source);
    }

    [Fact]
    public void Given_a_struct_that_a_list_names_When_its_values_are_used_Then_those_are_let_pass_and_others_are_not()
    {
        const string list = "S:System.TimeSpan\nT:System.TimeSpan\nT:System.DateTime\nF:System.TimeSpan.Zero\nF:System.DateTime.MinValue\n";
        Guard.VerifyWithList(list, "class A { System.TimeSpan B() { System.TimeSpan c = System.TimeSpan.Zero; return c; } }");
        Guard.VerifyWithList(list, "class A { void B() { System.DateTime c = System.DateTime.MinValue; } } // NF0024");
    }

    [Fact]
    public void Given_the_assembly_attributes_of_the_SDK_When_compiled_Then_they_are_left_alone()
    {
        const string source = "[assembly: System.Reflection.AssemblyTitle(\"Example\")]";
        Assert.Empty(Guard.Run(source, path: "obj/Example.AssemblyInfo.cs"));
        Assert.NotEmpty(Guard.Run(source, path: "Example.cs"));
    }

    [Fact]
    public void Given_a_list_with_remarks_When_read_Then_only_ids_count()
    {
        Guard.VerifyWithList("# T:System.Exception\n\n  T:System.Math  \n" + Math, "class A { System.Exception? b; } // NF0030");
    }

    [Fact]
    public void Given_the_projects_list_When_compared_with_nanoFramework_Then_every_entry_exists_there()
    {
        string api = RepositoryRoot.SharedPathOrSkip("facts", "nanoframework-api.txt");
        HashSet<string> exists = [.. File.ReadLines(api).Select(line => line.Trim())];
        Assert.All(Repository.AllowedApiIds, id => Assert.Contains(id, exists));
    }

    [Fact]
    public void Given_the_projects_list_When_read_Then_it_is_sorted_without_doubles_and_free_of_what_waits_or_differs()
    {
        Assert.Equal(Repository.AllowedApiIds.Distinct().Order(StringComparer.Ordinal), Repository.AllowedApiIds);
        string[] unwelcome =
        [
            "Thread.Sleep", "Thread.Join", "WaitHandle.", "ResetEvent", "DateTime.MinValue", "Enum.ToString", ".Tasks.",
        ];
        Assert.DoesNotContain(Repository.AllowedApiIds, id => unwelcome.Any(id.Contains));
        Assert.DoesNotContain("M:System.Double.ToString", Repository.AllowedApiIds);
        Assert.DoesNotContain("M:System.Single.ToString", Repository.AllowedApiIds);
    }
}
