package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.FunctionTable;

/** A set of functions that belong together. */
interface Library {

  /** Tells the checker what there is. */
  void declare(Declarations declarations);

  /** Adds what is called when programs run. */
  void define(FunctionTable.Builder functions);
}
