namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Elements of values that exist once, such as running statistics: few, and computed one after the other.</summary>
static class UniformElementEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        using (body.Writer.Block("for (var item = begin; item < end; item++)"))
        {
            var coordinates = Coordinates.Declare(body, "item", onlyThese: false);
            var views = KernelViews.Open(body, body.First.Operands);
            body.BeginElement();
            var element = body.Names.Add("element");
            body.Writer.Line($"var {element} = {views.Call(c => coordinates[c.Parameter], "item")};");
            body.Hold(body.First.Result, element);
            body.WriteTail(value => $"{body.Pointer(value)} + item", body.Lanes, "item");
        }

        return body.Finish(SizeMark.Of("items", body.First.Type.Count));
    }
}
