using NetDsl.Generators.Emit;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Emit;

public class SummaryTableTests
{
    [Fact]
    public void Shared_weights_are_counted_once_and_the_loss_is_no_layer()
    {
        var graph = GraphParser.Parse("""
            network Twice {
              %0 : [N, 3] = input x
              %1 : [N] = labels label
              %2 : [3, 3] = parameter cell.weight {Xavier}
              %3 : [N, 3] = Dense(%0, %2, _) {units=3}   ; cell, 9 multiply-adds
              %4 : [N, 3] = Dense(%3, %2, _) {units=3}   ; cell, 9 multiply-adds
              %5 : [N] = CrossEntropy(%4, %1)   ; loss
              %6 : [] = batchmean(%5)   ; loss
              return output=%4, loss=%6 (loss)
            }
            """);

        Assert.Equal([("cell", 9L, 9L, 12L), ("cell", 0, 9, 12)], SummaryTable.Rows(graph).Select(static r => (r.Name, r.Parameters, r.MultiplyAdds, r.Bytes)));
        Assert.Equal(9, SummaryTable.ParameterCount(graph));
        Assert.Equal(
            """
            layer  operator  output  parameters  MACs  bytes
            cell   Dense     [N, 3]           9     9     12
            cell   Dense     [N, 3]           0     9     12
            total                             9    18     24
            """,
            SummaryTable.Text(graph));
    }
}
