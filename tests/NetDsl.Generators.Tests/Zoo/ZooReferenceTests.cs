namespace NetDsl.Generators.Tests.Zoo;

/// <summary>
/// The zoo's networks as they are declared against the double-precision reference: the loss, and its slope along the gradients that a step computes.
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
    [InlineData("CharLstm"), InlineData("LstmLanguageModel"), InlineData("Lrcn")]
    [InlineData("AlexNet"), InlineData("CaffeNet"), InlineData("FlickrStyle"), InlineData("RcnnHead"), InlineData("Nin"), InlineData("SppNet"), InlineData("SqueezeNet")]
    [InlineData("GoogLeNet"), InlineData("ResNet18"), InlineData("ResNet50")]
    [InlineData("VggA"), InlineData("VggALrn"), InlineData("VggB"), InlineData("VggC"), InlineData("VggD"), InlineData("VggE"), InlineData("Fcn32sSmall")]
    public void All_gradients_of_a_large_network_together_are_those_of_the_reference(string name) => CheckTogether(new(name, batch: 1));

    /// <summary>Images as small as the networks take: all sizes follow from the image's.</summary>
    [Theory]
    [InlineData("PNet", 12, 1), InlineData("UNet", 188, 4), InlineData("DeepLabLargeFov", 33, 5), InlineData("DeepLabMscLargeFov", 33, 5), InlineData("DeepLabAspp", 33, 5)]
    [InlineData("FcnAlexNet", 21, 21), InlineData("Fcn32s", 21, 21), InlineData("Fcn16s", 21, 21), InlineData("Fcn8s", 21, 21), InlineData("Fcn8sAtOnce", 21, 21), InlineData("CrfRnn", 21, 21)]
    public void All_gradients_of_a_network_of_free_size_together_are_those_of_the_reference(string name, int image, int scores) => CheckTogether(new(name, batch: 1, (image, scores)));

    static void CheckTogether(ZooCase reference)
    {
        reference.CheckLoss();
        reference.CheckSlope(reference.Trained, Step);
    }
}
