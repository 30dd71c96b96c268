using System.Reflection;
using System.Runtime.CompilerServices;

namespace NetDsl.Package.Tests;

/// <summary>A fresh console project outside the repository that has nothing but the package, taken from a local feed.</summary>
public sealed class UserProject : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("netdsl-package-").FullName;

    public UserProject()
    {
        var feed = Path.Combine(root, "feed");
        var configuration = typeof(UserProject).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        Expect(DotnetCommand.Run(Repository(), "pack", "src/NetDsl", "-c", configuration, "--no-build", "-o", feed, "-v", "q", "--nologo"));
        Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="local" value="{feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(root, "packages")}" /></config>
            </configuration>
            """);
        Write("User.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NetDsl" Version="*-*" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The package's file.</summary>
    public string Package => Directory.EnumerateFiles(Path.Combine(root, "feed"), "NetDsl.*.nupkg").Single();

    /// <summary>A folder with what the template of a name gives. The template is installed for this project alone.</summary>
    public string Create(string template, string name)
    {
        var feed = Path.Combine(root, "feed");
        Expect(DotnetCommand.Run(Repository(), "pack", "templates/NetDsl.Templates", "-c", "Release", "-o", feed, "-v", "q", "--nologo"));
        string[] hive = ["--debug:custom-hive", Path.Combine(root, "hive")];
        Expect(Dotnet(["new", "install", Directory.EnumerateFiles(feed, "NetDsl.Templates.*.nupkg").Single(), .. hive]));
        Expect(Dotnet(["new", template, "-n", name, "-o", Path.Combine(root, name), .. hive]));
        return Path.Combine(root, name);
    }

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(root, file), text);

    public (int ExitCode, string Output) Dotnet(params string[] arguments) => DotnetCommand.Run(root, arguments);

    public void Dispose() => Directory.Delete(root, recursive: true);

    static void Expect((int ExitCode, string Output) result) => Assert.True(result.ExitCode == 0, result.Output);

    static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
