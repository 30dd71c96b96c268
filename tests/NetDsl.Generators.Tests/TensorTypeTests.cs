namespace NetDsl.Generators.Tests; public class Placeholder { [Fact] public void Compiles() => Assert.Equal("[N, 3]", Ir.TensorType.Sample(3).ToString()); }
