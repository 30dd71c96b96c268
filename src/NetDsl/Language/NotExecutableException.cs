namespace NetDsl;

/// <summary>Thrown when a declaration is run as ordinary code. Networks are evaluated by the compiler, never executed.</summary>
public sealed class NotExecutableException()
    : InvalidOperationException("A network's declaration is evaluated by the NetDsl compiler and cannot be run; call it inside the Forward, Loss or Metrics method of a [Network] class.");
