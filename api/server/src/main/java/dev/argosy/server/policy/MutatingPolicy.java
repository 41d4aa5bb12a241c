package dev.argosy.server.policy;

import dev.argosy.server.cel.CelProgram;
import java.util.List;

/**
 * A MutatingAdmissionPolicy, compiled. Immutable.
 *
 * @param reinvoke whether it is asked again if a later policy changed the object
 */
record MutatingPolicy(PolicyHead head, List<Mutation> mutations, boolean reinvoke) {

  MutatingPolicy {
    mutations = List.copyOf(mutations);
  }

  /** How an expression's value changes the object. */
  enum PatchType {
    /** The value is a part of the object, merged into it. */
    APPLY_CONFIGURATION,
    /** The value is a list of JSON patch operations. */
    JSON_PATCH
  }

  record Mutation(PatchType type, CelProgram program) {}
}
