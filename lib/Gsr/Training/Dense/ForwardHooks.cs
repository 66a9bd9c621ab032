using System.Runtime.CompilerServices;
using static TorchSharp.torch.nn;
using PostHook = System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>,
    TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using PreHook = System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>,
    TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace Gsr.Training;

/// <summary>
/// Functions that are called when a module runs. A step that does not run the modules would pass them over.
/// </summary>
internal static class ForwardHooks
{
    /// <summary>
    /// Whether a model or one of its modules has any but the library's own, which do nothing in a fused step: penalties
    /// are its business, and graphs are built of runs in evaluation mode.
    /// </summary>
    public static bool AreOn(Module model) => model.modules().Prepend(model).Any(module =>
        module is HookableModule<PreHook, PostHook> own
        && Hooks<PreHook, PostHook>.Of(own).Any(hook => hook.Method.Module != typeof(ForwardHooks).Module));

    // TorchSharp does not tell of hooks. An accessor to a generic type's field stands in a type of the same parameters.
    private static class Hooks<TPre, TPost>
    {
        public static IEnumerable<Delegate> Of(HookableModule<TPre, TPost> module) =>
        [
            .. Before(module).Values.Cast<Delegate>(), .. After(module).Values.Cast<Delegate>(),
            .. AnyBefore(module).Values, .. AnyAfter(module).Values,
        ];

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "pre_hooks")]
        private static extern ref Dictionary<string, TPre> Before(HookableModule<TPre, TPost> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "post_hooks")]
        private static extern ref Dictionary<string, TPost> After(HookableModule<TPre, TPost> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_pre_hooks")]
        private static extern ref Dictionary<string, Action<Module>> AnyBefore(HookableModule<TPre, TPost> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_post_hooks")]
        private static extern ref Dictionary<string, Action<Module>> AnyAfter(HookableModule<TPre, TPost> module);
    }
}
