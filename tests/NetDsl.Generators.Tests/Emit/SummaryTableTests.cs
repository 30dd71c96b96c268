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
        Assert.All(SummaryTable.Rows(graph), static r => Assert.False(r.TrainingOnly));
        Assert.Equal(
            """
            layer  operator  output  parameters  MACs  bytes
            cell   Dense     [N, 3]           9     9     12
            cell   Dense     [N, 3]           0     9     12
            total                             9    18     24
            """,
            SummaryTable.Text(graph));
    }

    [Fact]
    public void What_leads_to_a_weight_of_the_loss_is_a_layer_of_the_training_program()
    {
        var graph = GraphParser.Parse("""
            network Head {
              %0 : [N, 3] = input x
              %1 : [N] = labels label
              %2 : [2, 3] = parameter scores.weight {Xavier}
              %3 : [2, 3] = parameter head.weight {Xavier}
              %4 : [N, 2] = Dense(%0, %2, _) {units=2}   ; scores, 6 multiply-adds
              %5 : [N, 3] = ReLU(%0)   ; relu
              %6 : [N, 2] = Dense(%5, %3, _) {units=2}   ; head, 6 multiply-adds
              %7 : [N] = CrossEntropy(%6, %1)   ; loss
              %8 : [] = batchmean(%7)   ; loss
              return output=%4, loss=%8 (loss)
            }
            """);

        Assert.Equal([("scores", false), ("relu", true), ("head", true)], SummaryTable.Rows(graph).Select(static r => (r.Name, r.TrainingOnly)));
    }
}
