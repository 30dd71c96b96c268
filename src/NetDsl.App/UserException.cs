namespace NetDsl.App;

/// <summary>The user's mistake: the message is printed as it is, in one line, and the exit code is 1.</summary>
sealed class UserException(string message) : Exception(message);
