// Two parts of a little house, whose lower one knows the upper one in every way in which compiled code can.
#pragma warning disable CA1852, CS0169, IDE0044, IDE0051, IDE0059

namespace Gsr.Notebooks.Tests.Architecture.Planted.Upper
{
    internal class Base;

    internal interface IContract;

    internal class Argument<T>;

    internal sealed class MarkAttribute : Attribute;

    internal sealed class Failure : Exception;

    internal static class Called
    {
        public static int Count = 1;

        public static void Nothing()
        {
        }
    }
}

namespace Gsr.Notebooks.Tests.Architecture.Planted.Lower
{
    internal class ByBase : Upper.Base;

    internal class ByInterface : Upper.IContract;

    internal class ByConstraint<T> where T : Upper.Base;

    [Upper.Mark]
    internal class ByAttribute;

    internal class ByField
    {
        private List<Upper.Base[]>? _field;
    }

    internal class BySignature
    {
        public static void Run(Upper.Argument<int>? argument) => _ = argument;
    }

    internal class ByCall
    {
        public static void Run() => Upper.Called.Nothing();
    }

    internal class ByStaticField
    {
        public static int Run() => Upper.Called.Count;
    }

    internal class ByLambda
    {
        public static Action Run() => () => Upper.Called.Nothing();
    }

    internal class ByAwait
    {
        public static async Task RunAsync()
        {
            await Task.Yield();
            Upper.Called.Nothing();
        }
    }

    internal class ByTypeOf
    {
        public static object Run() => typeof(Upper.Argument<>);
    }

    internal class ByGenericMethod
    {
        public static object Run() => Array.Empty<Upper.Base>();
    }

    internal class ByHandler
    {
        public static void Run()
        {
            try
            {
                GC.KeepAlive(null);
            }
            catch (Upper.Failure)
            {
            }
        }
    }

    internal class AfterSwitch
    {
        public static void Run(int number)
        {
            switch (number)
            {
                case 0: GC.KeepAlive(1L); break;
                case 1: GC.KeepAlive(1.5); break;
                case 2: GC.KeepAlive(1.5f); break;
                case 3: GC.KeepAlive("text"); break;
                default: Upper.Called.Nothing(); break;
            }
        }
    }

    internal class ByNothing
    {
        public static string Run() => nameof(Upper.Called);
    }
}
