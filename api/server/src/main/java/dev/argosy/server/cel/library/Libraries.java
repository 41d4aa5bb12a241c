package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.FunctionTable;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelParserBuilder;
import dev.cel.parser.CelStandardMacro;
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

  private static final Declarations DECLARATIONS = declare();
  private static final FunctionTable FUNCTIONS = define();

  private Libraries() {}

  private static Declarations declare() {
    Declarations declarations = new Declarations();
    KUBERNETES.forEach(library -> library.declare(declarations));
    return declarations;
  }

  private static FunctionTable define() {
    FunctionTable.Builder functions = new FunctionTable.Builder();
    KUBERNETES.forEach(library -> library.define(functions));
    return functions.build();
  }

  /** Adds the macros of all of them. */
  public static void addMacros(CelParserBuilder parser) {
    parser
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addLibraries(
            CelExtensions.optional(1), CelExtensions.comprehensions(), CelExtensions.math());
  }

  /** What the checker is told. */
  public static Declarations declarations() {
    return DECLARATIONS;
  }

  /** What programs call. */
  public static FunctionTable functions() {
    return FUNCTIONS;
  }
}
