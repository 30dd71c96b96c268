namespace NetDsl.Generators.Tests.Zoo;

/// <summary>
/// Networks as they are declared against the double-precision reference: the loss, and its slope along the gradients that a step computes. Those of ImageNet's
/// size and beyond take the reference minutes; what they are made of is here too.
/// </summary>
public class ZooReferenceTests
{
    /// <summary>How far the reference goes to both sides along a direction in which each parameter has the length 1.</summary>
    const double Step = 1e-5;

    [Theory]
    [InlineData("LeNet"), InlineData("SiameseMnist"), InlineData("AutoencoderMnist"), InlineData("LogisticRegression"), InlineData("NonlinearLogisticRegression")]
    [InlineData("CifarFullSigmoidBn"), InlineData("RNet")]
    public void Each_gradient_of_a_small_network_is_that_of_the_reference(string name)
    {
        var reference = new ZooCase(name, batch: 2);
        reference.CheckLoss();
        foreach (var parameter in reference.Trained)
        {
            reference.CheckSlope([parameter], Step);
        }
    }

    [Theory]
    [InlineData("CifarQuick"), InlineData("CifarFull"), InlineData("SmallInception"), InlineData("LstmClassifier"), InlineData("ONet"), InlineData("NinCifar")]
    [InlineData("CharLstm"), InlineData("AlexNet"), InlineData("SqueezeNet"), InlineData("GoogLeNet"), InlineData("ResNet18")]
    public void All_gradients_of_a_large_network_together_are_those_of_the_reference(string name)
    {
        var reference = new ZooCase(name, batch: 1);
        reference.CheckLoss();
        reference.CheckSlope(reference.Trained, Step);
    }
}
