using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Running;

namespace Gsr.Kernel.Tests.Running;

public class WireJsonTests
{
    [Fact]
    public void Every_message_arrives_as_it_was_sent()
    {
        ChildMessage[] messages =
        [
            new ChildMessage.Alive(5_000_000_000),
            new ChildMessage.Done(3, Succeeded: true), new ChildMessage.Done(4, Succeeded: false),
            new ChildMessage.Output(new StreamOutput("stderr", "a\r\n\0\"é😀")),
            new ChildMessage.Output(new ClearOutput(Wait: true)),
        ];
        Assert.Equal(messages, Transfer(messages));
    }

    [Fact]
    public void Bundles_and_errors_arrive_whole()
    {
        var bundle = new MimeBundle()
            .Add("text/plain", "x").Add("application/json", new JsonObject { ["z"] = 1.5, ["a"] = null });
        bundle.Metadata["k"] = true;
        var received = Transfer([
            new ChildMessage.Output(new DisplayOutput(bundle, "id", Update: true)),
            new ChildMessage.Output(new ResultOutput(bundle)),
            new ChildMessage.Output(new ErrorOutput("E", "v", ["1", "2"])),
        ]).Cast<ChildMessage.Output>().Select(message => message.Value).ToList();
        var display = Assert.IsType<DisplayOutput>(received[0]);
        Assert.Equal(("id", true), (display.DisplayId, display.Update));
        Assert.Equal(["text/plain", "application/json"], display.Bundle.Data.Keys);
        Assert.Equal("""{"z":1.5,"a":null}""", display.Bundle.Data["application/json"].ToJsonString());
        Assert.Equal("""{"k":true}""", Assert.IsType<ResultOutput>(received[1]).Bundle.Metadata.ToJsonString());
        Assert.Equal(["1", "2"], Assert.IsType<ErrorOutput>(received[2]).Traceback);
    }

    [Fact]
    public void Half_a_surrogate_pair_does_not_break_the_connection()
    {
        var received = Transfer([new ChildMessage.Output(new StreamOutput("stdout", "a\uD800b"))]);
        Assert.Equal("a\uFFFDb",
            Assert.IsType<StreamOutput>(Assert.IsType<ChildMessage.Output>(received.Single()).Value).Text);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 0 })]
    [InlineData(new byte[] { 9, 0, 0, 0, (byte)'{' })]
    [InlineData(new byte[] { 2, 0, 0, 0, (byte)'{', (byte)'x' })]
    [InlineData(new byte[] { 255, 255, 255, 255, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 127, 0 })]
    public void What_is_no_message_is_the_end(byte[] bytes)
    {
        using var stream = new MessageStream(new MemoryStream(bytes));
        Assert.Null(stream.Receive());
    }

    private static List<ChildMessage> Transfer(IEnumerable<ChildMessage> messages)
    {
        var bytes = new MemoryStream();
        using var stream = new MessageStream(bytes);
        foreach (var message in messages)
            stream.Send(message, WireJson.ToRunner);
        bytes.Position = 0;
        var received = new List<ChildMessage>();
        while (stream.Receive(WireJson.ToRunner) is { } message)
            received.Add(message);
        return received;
    }
}
