namespace NetDsl.Runtime;

/// <summary>A device that was asked for is not there: the message says what is missing and how to install it.</summary>
public sealed class DeviceNotFoundException(string message) : Exception(message);
