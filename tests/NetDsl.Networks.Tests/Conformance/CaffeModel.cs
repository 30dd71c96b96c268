using System.Runtime.InteropServices;
using System.Text;

namespace NetDsl.Networks.Tests.Conformance;

/// <summary>
/// The weights of a <c>.caffemodel</c>: as much of protobuf's wire format and of caffe.proto as that takes. NetParameter.layer is field 100; LayerParameter has its name
/// in field 1 and its blobs in field 7; BlobProto its numbers, packed, in field 5.
/// </summary>
static class CaffeModel
{
    /// <summary>The blobs of each layer that has any: weights, then biases.</summary>
    public static Dictionary<string, List<float[]>> Read(string path)
    {
        var layers = new Dictionary<string, List<float[]>>();
        foreach (var (field, layer) in Fields(File.ReadAllBytes(path)))
        {
            if (field == 100)
            {
                var (name, blobs) = ReadLayer(layer);
                if (blobs.Count > 0)
                {
                    layers.Add(name, blobs);
                }
            }
        }

        return layers;
    }

    static (string Name, List<float[]> Blobs) ReadLayer(ReadOnlyMemory<byte> layer)
    {
        var (name, blobs) = ("", new List<float[]>());
        foreach (var (field, value) in Fields(layer))
        {
            if (field == 1)
            {
                name = Encoding.UTF8.GetString(value.Span);
            }
            else if (field == 7)
            {
                blobs.AddRange(Fields(value).Where(static f => f.Field == 5).Select(static f => MemoryMarshal.Cast<byte, float>(f.Value.Span).ToArray()));
            }
        }

        return (name, blobs);
    }

    /// <summary>The length-delimited fields of a message; the others are skipped.</summary>
    static IEnumerable<(int Field, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                case 2:
                    var length = (int)Number(message, ref at);
                    yield return ((int)(tag >> 3), message.Slice(at, length));
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} at byte {at} is not one of protobuf's.");
            }
        }
    }

    static ulong Number(ReadOnlyMemory<byte> message, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message.Span[at++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }
}
