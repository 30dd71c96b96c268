namespace NetDsl.Runtime;

/// <summary>Is told, on the calling thread, whenever a kernel has ended.</summary>
abstract class KernelObserver
{
    public abstract void Completed(int kernel);
}
