namespace NetDsl.Runtime.Checkpoints;

/// <summary>The element types of the safetensors format, by the names it gives them.</summary>
public enum ElementType
{
    Bool, U8, I8, F8E5M2, F8E4M3, I16, U16, F16, BF16, I32, U32, F32, I64, U64, F64, C64,
}
