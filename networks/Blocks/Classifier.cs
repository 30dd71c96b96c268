namespace NetDsl.Networks.Blocks;

/// <summary>What lies between the features and the scores of AlexNet, VGG and SPPNet.</summary>
public static class Classifier
{
    /// <summary>Two dense layers of 4,096 units, each with ReLU and dropout.</summary>
    [Block]
    public static Layer Hidden4096() =>
        Dense(4096, name: "fc6") >> ReLU >> Dropout(0.5f) >> Dense(4096, name: "fc7") >> ReLU >> Dropout(0.5f);
}
