namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>Functions that call each other without end are an error of the cell, not the end of the process.</summary>
public sealed class RecursionTests
{
    // No call is the last thing that its function does: of such a one the runtime may make a loop, which InterruptTests
    // stop.
    [Theory]
    [InlineData("int F(int x) => F(x + 1) + 1; F(0)")]
    [InlineData("int F(int x) { return F(x + 1) + 1; } F(0)")]
    [InlineData("int F(int x) => G(x) + 1; int G(int x) => F(x) + 1; F(0)")]
    [InlineData("Func<int, int> f = null; f = x => f(x + 1) + 1; f(0)")]
    [InlineData("int F(int x) => new[] { x }.Select(i => F(i) + 1).Sum(); F(0)")]
    [InlineData("class Node { public int Value { get => Value + 1; } } new Node().Value")]
    [InlineData("class Node { public int Value => Value + 1; } new Node().Value")]
    [InlineData(
        "class Node { public int Value { set { Value = value + 1; Count++; } } public int Count; } new Node().Value = 1")]
    [InlineData("class Node { public override string ToString() => new Node().ToString() + 1; } new Node().ToString()")]
    [InlineData(
        "class Tree { public Tree Left; public int Depth() => 1 + Left.Depth(); } var t = new Tree(); t.Left = t; t.Depth()")]
    [InlineData("class C { public override string ToString() => $\"{this}\"; } new C().ToString()")]
    [InlineData(
        "class C { public string Text() { return string.Concat(\"x\", this); } public override string ToString() => Text(); } new C().Text()")]
    [InlineData(
        "class C { public override bool Equals(object o) => Equals((C)o, this); static bool Equals(C a, C b) => object.Equals(a, b); public override int GetHashCode() => 1; } new C().Equals(new C())")]
    [InlineData("class C { public static C operator +(C a, C b) => a + b ?? a; } new C() + new C()")]
    [InlineData("class C { public int this[int i] => this[i + 1] + 1; } new C()[0]")]
    [InlineData("class C { public C() => new C().ToString(); } new C()")]
    [InlineData("class C { public static implicit operator int(C c) => 1 + c; } int i = new C();")]
    [InlineData("async Task<int> F(int n) => await F(n + 1) + 1; await F(0)")]
    [InlineData("async ValueTask<int> F(int n) => await F(n + 1) + 1; await F(0)")]
    [InlineData("async Task F(int n) { await F(n + 1); n++; } F(0).Wait()")]
    [InlineData("int F(int n) => F(n + 1) + 1; var t = new System.Threading.Thread(() => F(0)); t.Start(); t.Join();")]
    public async Task Is_caught(string code)
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("var kept = 1;");
        var ran = await notebook.RunAsync(code, TestContext.Current.CancellationToken);
        Assert.Equal("InsufficientExecutionStackException", ran.Error.Name);
        Assert.InRange(ran.Error.Traceback.Count, 2, 100);
        Assert.Equal("1", await notebook.ValueAsync("kept"));
    }

    [Theory]
    [InlineData(
        "class Box { public int Width => 3; public int Height { get => Width + 1; set => Width.ToString(); } "
        + "public ref int First => ref Items[0]; public int[] Items = [7]; } "
        + "var b = new Box(); b.Height = 1; b.First++; $\"{b.Width} {b.Height} {b.First}\"", "3 4 8")]
    [InlineData(
        "class Bad { public int Value => throw new NotSupportedException(); } "
        + "try { new Bad().Value.ToString(); } catch (NotSupportedException) { } 5", "5")]
    [InlineData("int Deep(int x) => x == 0 ? 0 : Deep(x - 1) + 1; Deep(10_000)", "10000")]
    [InlineData(
        "interface IShape { double Area => 2; } class Square : IShape { } IShape s = new Square(); s.Area", "2")]
    public async Task Properties_and_deep_recursion_work(string code, string value)
    {
        await using var notebook = new TestNotebook();
        Assert.Equal(value, await notebook.ValueAsync(code));
    }
}
