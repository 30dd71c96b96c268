using NetDsl.Runtime;
using NetDsl.Solvers;

const int PointsPerArm = 100;
const int Arms = 3;

// Points on three arms that wind around each other, each a little off its arm.
var random = new Random(1);
var points = new float[Arms * PointsPerArm * 2];
var arms = new int[Arms * PointsPerArm];
for (var i = 0; i < arms.Length; i++)
{
    var (arm, radius) = (i % Arms, (float)(i / Arms) / PointsPerArm);
    var angle = (4 * radius) + (arm * MathF.Tau / Arms) + (0.2f * (random.NextSingle() - 0.5f));
    (points[2 * i], points[(2 * i) + 1], arms[i]) = (radius * MathF.Sin(angle), radius * MathF.Cos(angle), arm);
}

using var device = Device.Default;
using var net = new Spiral(device, batch: arms.Length);
Console.WriteLine($"{device}, {Spiral.ParameterCount} parameters");
net.Initialize(seed: 1);

var solver = new Adam { LearningRate = 0.01 };
for (var step = 1; step <= 500; step++)
{
    var loss = net.TrainStep(points, arms, solver);
    if (step % 100 == 0)
    {
        Console.WriteLine($"step {step}  loss {loss:F4}");
    }
}

net.Evaluate(points, arms);
Console.WriteLine($"accuracy {net.Scalar("accuracy"):F2}");
net.Save("spiral.safetensors");
