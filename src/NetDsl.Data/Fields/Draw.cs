namespace NetDsl.Data;

/// <summary>What is drawn for one row of a batch.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Partner">The sample it is compared with; itself where a network takes one image.</param>
/// <param name="Mirrored">Images are taken from right to left.</param>
readonly record struct Draw(int Sample, int Partner, bool Mirrored);
