import FitLawsCommand

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@main
struct FitLawsMain {
  static func main() async { exit(await FitLawsTool.run(Array(CommandLine.arguments.dropFirst()))) }
}
