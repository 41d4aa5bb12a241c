package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.FunctionTable;
import dev.cel.compiler.CelCompilerBuilder;
import java.util.List;

/** The libraries of Kubernetes 1.35's environment. */
public final class Libraries {

  private static final List<Library> KUBERNETES =
      List.of(
          new Standard(),
          new Optionals(),
          new Texts(),
          new ListFunctions(),
          new Regexes(),
          new Urls(),
          new Quantities(),
          new Addresses(),
          new Formats(),
          new Semvers(),
          new Extensions(),
          new MathFunctions(),
          new JsonPointers(),
          new Authorization());

  private static final FunctionTable FUNCTIONS = define();

  private Libraries() {}

  private static FunctionTable define() {
    FunctionTable.Builder functions = new FunctionTable.Builder();
    KUBERNETES.forEach(library -> library.define(functions));
    return functions.build();
  }

  /** Declares all of them. */
  public static void declare(CelCompilerBuilder compiler) {
    KUBERNETES.forEach(library -> library.declare(compiler));
  }

  /** What programs call. */
  public static FunctionTable functions() {
    return FUNCTIONS;
  }
}
