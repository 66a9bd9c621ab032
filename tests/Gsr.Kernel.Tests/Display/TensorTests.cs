namespace Gsr.Kernel.Tests.Display
{
    public sealed class TensorTests
    {
        [Fact]
        public void A_tensor_shows_shape_type_device_and_a_corner()
        {
            using var tensor = new TorchSharp.torch.Tensor(100, 3);
            Assert.Equal("[100x3], type = Float32, device = cpu\nvalues of [8x3]\n… (a corner)", Bundles.Plain(tensor));
            Assert.Equal(1, tensor.Live);
        }

        [Fact]
        public void A_tensor_in_an_object_or_a_list_is_summarised()
        {
            using var tensor = new TorchSharp.torch.Tensor(2, 3);
            Assert.Contains("Z = [2x3], type = Float32, device = cpu", Bundles.Plain(new { Z = tensor }));
            Assert.Equal("[[2x3], type = Float32, device = cpu]", Bundles.Plain(new[] { tensor }));
        }

        [Fact]
        public void A_disposed_tensor_is_named_as_such()
        {
            var tensor = new TorchSharp.torch.Tensor(2, 3);
            tensor.Dispose();
            Assert.StartsWith("Tensor (disposed)", Bundles.Plain(tensor));
        }
    }
}

// Stands in for TorchSharp, which the engine knows by name only.
namespace TorchSharp
{
    public enum TensorStringStyle
    {
        Julia,
    }

#pragma warning disable CS8981 // The name is TorchSharp's.
    public static class torch
#pragma warning restore CS8981
    {
        public sealed class Tensor : IDisposable
        {
            private readonly List<Tensor> _family;

            public Tensor(params long[] shape) : this([], shape) { }

            private Tensor(List<Tensor> family, long[] shape)
            {
                (_family, this.shape) = (family, shape);
                family.Add(this);
            }

            public int Live => _family.Count;
            public long[] shape { get; }
            public string dtype => "Float32";
            public string device => "cpu";
            public bool IsInvalid { get; private set; }

            public Tensor narrow(long dimension, long start, long length)
            {
                var size = (long[])shape.Clone();
                size[dimension] = length;
                return new Tensor(_family, size);
            }

            public string ToString(TensorStringStyle style, string? format = null) =>
                IsInvalid ? throw new ObjectDisposedException("Tensor")
                    : $"[{string.Join("x", shape)}], type = Float32, device = cpu\nvalues of [{string.Join("x", shape)}]";

            public void Dispose()
            {
                IsInvalid = true;
                _family.Remove(this);
            }
        }
    }
}
