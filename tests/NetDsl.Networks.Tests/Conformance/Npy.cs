using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace NetDsl.Networks.Tests.Conformance;

/// <summary>NumPy's array files, version 1, as far as they hold row-major 32-bit floats.</summary>
static class Npy
{
    public static float[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Assert.Contains("'descr': '<f4', 'fortran_order': False", Encoding.ASCII.GetString(bytes, 10, header), StringComparison.Ordinal);
        return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + header)).ToArray();
    }
}
