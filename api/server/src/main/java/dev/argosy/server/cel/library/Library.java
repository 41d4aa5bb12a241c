package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.FunctionTable;
import dev.cel.compiler.CelCompilerBuilder;

/** A set of functions that belong together. */
interface Library {

  /** Tells the compiler what there is. */
  void declare(CelCompilerBuilder compiler);

  /** Adds what is called when programs run. */
  void define(FunctionTable.Builder functions);
}
