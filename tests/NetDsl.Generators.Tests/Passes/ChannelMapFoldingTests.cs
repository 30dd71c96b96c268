using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Passes;

using Layout = NetDsl.Generators.Ir.Layout;

public class ChannelMapFoldingTests
{
    [Fact]
    public void A_chain_of_maps_is_folded_into_the_weights_of_the_convolution_that_it_alone_reads() => PassAssert.Rewrites(
        ChannelMapFolding.Run,
        """
        network Net {
          %0 : [N, 2, 3, 3] = input x
          %1 : [4, 2, 3, 3] = parameter conv.weight {Xavier}
          %2 : [4] = parameter a {Ones}
          %3 : [4] = parameter b {Ones}
          %4 : [4] = parameter c {Ones}
          %5 : [4] = parameter d {Ones}
          %6 : [N, 4, 3, 3] = Conv(%0, %1, _)   ; conv
          %7 : [N, 4, 3, 3] = channelmap(%6, %2, %3) {S=9}   ; norm
          %8 : [N, 4, 3, 3] = channelmap(%7, %4, %5) {S=9}   ; scale
          %9 : [N, 4, 3, 3] = ReLU(%8)   ; relu
          return output=%9
        }
        """,
        """
        network Net {
          %0 : [N, 2, 3, 3] = input x
          %1 : [4, 2, 3, 3] = parameter conv.weight {Xavier}
          %2 : [4] = parameter a {Ones}
          %3 : [4] = parameter b {Ones}
          %4 : [4] = parameter c {Ones}
          %5 : [4] = parameter d {Ones}
          %10 : [4] = intercept(%4, %3, %5)   ; scale
          %11 : [4] = slope(%4, %2)   ; scale
          %12 : [4, 2, 3, 3] = weight(%1, %11) {length=18, channels=4}   ; scale
          %6 : [N, 4, 3, 3] = Conv(%0, %12, %10)   ; conv
          %9 : [N, 4, 3, 3] = ReLU(%6)   ; relu
          return output=%9
        }
        """);

    [Fact]
    public void The_constants_of_the_layer_are_mapped_too_and_a_reshape_that_keeps_the_channels_is_in_no_ones_way() => PassAssert.Rewrites(
        ChannelMapFolding.Run,
        """
        network Net {
          %0 : [N, 7] = input x
          %1 : [4, 7] = parameter dense.weight {Xavier}
          %2 : [4] = parameter dense.bias {Zeros}
          %3 : [4] = parameter a {Ones}
          %4 : [4] = parameter b {Ones}
          %5 : [N, 4] = Dense(%0, %1, %2)   ; dense
          %6 : [N, 4, 1, 1] = reshape(%5)   ; reshape1
          %7 : [N, 4, 1, 1] = channelmap(%6, %3, %4) {S=1}   ; scale
          return output=%7
        }
        """,
        """
        network Net {
          %0 : [N, 7] = input x
          %1 : [4, 7] = parameter dense.weight {Xavier}
          %2 : [4] = parameter dense.bias {Zeros}
          %3 : [4] = parameter a {Ones}
          %4 : [4] = parameter b {Ones}
          %8 : [4] = intercept(%3, %2, %4)   ; scale
          %9 : [4, 7] = weight(%1, %3) {length=7, channels=4}   ; scale
          %5 : [N, 4] = Dense(%0, %9, %8)   ; dense
          %6 : [N, 4, 1, 1] = reshape(%5)   ; reshape1
          return output=%6
        }
        """);

    [Fact]
    public void What_another_reads_stays_what_it_was_and_so_does_what_is_no_layer() => PassAssert.Rewrites(
        ChannelMapFolding.Run,
        """
        network Net {
          %0 : [N, 2, 3, 3] = input x
          %1 : [4, 2, 3, 3] = parameter conv.weight {Xavier}
          %2 : [4] = parameter a {Ones}
          %3 : [4] = parameter b {Ones}
          %4 : [N, 4, 3, 3] = Conv(%0, %1, _)   ; conv
          %5 : [N, 4, 3, 3] = channelmap(%4, %2, %3) {S=9}   ; norm
          %6 : [N, 4, 3, 3] = Add(%4, %5)   ; add
          %7 : [N, 4, 3, 3] = channelmap(%6, %2, %3) {S=9}   ; norm2
          %8 : [N, 4, 3, 3] = channelmap(%7, %3, %2) {S=9}   ; scale2
          return output=%8
        }
        """,
        """
        network Net {
          %0 : [N, 2, 3, 3] = input x
          %1 : [4, 2, 3, 3] = parameter conv.weight {Xavier}
          %2 : [4] = parameter a {Ones}
          %3 : [4] = parameter b {Ones}
          %4 : [N, 4, 3, 3] = Conv(%0, %1, _)   ; conv
          %5 : [N, 4, 3, 3] = channelmap(%4, %2, %3) {S=9}   ; norm
          %6 : [N, 4, 3, 3] = Add(%4, %5)   ; add
          %9 : [4] = intercept(%3, %3, %2)   ; scale2
          %10 : [4] = slope(%3, %2)   ; scale2
          %8 : [N, 4, 3, 3] = channelmap(%6, %10, %9) {S=9}   ; scale2
          return output=%8
        }
        """);

    [Fact]
    public void A_result_keeps_its_value_and_a_map_that_only_adds_leaves_the_weights_alone() => PassAssert.Rewrites(
        ChannelMapFolding.Run,
        """
        network Net {
          %0 : [N, 2, 3, 3] = input x
          %1 : [4, 2, 3, 3] = parameter conv.weight {Xavier}
          %2 : [4] = parameter b {Ones}
          %3 : [4] = seed() {value=1f}   ; shift
          %4 : [N, 4, 3, 3] = Conv(%0, %1, _)   ; conv
          %5 : [N, 4, 3, 3] = channelmap(%4, %3, %2) {S=9}   ; shift
          %6 : [N, 4, 3, 3] = Conv(%0, %1, _)   ; conv
          %7 : [N, 4, 3, 3] = channelmap(%6, %2, %3) {S=9}   ; norm
          return shifted=%5, features=%6, normalized=%7
        }
        """,
        """
        network Net {
          %0 : [N, 2, 3, 3] = input x
          %1 : [4, 2, 3, 3] = parameter conv.weight {Xavier}
          %2 : [4] = parameter b {Ones}
          %3 : [4] = seed() {value=1f}   ; shift
          %4 : [N, 4, 3, 3] = Conv(%0, %1, %2)   ; conv
          %6 : [N, 4, 3, 3] = Conv(%0, %1, _)   ; conv
          %7 : [N, 4, 3, 3] = channelmap(%6, %2, %3) {S=9}   ; norm
          return shifted=%4, features=%6, normalized=%7
        }
        """);

    [Fact]
    public void What_follows_from_weights_alone_is_prepared_and_what_is_packed_is_not_kept_twice()
    {
        var graph = GraphParser.Parse(
            """
            network Net {
              %0 : [N, 2, 3, 3] = input x
              %1 : [4, 2, 3, 3] = parameter conv.weight {Xavier}
              %2 : [4] = parameter scale.weight {Ones}
              %3 : [4] = parameter scale.bias {Ones}
              %4 : [N, 4, 3, 3] = Conv(%0, %1, _)   ; conv
              %5 : [N, 4, 3, 3] = Scale(%4, %2, %3)   ; scale
              %6 : [N, 4, 3, 3] = MaxPool(%5)   ; pool
              return output=%6
            }
            """);
        foreach (var (layout, kept) in new (Layout, bool)[] { (Layout.Channels, false), (Layout.Samples, true) })
        {
            var program = Pipeline.Compile(graph, ProgramMode.Predict, layout: layout);
            PlanChecker.Check(program);
            Assert.Equal("ScaleWeight", program.Kernels[0].Name);
            Assert.Equal([true, .. program.Kernels.Skip(1).Select(static _ => false)], program.Kernels.Select(static k => k.Prepares));
            var weight = program.Buffers.Single(static b => b.Name == "scale.weight (2)");
            Assert.Equal((0, kept ? program.Kernels.Count - 1 : program.Kernels.ToList().FindIndex(static k => k.Name == "Conv")), (weight.FirstUse, weight.LastUse));
            Assert.Contains(program.Buffers, static b => b.Name == "scale");
            Assert.DoesNotContain(program.Buffers, static b => b.Name == "conv");
        }
    }
}
